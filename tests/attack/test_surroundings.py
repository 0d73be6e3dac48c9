"""The surroundings fail: a locked database, a full disk, mail that hangs, a dead worker, a jumping clock.

Pages stay readable, writes are refused calmly (503) and keep what was typed, nothing is done twice, and all
goes on by itself when the surroundings are well again.
"""

from __future__ import annotations

import re
import resource
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.operations import background
from lms.actions.people import codes
from lms.actions.people.signing_in import Browser
from lms.actions.publishing import adopting
from lms.core.certificates.certificate import CertificateChoice
from lms.core.operations.jobs import LEASE
from lms.core.people.actors import NOBODY as NO_ONE
from lms.core.people.actors import SYSTEM
from lms.jobs import Worker, do_job, run_due
from lms.mail.mailer import SmtpPost, open_mailer
from lms.settings import from_environment
from tests.attack.addresses import everywhere
from tests.attack.digest import count, database_of
from tests.attack.installation import Installation, Key, installed, key_for, lms
from tests.attack.population import EVERYBODY, LEARNER, OTHER, Town, a_town
from tests.attack.saying import none_of
from tests.builders import Clock, Letterbox
from tests.builders_learning import SAMPLE_CODE, a_member, finish

LESSON = f"/en/c/{SAMPLE_CODE}/m1/l1"
READABLE = (
    "/en/",
    "/en/courses",
    f"/en/c/{SAMPLE_CODE}",
    LESSON,
    "/fr/glossary",
    "/en/register",
    "/en/support",
)
TYPED = "zqtyped kept & found"
PATIENT = 6.0  # seconds for a refusal: three of waiting for the lock, and a busy machine


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Installation]:
    """Return an installation that ends with the test."""
    made = installed(tmp_path)
    yield made
    made.end()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Return a town of one's own."""
    made = a_town(tmp_path / "data")
    yield made
    made.context.database.engine.dispose()


def enter(site: Installation) -> Key:
    """Let somebody who learns hold a key."""
    context = site.context()
    who = a_member(context, "zqbefore")
    learning.enrol(context, who, SAMPLE_CODE, "en")
    key = key_for(context, who)
    context.database.engine.dispose()
    return key


def unreadable(site: Installation, key: Key) -> list[str]:
    """Ask for the pages that must always be there; say which are not."""
    return [f"{page}: {status}" for page in READABLE if (status := site.get(page, key.cookie).status) != 200]


def change_name(site: Installation, key: Key, locale: str = "en") -> tuple[int, str, float]:
    """Try to write; give status, page and seconds."""
    began = time.monotonic()
    form = {"name": TYPED, "csrf_token": key.token}
    answer = site.ask("POST", f"/{locale}/account/name", form, key.cookie)
    return answer.status, answer.text, time.monotonic() - began


