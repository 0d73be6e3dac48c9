"""House-keeping: what nobody asks for and somebody must do.

Work from the outbox on a lease, forgetting what is over, the chain of the audit trail, help lines that
nobody has checked. Called by the worker (`jobs`), which holds the clockwork and no rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.sessions import HOUR, LONGEST
from lms.actions.surveying import prune_presses
from lms.core.helplines import to_check
from lms.core.people import Actor
from lms.storage import audit, codes, outbox, sessions, tasks, throttles
from lms.storage.outbox import Job

DAY = 24 * HOUR
KEPT_JOBS = 30 * DAY
SETTLED = (
    60_000  # a transaction that began before this long ago has committed, so its place in the trail is known
)
MOST_LINKS = 2000
HELP_LINE = "help-line-unchecked"


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was forgotten."""

    sessions: int
    codes: int
    throttles: int
    jobs: int
    presses: int


@deed("keeping.take_job", by=Who.SYSTEM)
def take_job(desk: Desk, actor: Actor) -> Job | None:
    """Take the next work that is due, on a lease; `None` when there is nothing to do."""
    with desk.database.reading() as tx:
        if not outbox.is_due(tx, desk.now()):
            return None
    with desk.database.writing() as tx:
        return outbox.lease(tx, desk.now())


@deed("keeping.finish_job", by=Who.SYSTEM)
def finish_job(desk: Desk, actor: Actor, job: Job) -> bool:
    """Note that the work is done; False when the lease had run out and another worker took over."""
    with desk.database.writing() as tx:
        return outbox.done(tx, job, desk.now())


@deed("keeping.postpone_job", by=Who.SYSTEM)
def postpone_job(desk: Desk, actor: Actor, job: Job, error: str) -> bool:
    """Note that it did not work; it is tried again later, and given up after the last try."""
    with desk.database.writing() as tx:
        return outbox.again(tx, job, desk.now(), error)


@deed("keeping.give_up_job", by=Who.SYSTEM)
def give_up_job(desk: Desk, actor: Actor, job: Job, error: str) -> bool:
    """Note that the work cannot be done, now or later, and open a task."""
    with desk.database.writing() as tx:
        tasks.open_task(tx, desk.new_id(), "job-failed", job.kind, now=desk.now())
        record(tx, desk, actor, "keeping.give_up_job", job.id)
        return outbox.fail(tx, job, desk.now(), error)


@deed("keeping.prune", by=Who.SYSTEM)
def prune(desk: Desk, actor: Actor) -> Pruned:
    """Forget sessions, codes, throttles, work and presses that are over (ASVS 5.0 14.2.4)."""
    now = desk.now()
    with desk.database.writing() as tx:
        return Pruned(
            sessions=sessions.prune(tx, now - 2 * LONGEST),
            codes=codes.prune(tx, now - HOUR),
            throttles=throttles.prune(tx, now - DAY),
            jobs=outbox.prune(tx, now - KEPT_JOBS),
            presses=prune_presses(tx, desk),
        )


@deed("keeping.chain_audit", by=Who.SYSTEM)
def chain_audit(desk: Desk, actor: Actor) -> int:
    """Add committed rows of the trail to its chain; give how many (ASVS 5.0 16.4.2)."""
    with desk.database.writing() as tx:
        _, digest = audit.last_link(tx)
        entries = audit.unchained(tx, desk.now() - SETTLED, MOST_LINKS)
        for entry in entries:
            digest = desk.keys.mac("audit", digest, *entry.facts)
            audit.link(tx, entry.seq, digest)
    return len(entries)


@reading("keeping.broken_link", by=Who.ADMIN)
def broken_link(desk: Desk, actor: Actor) -> int:
    """Give the number of the first row of the trail that was changed since it was chained; 0 if none was."""
    digest = ""
    with desk.database.reading() as tx:
        for entry in audit.trail(tx):
            if not entry.digest:
                continue
            digest = desk.keys.mac("audit", digest, *entry.facts)
            if digest != entry.digest:
                return entry.seq
    return 0


@deed("keeping.check_help_lines", by=Who.SYSTEM)
def check_help_lines(desk: Desk, actor: Actor) -> int:
    """Open a task for each help line whose number is hidden because nobody has checked it; give how many."""
    stale = [line.id for line in to_check(desk.library.help_lines(), date.fromisoformat(desk.today()))]
    with desk.database.writing() as tx:
        for line in stale:
            tasks.open_task(tx, desk.new_id(), HELP_LINE, line, now=desk.now())
        tasks.close_others(tx, HELP_LINE, stale, now=desk.now())
    return len(stale)
