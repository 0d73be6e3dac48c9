"""The outbox: work that must happen after a transaction, written inside it.

A job is taken on a lease, which its worker renews while it works; a worker that dies gives it back. It is
done once, tried again later and later, and given up after about two days. Order comes from who waits for it
and from a sequence, never from a clock. What a job carries is emptied when it is done. Holds no kind of work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, not_, or_, select, update

from lms.core.operations.jobs import (
    EVERY_KIND,
    LONGEST_WAIT,
    MOST_TRIES,
    Job,
    JobLine,
    KindFilter,
    Urgency,
    Work,
    wait_after,
)
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.operations import job, job_order

AT_ONCE = 0
EMPTY = "{}"
FREE = ""
_LETTER = "letter"


class Clock(Protocol):
    """What a context is to the outbox: the time, and ids."""

    @property
    def now(self) -> Callable[[], int]:
        """Return the clock (milliseconds)."""
        ...

    def new_id(self) -> str:
        """Make an id."""
        ...


def _text(payload: Mapping[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _next(tx: Connection) -> ColumnElement[int]:
    """Return the next number of the order: SQLite lets one write at a time, PostgreSQL has a sequence."""
    if tx.dialect.name == "sqlite":
        return select(func.coalesce(func.max(job.c.seq), 0) + 1).scalar_subquery()
    return job_order.next_value()


def enqueue(
    tx: Connection,
    context: Clock,
    kind: str,
    key: str,
    payload: Mapping[str, object],
    *,
    after: int = 0,
    urgency: Urgency = Urgency.SOON,
    organisation: str = "",
) -> bool:
    """Put a row into the outbox, due `after` milliseconds from now; False when this key is there already.

    `organisation` says whose work it is; empty, the house's. What need not wait carries no moment at all: it
    is due whatever becomes of the clock. Actions call `put`.
    """
    return insert_once(
        tx,
        job,
        id=context.new_id(),
        kind=kind,
        key=key,
        payload=_text(payload),
        urgency=int(urgency),
        seq=_next(tx),
        organisation_id=organisation,
        run_at=context.now() + after if after else AT_ONCE,
    )


def put(
    tx: Connection, context: Clock, key: str, work: Work, *, after: int = 0, organisation: str = ""
) -> bool:
    """Put work into the outbox, due `after` milliseconds from now; False when this key is there already."""
    payload, urgency = work.to_json(), work.urgency
    return enqueue(
        tx, context, work.kind, key, payload, after=after, urgency=urgency, organisation=organisation
    )


def _open() -> ColumnElement[bool]:
    return and_(job.c.done_at.is_(None), job.c.failed_at.is_(None))


def _mark() -> ColumnElement[str]:
    return job.c.lease + " " + func.cast(job.c.beat, job.c.lease.type)


def _waiting(
    now: int,
    left: Mapping[str, str] | None = None,
    *,
    planned: bool = True,
    oldest: bool = False,
    kinds: KindFilter = EVERY_KIND,
) -> Select[tuple[str]]:
    """Find the next job: free, or left by a worker that died (job id to the mark of its lease).

    Without `planned`, what was put off to a day is left alone: the clock cannot be believed.
    """
    # A moment that lies further ahead than any wait was written by a clock that has been put right since.
    again = and_(job.c.tries > 0, job.c.run_at > now + LONGEST_WAIT)
    due = or_(job.c.run_at <= now, again)
    if not planned:
        due = and_(due, or_(job.c.run_at == AT_ONCE, job.c.tries > 0))
    free = or_(
        job.c.lease == FREE, *(and_(job.c.id == id_, _mark() == mark) for id_, mark in (left or {}).items())
    )
    ours = job.c.kind.not_in(kinds.names) if kinds.but else job.c.kind.in_(kinds.names)
    order = (job.c.seq,) if oldest else (job.c.urgency, job.c.seq)
    return select(job.c.id).where(_open(), due, free, ours).order_by(*order).limit(1)


def is_due(
    tx: Connection,
    now: int,
    left: Mapping[str, str] | None = None,
    *,
    planned: bool = True,
    kinds: KindFilter = EVERY_KIND,
) -> bool:
    """Return whether any work waits, without taking it."""
    return tx.execute(_waiting(now, left, planned=planned, kinds=kinds)).first() is not None


def held(tx: Connection) -> dict[str, str]:
    """Return the leases that are held: job id to a mark, which changes whenever its worker renews it."""
    query = select(job.c.id, _mark()).where(_open(), job.c.lease != FREE)
    return {row[0]: row[1] for row in tx.execute(query)}


def lease(
    tx: Connection,
    now: int,
    new: str,
    left: Mapping[str, str] | None = None,
    *,
    planned: bool = True,
    oldest: bool = False,
    kinds: KindFilter = EVERY_KIND,
) -> Job | None:
    """Take the most urgent work, or with `oldest` what came first; two workers never get the same.

    `new` names the lease; `left` are the leases of workers that died.
    """
    query = _waiting(now, left, planned=planned, oldest=oldest, kinds=kinds)
    query = query.with_for_update(skip_locked=True)
    waiting = tx.execute(query).scalar()
    row = tx.execute(select(job).where(job.c.id == waiting)).first() if waiting else None
    if row is None:
        return None
    tx.execute(update(job).where(job.c.id == row.id).values(lease=new, beat=0, tries=row.tries + 1))
    return Job(row.id, row.kind, row.key, json.loads(row.payload), row.tries + 1, new)


def _mine(taken: Job) -> tuple[ColumnElement[bool], ...]:
    return job.c.id == taken.id, job.c.lease == taken.lease, job.c.tries == taken.tries, _open()


def _close(tx: Connection, taken: Job, **values: object) -> bool:
    return tx.execute(update(job).where(*_mine(taken)).values(lease=FREE, **values)).rowcount == 1


def renew(tx: Connection, taken: Job) -> bool:
    """Show that the worker is alive; False when another one has taken over."""
    return tx.execute(update(job).where(*_mine(taken)).values(beat=job.c.beat + 1)).rowcount == 1


def done(tx: Connection, taken: Job, now: int) -> bool:
    """Note that it happened, and forget what it carried; False when another worker had taken it over."""
    return _close(tx, taken, done_at=now, payload=EMPTY, error="")


def go_on(tx: Connection, taken: Job, rest: Work) -> bool:
    """Note that a part is done and what is left, behind the others that wait; False when taken over."""
    left = _text(rest.to_json())
    return _close(tx, taken, payload=left, tries=0, run_at=AT_ONCE, error="", seq=_next(tx))


def again(tx: Connection, taken: Job, now: int, error: str, *, share: float = 0.0) -> bool:
    """Note that it did not work, and when to try again; `share` (0 to 1) spreads what failed together."""
    return _close(tx, taken, run_at=now + wait_after(taken.tries, share), error=error)


def is_last(taken: Job) -> bool:
    """Return whether the tries are used up."""
    return taken.tries >= MOST_TRIES


def fail(tx: Connection, taken: Job, now: int, error: str) -> bool:
    """Return it up; what it carried is kept, so that somebody can have it tried again."""
    return _close(tx, taken, failed_at=now, error=error)


def find(tx: Connection, id_: str) -> Job | None:
    """Return a job by its id."""
    row = tx.execute(select(job).where(job.c.id == id_)).first()
    return (
        None if row is None else Job(row.id, row.kind, row.key, json.loads(row.payload), row.tries, row.lease)
    )


def retry(tx: Connection, key: str) -> bool:
    """Queue failed work again from the beginning; False when it has not failed, or nothing is left of it."""
    failed = (job.c.key == key, job.c.failed_at.is_not(None), job.c.payload != EMPTY)
    fresh = {"failed_at": None, "tries": 0, "run_at": AT_ONCE, "error": "", "seq": _next(tx)}
    return tx.execute(update(job).where(*failed).values(**fresh)).rowcount == 1


def forget(tx: Connection, key: str) -> None:
    """Forget a job that is over, so that its key can be used again."""
    tx.execute(delete(job).where(job.c.key == key, not_(_open())))


def state(tx: Connection, key: str) -> str:
    """Return how the work of this key stands: `waiting`, `done`, `failed`, or '' when there is none."""
    row = tx.execute(select(job.c.done_at, job.c.failed_at).where(job.c.key == key)).first()
    if row is None:
        return ""
    return "done" if row.done_at else "failed" if row.failed_at else "waiting"


def lines(tx: Connection, *, all_of_them: bool) -> tuple[JobLine, ...]:
    """List what failed for good and, with `all_of_them`, what waits; never what it carries."""
    shown = (
        job.c.done_at.is_(None)
        if all_of_them
        else and_(job.c.failed_at.is_not(None), job.c.done_at.is_(None))
    )
    return tuple(
        JobLine(
            id=row.id,
            kind=row.kind,
            key=row.key,
            state="failed" if row.failed_at else "waiting",
            tries=row.tries,
            error=row.error,
            run_at=row.run_at,
            can_retry=bool(row.failed_at) and row.payload != EMPTY,
        )
        for row in tx.execute(select(job).where(shown).order_by(job.c.seq))
    )


def counts(tx: Connection) -> tuple[int, int]:
    """Count (waiting, failed)."""
    query = select(
        func.count().filter(_open()),
        func.count().filter(job.c.failed_at.is_not(None), job.c.done_at.is_(None)),
    )
    waiting, failed = tx.execute(query).one()
    return waiting, failed


def failed_kinds(tx: Connection) -> dict[str, int]:
    """Count what was given up, by kind."""
    query = select(job.c.kind, func.count()).where(job.c.failed_at.is_not(None)).group_by(job.c.kind)
    return {row[0]: row[1] for row in tx.execute(query.order_by(job.c.kind))}


def prune(tx: Connection, before: int) -> int:
    """Forget work that was done before this time, and letters that failed; other failed work waits."""
    over = or_(job.c.done_at < before, and_(job.c.failed_at < before, job.c.kind == _LETTER))
    return tx.execute(delete(job).where(over)).rowcount
