"""The worker: does what waits, tries again what failed, and nothing ends it but being told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any

import pytest
from sqlalchemy import update

from lms import jobs
from lms.actions.context import Context
from lms.actions.operations import background
from lms.actions.people import codes
from lms.core.errors import NotFound, Unavailable
from lms.core.operations.jobs import (
    MOST_TRIES,
    BlobErasure,
    CertificatePdf,
    DossierPaper,
    HoldersToTell,
    LaterQuestions,
    Letter,
    ReleaseActivated,
    Urgency,
)
from lms.core.people.actors import NOBODY, SYSTEM
from lms.jobs import KINDS, MINUTE, JobKind, Round, Worker
from lms.mail.mailer import Email
from lms.storage.operations import outbox
from lms.storage.tables.operations import job
from tests.builders_accounts import HERE, clock, joined, letters
from tests.builders_jobs import Steady, a_worker, doing, open_tasks, put, state


@dataclass
class LameMail:
    """A post that fails until it is mended."""

    works: bool = False
    sent: list[Email] = field(default_factory=list)

    def send(self, message: Email) -> None:
        if not self.works:
            raise Unavailable("mail.unavailable")
        self.sent.append(message)


def test_mail_that_is_down_loses_nothing(context: Context) -> None:
    post = LameMail()
    context = replace(context, post=post)
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    assert jobs.run_due(context) == 1
    assert jobs.run_due(context) == 0
    post.works = True
    clock(context).move(minutes=1)
    assert jobs.run_due(context) == 1
    assert len(post.sent) == 1


def test_a_second_try_is_the_same_message(context: Context) -> None:
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    first = letters(context)[-1]
    with context.database.writing() as tx:
        outbox.put(tx, context, "again", Letter("no-account", first.to, "en", first.key))
    assert letters(context)[-1].key == first.key


def test_one_fault_does_not_stop_the_rest(context: Context) -> None:
    done: list[str] = []

    def fail(_desk: Context, payload: dict[str, Any]) -> None:
        raise ValueError(payload["name"])

    kinds = doing(faulty=fail, sound=lambda _desk, payload: done.append(payload["name"]))
    put(context, "faulty")
    put(context, "sound")
    assert jobs.run_due(context, kinds) == 2
    assert done == ["Zoé"]
    assert (state(context, "faulty:1"), state(context, "sound:1")) == ("waiting", "done")
    with context.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT error FROM job WHERE kind = 'faulty'").scalar() == "ValueError"


def test_what_cannot_be_done_is_given_up_with_a_task_that_names_it(context: Context) -> None:
    def fail(_desk: Context, _payload: dict[str, Any]) -> None:
        raise NotFound("certificate.none")

    put(context, "hopeless")
    jobs.run_due(context, doing(hopeless=fail))
    assert state(context, "hopeless:1") == "failed"
    assert open_tasks(context) == [("job-failed", "hopeless hopeless:1")]


def test_an_unknown_kind_waits_for_a_version_that_knows_it(context: Context) -> None:
    put(context, "from-a-newer-version")
    assert jobs.run_due(context) == 1
    assert state(context, "from-a-newer-version:1") == "waiting"


def test_a_job_that_kills_its_worker_is_given_up_in_the_end(context: Context) -> None:
    put(context, "deadly")
    with context.database.writing() as tx:
        tx.execute(update(job).values(tries=MOST_TRIES))
    assert jobs.run_due(context, doing(deadly=lambda _desk, _payload: pytest.fail("it was tried again"))) == 1
    assert state(context, "deadly:1") == "failed"
    (line,) = background.jobs(context, SYSTEM)
    assert line.error == "job.worker-died"


# --- what a row holds ---------------------------------------------------------------------------------
WORKS = (
    Letter("sign-in", "a@example.org", "fr", "l1", mailed_code="c1", link="https://x.example"),
    Letter("renewal", "a@example.org", "fr", "l1", link="https://x.example", note="N", person="p1"),
    CertificatePdf("n1"),
    DossierPaper("d1", "fr"),
    BlobErasure("d1"),
    LaterQuestions("p1", "c1"),
    ReleaseActivated("c1", "1.0.0", "e1"),
    HoldersToTell("c1", "n1"),
)
#: As they stood in rows before there were classes for them.
OLDER = (
    ("letter", {"letter": "answered", "to": "a@x", "locale": "en", "id": "l1", "code": ""}),
    ("certificate", {"number": "n1"}),
    ("erase-blob", {"digest": "d1"}),
    ("questions-later", {"person": "p1", "course": "c1"}),
    ("release-activated", {"course": "c1"}),
)


def test_each_kind_of_work_reads_what_it_wrote() -> None:
    assert {work.kind for work in WORKS} == set(KINDS)
    for work in WORKS:
        assert KINDS[work.kind].read({**work.to_json(), "of-a-newer-version": "x"}) == work


@pytest.mark.parametrize(("kind", "payload"), OLDER)
def test_rows_of_the_first_version_can_be_read(kind: str, payload: dict[str, str]) -> None:
    read = KINDS[kind].read(payload)
    assert {name: value for name, value in read.to_json().items() if value} == {
        name: value for name, value in payload.items() if value
    }


def test_a_row_that_cannot_be_read_is_given_up_with_words(context: Context) -> None:
    put(context, "certificate")
    jobs.run_due(context)
    (line,) = background.jobs(context, SYSTEM)
    assert line.error == "job.payload-unreadable"


# --- who goes first -----------------------------------------------------------------------------------
def test_a_code_to_sign_in_overtakes_a_thousand_certificates(context: Context) -> None:
    with context.database.writing() as tx:
        for number in range(1000):
            work = CertificatePdf(f"{number}")
            outbox.put(tx, context, work.key, work)
    codes.ask_to_sign_in(context, NOBODY, "zoe@example.org", locale="en", browser=HERE)
    codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=HERE)
    done: list[str] = []
    kinds = {
        name: JobKind(dict, lambda _desk, payload: done.append(payload.get("letter", "pdf")))
        for name in KINDS
    }
    worker = a_worker(context, kinds=kinds)
    for _ in range(3):
        assert worker.step()
    assert done == ["sign-up", "pdf", "pdf"], "the letter without a code takes its turn"


def test_nothing_waits_for_ever_behind_what_is_urgent(context: Context) -> None:
    done: list[str] = []
    put(context, "slow", urgency=Urgency.SOMETIME)
    for number in range(30):
        put(context, "fast", str(number), urgency=Urgency.AWAITED)
    worker = a_worker(
        context, kinds=doing(slow=lambda *_: done.append("slow"), fast=lambda *_: done.append("fast"))
    )
    for _ in range(jobs.FAIR_TURN):
        worker.step()
    assert done == ["fast"] * (jobs.FAIR_TURN - 1) + ["slow"]


def test_a_job_that_is_done_in_parts_lets_others_have_their_turn(context: Context) -> None:
    done: list[str] = []

    def part(_desk: Context, work: ReleaseActivated) -> ReleaseActivated | None:
        done.append(f"part {work.after}")
        return replace(work, after=f"{len(done)}") if len(done) < 4 else None

    kinds = {
        **doing(other=lambda *_: done.append("other")),
        "parts": JobKind(ReleaseActivated.from_json, part),
    }
    with context.database.writing() as tx:
        outbox.enqueue(tx, context, "parts", "parts", {"course": "c"}, urgency=Urgency.SOMETIME)
        outbox.enqueue(tx, context, "other", "other", {}, urgency=Urgency.SOMETIME)
    jobs.run_due(context, kinds)
    assert done == ["part ", "other", "part 1", "part 3"]
    assert state(context, "parts") == "done"


# --- rounds -------------------------------------------------------------------------------------------
def test_the_rounds_are_done_when_they_are_due_whatever_the_clock_says(context: Context) -> None:
    done: list[int] = []
    steady = Steady()
    worker = a_worker(
        context, steady, rounds=(Round("one", 5 * MINUTE, lambda context: done.append(context.now())),)
    )
    for _ in range(2):
        assert not worker.step()
    assert len(done) == 1
    clock(context).move(days=-365)
    worker.step()
    assert len(done) == 1
    steady.at += 5 * MINUTE
    worker.step()
    assert len(done) == 2


def test_a_round_that_fails_is_told_once_and_starves_no_other(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    mended = Event()

    def fail(_desk: Context) -> None:
        if not mended.is_set():
            raise ValueError

    steady = Steady()
    rounds = (Round("faulty", MINUTE, fail), Round("sound", MINUTE, lambda _desk: done.append("sound")))
    worker = a_worker(context, steady, rounds=rounds)
    for _ in range(3):
        worker.step()
        steady.at += MINUTE
    assert len(done) == 3
    assert open_tasks(context) == [("round-failed", "faulty")]
    assert len([one for one in caplog.records if "faulty" in one.getMessage()]) == 1
    mended.set()
    worker.step()
    assert open_tasks(context) == []


def test_the_real_rounds_run(context: Context) -> None:
    joined(context)
    Worker(context).step()
    assert {kind for kind, _ in open_tasks(context)} == {"help-line-unchecked"}
    with context.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM audit_chain").scalar_one() == 1


def test_a_locked_database_does_not_end_the_worker(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    class Locked:
        """A database that nobody gets into."""

        is_sqlite = True

        def reading(self) -> object:
            raise Unavailable("database.unavailable")

        writing = reading

    locked: Any = Locked()
    put(context, "from-a-newer-version")
    worker = a_worker(replace(context, database=locked), breath=0.001)
    steps = iter((True, True, True, False))
    worker.run(alive=lambda: next(steps))
    assert state(context, "from-a-newer-version:1") == "waiting"
    assert len(caplog.records) == 1, "told once, not at every look"
    worker.stop.set()
    worker.run()


# --- a clock that jumps -------------------------------------------------------------------------------
@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_jumps_fires_nothing_planned_deletes_nothing_and_starves_nothing(
    context: Context, days: int
) -> None:
    done: list[str] = []
    rounds = (Round("prune", MINUTE, lambda _desk: done.append("pruned"), needs_clock=True),)
    kinds = doing(later=lambda *_: done.append("later"), now=lambda *_: done.append("now"))
    steady = Steady()
    worker = a_worker(context, steady, rounds=rounds, kinds=kinds)
    put(context, "later", after=90 * jobs.DAY)
    worker.step()
    assert done == ["pruned"]
    clock(context).move(days=days)
    for number in range(3):
        steady.at += MINUTE
        clock(context).move(minutes=1)
        put(context, "now", str(number))
        worker.step()
    assert done == ["pruned", "now", "now", "now"]
    assert open_tasks(context) == [("clock-jumped", "")]
    clock(context).move(days=-days)
    steady.at += MINUTE
    clock(context).move(minutes=1)
    worker.step()
    assert done[-1] == "pruned"
    assert open_tasks(context) == []
    for _ in range(91):
        steady.at += jobs.DAY
        clock(context).move(days=1)
        worker.step()
    assert done.count("later") == 1
