"""Throttles: how often something was tried, under keys that name nobody.

Holds no limit. A try is counted and read back in one statement, so that tries at the same instant are all
counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, delete, select, update

from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_into
from lms.storage.tables.people import throttle


@dataclass(frozen=True, slots=True)
class Count:
    """How many tries were counted in a window, and when it began (milliseconds)."""

    tries: int
    since: int


def find(tx: Tx, key: str, now: int, after: int) -> Count:
    """Return what was counted in the window that began after `after`, and not in the future."""
    open_still = (throttle.c.key == key, throttle.c.since > after, throttle.c.since <= now)
    query = select(throttle.c.count, throttle.c.since).where(*open_still)
    row = tx.execute(query).first()
    return Count(*row) if row else Count(0, 0)


def add(tx: Tx, key: str, now: int, after: int) -> Count:
    """Count once more and return the count; a window that is over begins again, and so does a future one."""
    # A window that begins in the future was written by a clock that has been put right since.
    over = (throttle.c.since <= after) | (throttle.c.since > now)
    statement = (
        insert_into(tx, throttle)
        .values(key=key, count=1, since=now)
        .on_conflict_do_update(
            index_elements=[throttle.c.key],
            set_={
                "count": case((over, 1), else_=throttle.c.count + 1),
                "since": case((over, now), else_=throttle.c.since),
            },
        )
        .returning(throttle.c.count, throttle.c.since)
    )
    return Count(*tx.execute(statement).one())


def give_back(tx: Tx, key: str) -> None:
    """Count once less: it was no try of the kind that is counted."""
    one_less = update(throttle).where(throttle.c.key == key, throttle.c.count > 0)
    tx.execute(one_less.values(count=throttle.c.count - 1))


def clear(tx: Tx, key: str) -> None:
    """Forget a key."""
    tx.execute(delete(throttle).where(throttle.c.key == key))


def prune(tx: Tx, before: int) -> int:
    """Forget windows that began before this time."""
    return tx.execute(delete(throttle).where(throttle.c.since < before)).rowcount
