"""The outbox: work that must happen after a transaction, written inside it.

A row is taken on a lease, so that a worker that dies gives it back; it is done once, tried again later and
later, and given up after about two days. Its payload is emptied when it is done. Holds no kind of work.
`enqueue` is called by actions; the rest by `jobs` through `actions.keeping`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Select, and_, delete, func, or_, select, update

from lms.storage.tables import job
from lms.storage.upserts import insert_once

MINUTE = 60_000
LEASE = 5 * MINUTE
#: Minutes until each next try; the last one repeats until the tries are used up.
WAITS = (0.5, 1, 2, 5, 10, 20, 30, 60)
MOST_TRIES = 48
AT_ONCE = 0
EMPTY = "{}"


class Clock(Protocol):
    """What a desk is to the outbox: the time, and ids."""

    @property
    def now(self) -> Callable[[], int]:
        """Give the clock (milliseconds)."""
        ...

    def new_id(self) -> str:
        """Make an id."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """Work on a lease; `tries` counts this one, and tells a late worker that another has taken over."""

    id: str
    kind: str
    key: str
    payload: Mapping[str, Any]
    tries: int


def enqueue(
    tx: Connection, desk: Clock, kind: str, key: str, payload: Mapping[str, object], *, after: int = 0
) -> bool:
    """Put work into the outbox, `after` milliseconds from now; say False when this key is there already.

    What need not wait carries no moment at all: it is due whatever becomes of the clock.
    """
    return insert_once(
        tx,
        job,
        id=desk.new_id(),
        kind=kind,
        key=key,
        payload=json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        run_at=desk.now() + after if after else AT_ONCE,
    )


def _waiting(now: int) -> Select[tuple[str]]:
    # A moment that lies further ahead than any wait was written by a clock that has been put right since.
    furthest = now + WAITS[-1] * MINUTE
    again = and_(job.c.tries > 0, job.c.run_at > furthest)
    free = or_(job.c.lease_until.is_(None), job.c.lease_until <= now, job.c.lease_until > now + LEASE)
    return (
        select(job.c.id)
        .where(job.c.done_at.is_(None), job.c.failed_at.is_(None), or_(job.c.run_at <= now, again), free)
        .order_by(job.c.run_at, job.c.id)
        .limit(1)
    )


def is_due(tx: Connection, now: int) -> bool:
    """Say whether any work waits, without taking it."""
    return tx.execute(_waiting(now)).first() is not None


def lease(tx: Connection, now: int) -> Job | None:
    """Take the work that has waited longest; two workers never get the same."""
    waiting = tx.execute(_waiting(now).with_for_update(skip_locked=True)).scalar()
    row = tx.execute(select(job).where(job.c.id == waiting)).first() if waiting else None
    if row is None:
        return None
    tx.execute(
        update(job).where(job.c.id == row.id).values(lease_until=now + LEASE, tries=row.tries + 1),
    )
    return Job(row.id, row.kind, row.key, json.loads(row.payload), row.tries + 1)


def _close(tx: Connection, taken: Job, **values: object) -> bool:
    mine = (job.c.id == taken.id, job.c.tries == taken.tries, job.c.done_at.is_(None))
    return tx.execute(update(job).where(*mine).values(lease_until=None, **values)).rowcount == 1


def done(tx: Connection, taken: Job, now: int) -> bool:
    """Note that it happened, and forget what it carried; False when another worker had taken it over."""
    return _close(tx, taken, done_at=now, payload=EMPTY, error="")


def again(tx: Connection, taken: Job, now: int, error: str) -> bool:
    """Note that it did not work, and when to try again; after the last try it counts as failed."""
    if taken.tries >= MOST_TRIES:
        return fail(tx, taken, now, error)
    wait = WAITS[min(taken.tries, len(WAITS)) - 1]
    return _close(tx, taken, run_at=now + round(wait * MINUTE), error=error)


def fail(tx: Connection, taken: Job, now: int, error: str) -> bool:
    """Give it up, and forget what it carried."""
    return _close(tx, taken, failed_at=now, payload=EMPTY, error=error)


def state(tx: Connection, key: str) -> str:
    """Say how the work of this key stands: `waiting`, `done`, `failed`, or '' when there is none."""
    row = tx.execute(select(job.c.done_at, job.c.failed_at).where(job.c.key == key)).first()
    if row is None:
        return ""
    return "done" if row.done_at else "failed" if row.failed_at else "waiting"


def counts(tx: Connection) -> tuple[int, int]:
    """Count (waiting, failed)."""
    query = select(
        func.count().filter(job.c.done_at.is_(None), job.c.failed_at.is_(None)),
        func.count().filter(job.c.failed_at.is_not(None)),
    )
    waiting, failed = tx.execute(query).one()
    return waiting, failed


def prune(tx: Connection, before: int) -> int:
    """Forget work that was done or given up before this time."""
    return tx.execute(delete(job).where(or_(job.c.done_at < before, job.c.failed_at < before))).rowcount