# --- locked ------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_while_another_process_holds_the_database_reading_goes_on_and_writing_is_refused_calmly(
    site: Installation,
) -> None:
    key = enter(site)
    site.start()
    assert unreadable(site, key) == []
    with closing(sqlite3.connect(database_of(site.data), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + 6
        while time.monotonic() < until:
            status, page, took = change_name(site, key)
            assert status == 503
            assert took < PATIENT
            assert "zqtyped kept &amp; found" in page
            assert '<html lang="en"' in page
            assert unreadable(site, key) == []
        other.execute("ROLLBACK")
    assert change_name(site, key)[0] == 303
    assert count(database_of(site.data), "profile", f"name = '{TYPED}'") == 1


@pytest.mark.slow
def test_readers_do_not_stand_in_line_behind_writers_who_wait(site: Installation) -> None:
    """Eight people press Save while the database is locked; a lesson still opens."""
    key = enter(site)
    site.start()
    assert unreadable(site, key) == []
    with closing(sqlite3.connect(database_of(site.data), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        change_name(site, key)
        writers = [threading.Thread(target=change_name, args=(site, key)) for _ in range(8)]
        for one in writers:
            one.start()
        time.sleep(0.3)
        began = time.monotonic()
        assert site.get(LESSON, key.cookie).status == 200
        waited = time.monotonic() - began
        for one in writers:
            one.join()
        other.execute("ROLLBACK")
    assert waited < PATIENT


# --- full, read-only ---------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("cold", [True, False])
def test_on_a_full_disk_lessons_stay_readable_and_writing_is_refused(site: Installation, cold: bool) -> None:
    """No file may grow: for SQLite a disk without room. A cold start has no cache."""
    key = enter(site)
    if cold:
        for path in sorted((site.data / "cache").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000))

    site.start(before=no_room)
    assert unreadable(site, key) == []
    for locale in ("en", "fr"):
        status, page, _took = change_name(site, key, locale)
        for _ in range(60):  # until the log of SQLite is as long as a file may be
            if status != 303:
                break
            status, page, _took = change_name(site, key, locale)
        assert status == 503
        assert "zqtyped kept &amp; found" in page
        assert f'<html lang="{locale}"' in page
    assert unreadable(site, key) == []
    assert " 500 " not in site.log()
    assert "incident" not in site.log()
    site.end()
    site.start()
    assert change_name(site, key)[0] == 303


def test_a_database_that_may_only_be_read_refuses_writing_and_nothing_else(town: Town) -> None:
    path = database_of(town.context.settings.data)
    read_only = replace(town.context.settings, database_url=f"sqlite:///file:{path}?mode=ro&uri=true")
    from lms.storage.database import open_database  # noqa: PLC0415  # only here
    from tests.attack.population import application  # noqa: PLC0415  # only here

    browser = town.browser(LEARNER)
    held = browser.get_cookie("parvis")
    assert held is not None
    context = replace(town.context, settings=read_only, database=open_database(read_only.database_url))
    reader = application(context).test_client()
    reader.set_cookie("parvis", held.value)
    reader.set_cookie("parvis-form", TYPED)
    token = town.context.keys.mac("csrf", TYPED)
    wrong = []
    for route, address in everywhere(town, LEARNER):
        form = {"csrf_token": token, "name": TYPED} if route.verb == "POST" else None
        answer = reader.open(address, method=route.verb, data=form, lint=False)
        if answer.status_code >= 500 and (route.verb == "GET" or answer.status_code != 503):
            wrong.append(f"{route.verb} {address}: {answer.status_code}")
    none_of(wrong)
    answer = reader.post("/en/account/name", data={"name": TYPED, "csrf_token": token})
    assert answer.status_code == 503
    assert "zqtyped kept &amp; found" in answer.text
    context.database.engine.dispose()


def test_a_database_that_is_gone_is_refused_as_a_page(town: Town) -> None:
    """Not a fault of ours: calm words, and the pages that need no database stay."""
    browser = town.browser(LEARNER)
    browser.get("/en/glossary")
    town.context.database.engine.dispose()
    path = database_of(town.context.settings.data)
    away = path.with_suffix(".away")
    path.rename(away)
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    path.mkdir()
    try:
        for address in (LESSON, "/en/account", "/en/courses", "/fr/my-learning"):
            assert browser.get(address, lint=False).status_code == 503, address
        nobody = town.app.test_client()
        for address in ("/en/glossary", "/en/register", "/en/help", "/en/support", "/en/sign-in"):
            assert nobody.get(address, lint=False).status_code == 200, address
    finally:
        town.context.database.engine.dispose()
        path.rmdir()
        away.rename(path)
    assert browser.get(LESSON, lint=False).status_code == 200


# --- mail --------------------------------------------------------------------------------------------------
@contextmanager
def hanging() -> Iterator[int]:
    """Return the port of a server that takes a call and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield int(server.getsockname()[1])


def _asks(context: Context, number: int) -> float:
    began = time.monotonic()
    who, browser = f"zqmail{OTHER}@example.org", Browser(f"192.0.2.{number}")
    codes.ask_to_sign_in(context, NO_ONE, who, locale="en", browser=browser)
    return time.monotonic() - began


def test_nobody_waits_for_a_mail_server_that_hangs_or_refuses(town: Town) -> None:
    letters = Letterbox()
    run_due(town.context)  # what its people have done has letters of its own
    with hanging() as port:
        data = {"LMS_DATA": str(town.context.settings.data), "MAIL_FROM": "parvis@example.org"}
        settings = from_environment({**data, "MAIL_URL": f"smtp://127.0.0.1:{port}?tls=none"})
        mailer = open_mailer(settings)
        assert isinstance(mailer, SmtpPost)
        context = replace(town.context, post=replace(mailer, patience=0.3))
        assert max(_asks(context, number) for number in range(5)) < 1.0
        run_due(context)
    run_due(context)  # the port is closed now: refused
    waiting = count(database_of(town.context.settings.data), "job", "kind = 'letter' AND done_at IS NULL")
    assert waiting == 5
    assert count(database_of(town.context.settings.data), "job", "failed_at IS NOT NULL") == 0
    clock = town.context.now
    assert isinstance(clock, Clock)
    clock.move(minutes=2)
    run_due(replace(town.context, post=letters))
    run_due(replace(town.context, post=letters))
    assert len(letters.letters) == 5
    assert len({letter.key for letter in letters.letters}) == 5


def test_a_letter_keeps_its_identity_however_often_it_is_tried(town: Town) -> None:
    class Cut:
        """A server that took the letter and was cut off before it said so."""

        def __init__(self) -> None:
            self.taken: list[str] = []

        def send(self, message: object) -> None:
            self.taken.append(getattr(message, "key", ""))
            if len(self.taken) < 3:
                raise OSError

    run_due(town.context)  # what its people have done has letters of its own
    post, clock = Cut(), town.context.now
    context = replace(town.context, post=post)
    assert isinstance(clock, Clock)
    _asks(context, 1)
    for _ in range(4):
        run_due(context)
        clock.move(minutes=2)
    assert len(post.taken) == 3
    assert len(set(post.taken)) == 1


# --- a worker that dies ------------------------------------------------------------------------------------
def test_work_in_the_hands_of_a_worker_that_died_is_done_once_by_the_next(town: Town) -> None:
    letters, clock = Letterbox(), town.context.now
    context = replace(town.context, post=letters)
    assert isinstance(clock, Clock)
    run_due(context)
    letters.letters.clear()
    _asks(context, 1)
    taken = background.take_job(context, SYSTEM)
    assert taken
    assert background.take_job(context, SYSTEM) is None, "a second worker took the same work"
    time = [0]
    worker = Worker(context, rounds=(), steady=lambda: time[0])
    assert not worker.step()
    time[0] += LEASE
    assert worker.step()
    assert len(letters.letters) == 1
    assert background.finish_job(context, SYSTEM, taken) is False
    do_job(context, taken)
    assert count(database_of(town.context.settings.data), "job", "done_at IS NULL AND failed_at IS NULL") == 0


@pytest.mark.slow
def test_a_certificate_is_made_once_by_a_worker_that_is_killed_in_the_middle(site: Installation) -> None:
    import subprocess  # noqa: PLC0415  # only here

    context = site.context()
    who = a_member(context)
    finish(context, who)
    number = certifying.issue(
        context, who, SAMPLE_CODE, CertificateChoice("Amina", ("en",), neutral=False), context.new_secret()
    )
    database = database_of(site.data)
    for turn in range(4):
        worker = subprocess.Popen(lms("work"), env=site.environ, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 90
        last = turn == 3
        while not count(
            database, "job", "lease != ''" if not last else "kind = 'certificate' AND done_at > 1"
        ):
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(0.15 * turn)
        worker.send_signal(signal.SIGKILL if not last else signal.SIGTERM)
        worker.wait(60)
        with closing(sqlite3.connect(database, timeout=10)) as rows, rows:  # its time is up
            rows.execute("UPDATE job SET lease = ''")
    assert count(database, "certificate_event", f"number = '{number}' AND event = 'made'") == 1
    with closing(sqlite3.connect(database)) as rows:
        (blob,) = rows.execute("SELECT blob FROM certificate_print WHERE number = ?", (number,)).fetchone()
    assert context.blobs.get(blob).startswith(b"%PDF")
    context.database.engine.dispose()


# --- a clock that jumps ------------------------------------------------------------------------------------
@pytest.mark.parametrize("days", [1, -1, 400, -400])
def test_a_clock_that_jumps_breaks_no_page_and_loses_nothing(town: Town, days: int) -> None:
    clock = town.context.now
    assert isinstance(clock, Clock)
    browsers = {kind: town.browser(kind) for kind in EVERYBODY}
    clock.move(days=days)
    wrong = []
    for kind, browser in browsers.items():
        for route, address in everywhere(town, kind, verb="GET"):
            answer = browser.get(address, lint=False)
            wrong += [f"{kind} {route}: {answer.status_code}"] if answer.status_code >= 500 else []
    none_of(wrong)
    if days == -1:
        assert browsers[LEARNER].get("/en/account", lint=False).status_code == 200, "signed out by a clock"
    fresh = town.browser(LEARNER)
    form = {
        "csrf_token": town.token(fresh),
        "attempt": town.people[LEARNER].attempt,
        "do": "check-anyway",
        "known": "1",
    }
    done = fresh.post(f"/en/c/{SAMPLE_CODE}/m1/check", data=form, lint=False)
    assert done.status_code == 303, done.status_code
    clock.move(days=-days)
    assert fresh.get(f"/en/c/{SAMPLE_CODE}/results", lint=False).status_code in {200, 303}
    run_due(replace(town.context, post=Letterbox()))
    assert re.match(r"\d+", str(count(database_of(town.context.settings.data), "mark")))


def test_a_job_written_by_a_clock_that_ran_ahead_is_done_soon_after_it_was_put_right(town: Town) -> None:
    clock, letters = town.context.now, Letterbox()
    assert isinstance(clock, Clock)
    context = replace(town.context, post=letters)
    run_due(context)
    letters.letters.clear()
    clock.move(days=400)
    adopting.adopt_all(context, SYSTEM)
    _asks(context, 1)
    clock.move(days=-400)
    clock.move(minutes=1)
    run_due(context)
    assert len(letters.letters) == 1


def test_the_process_ends_by_itself_when_its_keys_can_be_read_by_others(site: Installation) -> None:
    (site.data / "keys" / "root.key").chmod(0o644)
    result = site.run("serve")
    assert result.returncode == 6
    assert "Other users" in result.stderr
