"""The worker: does what waits, tries again what failed, and nothing ends it but being told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from lms import jobs
from lms.actions import codes
from lms.actions.desk import Desk
from lms.core.errors import NotFound, Unavailable
from lms.core.people import NOBODY
from lms.mail.post import Message
from lms.storage import outbox, tasks
from tests.builders_accounts import HERE, clock, joined, letters


@dataclass
class LameMail:
    """A post that fails until it is mended."""

    works: bool = False
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if not self.works:
            raise Unavailable("mail.unavailable")
        self.sent.append(message)


def put(desk: Desk, kind: str) -> None:
    with desk.database.writing() as tx:
        outbox.enqueue(tx, desk, kind, f"{kind}:1", {"name": "Zoé"})


def state(desk: Desk, key: str) -> str:
    with desk.database.reading() as tx:
        return outbox.state(tx, key)


def doing(monkeypatch: pytest.MonkeyPatch, kind: str, work: Callable[[Desk, dict[str, Any]], None]) -> None:
    """Give the worker a kind of work of this test's own."""
    monkeypatch.setitem(jobs.HANDLERS, kind, work)


def test_mail_that_is_down_loses_nothing(desk: Desk) -> None:
    post = LameMail()
    desk = replace(desk, post=post)
    codes.ask_to_sign_in(desk, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    assert jobs.run_due(desk) == 1
    assert jobs.run_due(desk) == 0
    post.works = True
    clock(desk).move(minutes=1)
    assert jobs.run_due(desk) == 1
    assert len(post.sent) == 1


def test_a_second_try_is_the_same_message(desk: Desk) -> None:
    codes.ask_to_sign_in(desk, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    first = letters(desk)[-1]
    with desk.database.writing() as tx:
        payload = {"letter": "no-account", "to": first.to, "locale": "en", "id": first.key, "code": ""}
        outbox.enqueue(tx, desk, "letter", "again", payload)
    assert letters(desk)[-1].key == first.key


def test_one_fault_does_not_stop_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail(_desk: Desk, payload: dict[str, Any]) -> None:
        raise ValueError(payload["name"])

    doing(monkeypatch, "faulty", fail)
    doing(monkeypatch, "sound", lambda _desk, payload: done.append(payload["name"]))
    put(desk, "faulty")
    put(desk, "sound")
    assert jobs.run_due(desk) == 2
    assert done == ["Zoé"]
    assert (state(desk, "faulty:1"), state(desk, "sound:1")) == ("waiting", "done")
    with desk.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT error FROM job WHERE kind = 'faulty'").scalar() == "ValueError"


def test_what_cannot_be_done_is_given_up_with_a_task(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_desk: Desk, _payload: dict[str, Any]) -> None:
        raise NotFound("certificate.none")

    doing(monkeypatch, "hopeless", fail)
    put(desk, "hopeless")
    jobs.run_due(desk)
    assert state(desk, "hopeless:1") == "failed"
    with desk.database.reading() as tx:
        assert [one.about for one in tasks.open_tasks(tx)] == ["hopeless"]


def test_an_unknown_kind_waits_for_a_version_that_knows_it(desk: Desk) -> None:
    put(desk, "from-a-newer-version")
    assert jobs.run_due(desk) == 1
    assert state(desk, "from-a-newer-version:1") == "waiting"


def test_the_rounds_are_done_when_they_are_due(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(jobs, "ROUNDS", {lambda desk: rounds.append(desk.now()): 5 * jobs.MINUTE})
    worker = jobs.Worker(desk)
    assert not worker.step()
    assert not worker.step()
    clock(desk).move(minutes=5)
    worker.step()
    assert len(rounds) == 2


def test_the_real_rounds_run(desk: Desk) -> None:
    joined(desk)
    clock(desk).move(minutes=2)
    jobs.Worker(desk).step()
    with desk.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM audit_chain").scalar_one() == 1


def test_a_locked_database_does_not_end_the_worker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BREATH", 0.001)

    def unavailable(_desk: Desk) -> object:
        raise Unavailable("database.unavailable")

    monkeypatch.setattr(jobs, "ROUNDS", {unavailable: 1})
    worker = jobs.Worker(desk)
    put(desk, "from-a-newer-version")
    steps = iter((True, True, True, False))
    worker.run(alive=lambda: next(steps))
    assert state(desk, "from-a-newer-version:1") == "waiting"
    worker.stop.set()
    worker.run()


KILLED = """
import os, sys, time
from dataclasses import replace
from pathlib import Path
from lms import jobs
from tests.builders import a_desk
desk = replace(a_desk(Path(sys.argv[1])), now=lambda: time.time_ns() // 1_000_000, random=os.urandom)
def work(desk, payload):
    with open(sys.argv[2], "a") as file:
        file.write(str(payload["n"]) + "\\n")
    time.sleep(0.01)
jobs.HANDLERS["count"] = work
jobs.BREATH = 0.01
print("ready", flush=True)
jobs.Worker(desk).run()
"""


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.builders import a_desk  # noqa: PLC0415  # a desk with the real clock, shared with other processes

    folder, written = tmp_path / "data", tmp_path / "written"
    desk = replace(a_desk(folder), now=lambda: time.time_ns() // 1_000_000, random=os.urandom)
    with desk.database.writing() as tx:
        for number in range(60):
            outbox.enqueue(tx, desk, "count", f"count:{number}", {"n": number})
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder), str(written)], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    later = replace(desk, now=lambda: time.time_ns() // 1_000_000 + outbox.LEASE + 1)
    doing(monkeypatch, "count", lambda _desk, payload: _append(written, payload["n"]))
    jobs.run_due(later)
    assert {int(line) for line in written.read_text().split()} == set(range(60))
    with desk.database.reading() as tx:
        assert outbox.counts(tx) == (0, 0)


def _append(path: Path, number: int) -> None:
    with path.open("a") as file:
        file.write(f"{number}\n")
