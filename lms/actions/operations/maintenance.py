"""House-keeping: what nobody asks for and somebody must do.

Forgetting what is over, the chain of the audit trail, help lines that nobody has checked. The clockwork is in
`lms.jobs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lms.actions.action import Who, command, query
from lms.actions.context import Context
from lms.actions.learning.surveys import prune_presses
from lms.actions.people.emails import CODE_MINUTES, MINUTE
from lms.actions.people.sessions import HOUR, LONGEST
from lms.core.courses.helplines import to_check
from lms.core.operations.timekeeping import TOLERANCE
from lms.core.people.actors import Actor
from lms.storage.migrations import steps
from lms.storage.operations import ahead, audit, outbox, tasks
from lms.storage.operations.backups import snapshot
from lms.storage.people import codes, sessions, throttles

DAY = 24 * HOUR
KEPT_JOBS = 30 * DAY
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
    ahead: int = 0


@query("keeping.is_well", by=Who.ANYONE)
def is_well(context: Context, actor: Actor) -> bool:
    """Return whether the database answers, so that pages can be made.

    Raises: Unavailable `database.unavailable`.
    """
    return steps.has_tables(context.database)


@command("keeping.prune", by=Who.SYSTEM)
def prune(context: Context, actor: Actor) -> Pruned:
    """Forget sessions, codes, throttles, work and presses that are over (ASVS 5.0 14.2.4).

    The worker calls it while the clock can be believed, and then what lies ahead of it goes too: a session
    from more than a day ahead, codes and throttles from more than ten minutes.
    """
    now = context.now()
    soon = now + TOLERANCE
    with context.database.writing() as tx:
        return Pruned(
            sessions=sessions.prune(tx, now - 2 * LONGEST),
            codes=codes.prune(tx, now - HOUR),
            throttles=throttles.prune(tx, now - DAY),
            jobs=outbox.prune(tx, now - KEPT_JOBS),
            presses=prune_presses(tx, context),
            ahead=ahead.forget(tx, sessions=now + DAY, codes=soon + CODE_MINUTES * MINUTE, throttles=soon),
        )


@command("keeping.empty_log", by=Who.SYSTEM)
def empty_log(context: Context, actor: Actor) -> bool:
    """Empty the log beside a SQLite file, so that what was erased is not there either; return whether it is.

    Somebody who reads or writes at this moment is not kept waiting: it is tried again later.
    """
    return snapshot.empty_log(context.database)


@command("keeping.chain_audit", by=Who.SYSTEM)
def chain_audit(context: Context, actor: Actor) -> int:
    """Add committed rows of the trail to its chain; return how many (ASVS 5.0 16.4.2).

    Links are numbered here, by the only one who adds any: a row whose transaction took long is linked later,
    and no clock is asked.
    """
    with context.database.writing() as tx:
        link, digest = audit.last_link(tx)
        entries = audit.unchained(tx, MOST_LINKS)
        for number, entry in enumerate(entries, start=link + 1):
            digest = context.keys.mac("audit", digest, *entry.facts)
            audit.link(tx, number, entry.seq, digest)
    return len(entries)


@query("keeping.broken_link", by=Who.ADMIN)
def broken_link(context: Context, actor: Actor) -> int:
    """Return the number of the first row of the trail that was changed since it was chained, else 0."""
    digest = ""
    with context.database.reading() as tx:
        for entry in audit.linked(tx):
            digest = context.keys.mac("audit", digest, *entry.facts)
            if digest != entry.digest:
                return entry.seq
    return 0


@command("keeping.check_help_lines", by=Who.SYSTEM)
def check_help_lines(context: Context, actor: Actor) -> int:
    """Open a task for each help line that is hidden because nobody has checked it; return how many."""
    stale = [line.id for line in to_check(context.library.help_lines(), date.fromisoformat(context.today()))]
    with context.database.writing() as tx:
        for line in stale:
            tasks.open_task(tx, context.new_id(), HELP_LINE, line, now=context.now())
        tasks.close_others(tx, HELP_LINE, stale, now=context.now())
    return len(stale)
