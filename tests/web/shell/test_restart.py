"""PostgreSQL that ends under load, as in a crash: nothing but 503, what was typed stays, back at once."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.core.errors import Unavailable
from lms.storage.database import open_database
from lms.storage.migrations.current import create_all
from lms.web.wiring import build
from tests import builders_learning as make
from tests import postgres
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader
from tests.conftest import LintingClient

pytestmark = pytest.mark.only_postgresql


class Server:
    """A server of this test's own, which ends without a warning and starts again on the same files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running = ExitStack()

    def start(self) -> str:
        programs = postgres.programs()
        assert programs
        return self.running.enter_context(postgres.server(programs, self.folder, end=signal.SIGQUIT))

    def crash(self) -> None:
        self.running.close()


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("pg")
    for above in folder.parents:
        if above.stat().st_uid == folder.stat().st_uid and above != above.parent:
            above.chmod(above.stat().st_mode | 0o055)  # root gives the server to somebody else
    made = Server(folder)
    with made.running:
        yield made


@pytest.fixture
def there(own: Server, context: Context) -> Context:
    database = open_database(own.start().format("postgres"))
    create_all(database)
    return make.with_sample(replace(context, database=database))


class Learners:
    """Three who read on and on, each in a thread; `done` is when something went well."""

    def __init__(self, context: Context) -> None:
        self.context, self.sam = context, make.a_member(context)
        self.ended, self.wrong, self.done = Event(), list[BaseException](), [0.0]
        learning.enrol(context, self.sam, CODE, "en")

    def _read_on(self) -> None:
        while not self.ended.is_set():
            try:
                learning.read_lesson(self.context, self.sam, CODE, "m1", "l1", locale="en")
                learning.my_learning(self.context, self.sam)
                self.done.append(time.monotonic())
            except Unavailable:
                time.sleep(0.01)
            except Exception as problem:  # noqa: BLE001  # told to the test
                self.wrong.append(problem)

    @contextmanager
    def reading(self) -> Iterator[None]:
        threads = [Thread(target=self._read_on) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.ended.set()
            for thread in threads:
                thread.join()
            self.context.database.engine.dispose()

    def back_after(self, moment: float) -> float:
        """Wait until something goes well again; give how long that took (seconds)."""
        while self.done[-1] < moment and time.monotonic() < moment + 10:
            time.sleep(0.05)
        return self.done[-1] - moment


def test_a_crash_under_load_gives_503_and_no_other_error(own: Server, there: Context) -> None:
    # Whether the commit in hand was done when the server died is known to nobody, so nothing is witnessed.
    learners, took = Learners(replace(there, witness=None)), []
    with learners.reading():
        for _ in range(3):
            time.sleep(0.5)
            own.crash()
            own.start()
            took.append(learners.back_after(time.monotonic()))
    assert learners.wrong == []
    assert all(0 < one < 5 for one in took), took  # on a busy machine


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_what_was_typed_stays_while_the_server_is_away(own: Server, there: Context, locale: str) -> None:
    app = build(there)
    app.test_client_class = LintingClient
    reader = Reader(app.test_client(), there, locale)
    page = reader.get("/tell-us")
    own.crash()
    answer = reader.send(page, "/tell-us", {"kind": "other", "text": "The picture has no words."})
    assert answer.status == 503
    assert answer.response.headers["Retry-After"]
    assert "The picture has no words." in answer.html
    assert reader.get("/courses").status == 503
    own.start()
    assert reader.send(page, "/tell-us", {"kind": "other", "text": "Again."}).status == 303
    there.database.engine.dispose()
