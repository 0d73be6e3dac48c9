"""Leases: two workers share the work, and what one leaves behind the other one takes up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from lms.actions.context import Context
from lms.actions.operations import background
from lms.core.operations.jobs import LEASE
from lms.core.people.actors import SYSTEM
from lms.jobs import Worker
from lms.storage.operations import outbox
from tests.builders_jobs import Steady, a_worker, doing, put, state


# --- leases -------------------------------------------------------------------------------------------
def test_work_that_takes_longer_than_a_lease_is_done_once(context: Context) -> None:
    """The first worker renews; the second one watches for three leases and never takes over."""
    renewed, done, steady = Event(), list[str](), Steady()
    other = a_worker(context, steady)

    def work(_desk: Context, _payload: dict[str, Any]) -> None:
        for _ in range(3):
            before = background.leases(context, SYSTEM)
            until = time.monotonic() + 20
            while background.leases(context, SYSTEM) == before and time.monotonic() < until:
                time.sleep(0.005)
            assert not other.step(), "a second worker has taken it"
            steady.at += LEASE
        done.append("once")
        renewed.set()

    put(context, "long")
    a_worker(context, beat=0.01, kinds=doing(long=work)).step()
    assert renewed.is_set()
    assert done == ["once"]
    assert state(context, "long:1") == "done"


def test_a_worker_that_is_gone_is_followed_after_a_lease_and_not_before(context: Context) -> None:
    put(context, "left")
    assert background.take_job(context, SYSTEM)
    done: list[str] = []
    steady = Steady()
    worker = a_worker(context, steady, kinds=doing(left=lambda *_: done.append("left")))
    assert not worker.step()
    steady.at += LEASE - 1
    assert not worker.step()
    steady.at += 1
    assert worker.step()
    assert done == ["left"]


# --- two at once --------------------------------------------------------------------------------------
def test_two_workers_at_once_do_no_job_twice(context: Context) -> None:
    done: list[str] = []
    for number in range(40):
        put(context, "each", str(number))

    def work(_desk: Context, _payload: dict[str, Any]) -> None:
        held = background.leases(context, SYSTEM)
        assert len(held) <= 2
        done.append("once")

    workers = [a_worker(context, kinds=doing(each=work)) for _ in range(2)]

    def run(worker: Worker) -> None:
        until = time.monotonic() + 60
        while len(done) < 40 and time.monotonic() < until:
            worker.step()

    threads = [Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 40
    with context.database.reading() as tx:
        assert outbox.counts(tx) == (0, 0)
        assert tx.exec_driver_sql("SELECT max(tries) FROM job").scalar_one() == 1


KILLED = """
import os, sys, time
from dataclasses import replace
from pathlib import Path
from lms import jobs
from tests.builders import a_desk
desk = replace(a_desk(Path(sys.argv[1])), now=lambda: time.time_ns() // 1_000_000, random=os.urandom)
def work(_desk, payload):
    with open(sys.argv[2], "a") as file:
        file.write(str(payload["n"]) + "\\n")
    time.sleep(0.01)
print("ready", flush=True)
jobs.Worker(desk, kinds={"count": jobs.JobKind(dict, work)}, rounds=(), breath=0.01).run()
"""


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_no_work(tmp_path: Path) -> None:
    from tests.builders import a_context  # noqa: PLC0415  # a desk with the real clock, shared with other processes

    folder, written = tmp_path / "data", tmp_path / "written"
    context = replace(a_context(folder), now=lambda: time.time_ns() // 1_000_000, random=os.urandom)
    with context.database.writing() as tx:
        for number in range(60):
            outbox.enqueue(tx, context, "count", f"count:{number}", {"n": number})
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
    steady = Steady()
    kinds = doing(count=lambda _desk, payload: _append(written, payload["n"]))
    worker = a_worker(context, steady, kinds=kinds)
    for _ in range(2):
        while worker.step():
            pass
        steady.at += LEASE
    assert {int(line) for line in written.read_text().split()} == set(range(60))
    with context.database.reading() as tx:
        assert outbox.counts(tx) == (0, 0)


def _append(path: Path, number: int) -> None:
    with path.open("a") as file:
        file.write(f"{number}\n")
