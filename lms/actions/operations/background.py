"""Working off the outbox: jobs are taken on a lease, done, tried again, given up, and taken up by hand.

A job that has failed for good says so on what it was for, opens a task, and waits for somebody who has it
tried again. Holds no work of its own; the loop is in `lms.jobs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.actions.action import Who, command, query, record
from lms.actions.certificates import printing
from lms.actions.context import Context
from lms.actions.people import emails
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.operations.jobs import (
    EVERY_KIND,
    CertificatePdf,
    Job,
    JobLine,
    KindFilter,
    Letter,
    Work,
    read,
)
from lms.core.operations.timekeeping import judge
from lms.core.people.actors import Actor
from lms.storage.database import Tx
from lms.storage.operations import clock, outbox, tasks

FAILED = "job-failed"
ROUND_FAILED = "round-failed"
CLOCK_JUMPED = "clock-jumped"
NOBODY_LEFT: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Aftermath:
    """What is written on the thing itself when its work has failed for good, and when it begins again."""

    failed: Callable[[Tx, Context, Any], None]
    taken_up: Callable[[Tx, Context, Any], None]
    reader: Callable[[Mapping[str, Any]], Work]


def _nothing(_tx: Tx, _desk: Context, _work: Work) -> None:
    """Write nothing: a letter is no worse for being tried again."""


_AFTERMATHS: dict[str, _Aftermath] = {
    CertificatePdf.kind: _Aftermath(
        printing.note_failure, printing.note_fresh_start, CertificatePdf.from_json
    ),
    Letter.kind: _Aftermath(emails.note_failure, _nothing, Letter.from_json),
}


def _write_on_it(tx: Tx, context: Context, job: Job, *, failed: bool) -> None:
    aftermath = _AFTERMATHS.get(job.kind)
    if aftermath is None:
        return
    try:
        work = read(aftermath.reader, job)
    except Invalid:  # what it was for cannot be known any more: the task and the list name the job
        return
    (aftermath.failed if failed else aftermath.taken_up)(tx, context, work)


def _about(job: Job) -> str:
    return f"{job.kind} {job.key}"


@query("background.leases", by=Who.SYSTEM)
def leases(context: Context, actor: Actor) -> dict[str, str]:
    """Return the leases that are held: job id to a mark, which changes whenever its worker renews it."""
    with context.database.reading() as tx:
        return outbox.held(tx)


@command("background.take_job", by=Who.SYSTEM)
def take_job(
    context: Context,
    actor: Actor,
    *,
    left: Mapping[str, str] = NOBODY_LEFT,
    planned: bool = True,
    oldest: bool = False,
    kinds: KindFilter = EVERY_KIND,
) -> Job | None:
    """Take the most urgent work that is due, on a lease; `None` when there is nothing to do.

    `left` are the leases of workers that died. Without `planned`, what waits for a day is left alone. With
    `oldest`, what came first is taken, so that nothing waits for ever behind what is urgent. Other
    `kinds` are left to other workers.
    """
    with context.database.reading() as tx:
        if not outbox.is_due(tx, context.now(), left, planned=planned, kinds=kinds):
            return None
    with context.database.writing() as tx:
        lease = context.new_secret()
        return outbox.lease(tx, context.now(), lease, left, planned=planned, oldest=oldest, kinds=kinds)


@command("background.renew", by=Who.SYSTEM)
def renew(context: Context, actor: Actor, job: Job) -> bool:
    """Show that the worker is alive; False when another one has taken the job over."""
    with context.database.writing() as tx:
        return outbox.renew(tx, job)


@command("background.finish_job", by=Who.SYSTEM)
def finish_job(context: Context, actor: Actor, job: Job) -> bool:
    """Note that the work is done; False when another worker has taken the job over."""
    with context.database.writing() as tx:
        return outbox.done(tx, job, context.now())


@command("background.go_on_later", by=Who.SYSTEM)
def go_on_later(context: Context, actor: Actor, job: Job, rest: Work) -> bool:
    """Note that a part is done, and what is left; others have their turn first. False when taken over."""
    with context.database.writing() as tx:
        return outbox.go_on(tx, job, rest)


@command("background.postpone_job", by=Who.SYSTEM)
def postpone_job(context: Context, actor: Actor, job: Job, error: str) -> bool:
    """Note that it did not work; it is tried again later, and given up after the last try."""
    share = context.random(1)[0] / 255
    with context.database.writing() as tx:
        if outbox.is_last(job):
            return _give_up(tx, context, actor, job, error)
        return outbox.again(tx, job, context.now(), error, share=share)


@command("background.give_up_job", by=Who.SYSTEM)
def give_up_job(context: Context, actor: Actor, job: Job, error: str) -> bool:
    """Note that the work cannot be done, now or later; False when another worker has taken the job over."""
    with context.database.writing() as tx:
        return _give_up(tx, context, actor, job, error)


def _give_up(tx: Tx, context: Context, actor: Actor, job: Job, error: str) -> bool:
    if not outbox.fail(tx, job, context.now(), error):
        return False
    tasks.open_task(tx, context.new_id(), FAILED, _about(job), now=context.now())
    _write_on_it(tx, context, job, failed=True)
    record(tx, context, actor, "background.give_up_job", job.id)
    return True


@query("background.jobs", by=Who.ADMIN)
def jobs(context: Context, actor: Actor, *, all_of_them: bool = False) -> tuple[JobLine, ...]:
    """List the jobs that have failed for good and, with `all_of_them`, those that wait; oldest first."""
    with context.database.reading() as tx:
        return outbox.lines(tx, all_of_them=all_of_them)


@command("background.retry_job", by=Who.ADMIN)
def retry_job(context: Context, actor: Actor, job: str) -> None:
    """Have a job that failed for good tried again from the beginning.

    Raises: NotFound `job.unknown`; Conflict `job.not-failed`.
    """
    with context.database.writing() as tx:
        found = outbox.find(tx, job)
        if found is None:
            raise NotFound("job.unknown", job=job)
        if not outbox.retry(tx, found.key):
            raise Conflict("job.not-failed", job=job)
        _taken_up(tx, context, actor, found)


@command("background.retry_all", by=Who.ADMIN)
def retry_all(context: Context, actor: Actor) -> int:
    """Have every job that failed for good tried again; return how many."""
    with context.database.writing() as tx:
        lines = outbox.lines(tx, all_of_them=False)
        failed = [found for line in lines if (found := outbox.find(tx, line.id))]
        again = [job for job in failed if outbox.retry(tx, job.key)]
        for job in again:
            _taken_up(tx, context, actor, job)
    return len(again)


def _taken_up(tx: Tx, context: Context, actor: Actor, job: Job) -> None:
    tasks.close(tx, FAILED, _about(job), now=context.now())
    _write_on_it(tx, context, job, failed=False)
    record(tx, context, actor, "background.retry_job", job.id)


# --- rounds and the clock ----------------------------------------------------------------------------
@command("background.note_round", by=Who.SYSTEM)
def note_round(context: Context, actor: Actor, name: str, *, failed: bool) -> None:
    """Open a task for a round that fails, once; close it when the round has been done again."""
    with context.database.writing() as tx:
        if failed:
            tasks.open_task(tx, context.new_id(), ROUND_FAILED, name, now=context.now())
        else:
            tasks.close(tx, ROUND_FAILED, name, now=context.now())


@command("background.watch_clock", by=Who.SYSTEM)
def watch_clock(context: Context, actor: Actor, passed: int | None) -> bool:
    """Compare the clock with one that cannot be set, and say whether it can be believed.

    `passed` is what the steady clock has counted since this was asked last, None after a start. While the
    two disagree a task is open, nothing old is deleted and nothing planned is done.
    """
    with context.database.writing() as tx:
        before = clock.belief(tx, hold=True)
        now = judge(before, context.now(), passed)
        clock.believe(tx, now)
        if not now.is_trusted:
            tasks.open_task(tx, context.new_id(), CLOCK_JUMPED, "", now=now.at)
        elif before is not None and not before.is_trusted:
            tasks.close(tx, CLOCK_JUMPED, "", now=context.now())
    return now.is_trusted
