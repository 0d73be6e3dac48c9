"""Throttles: how often something was tried, under keys that name nobody.

Holds no limit. Called by `actions.limits`.
"""

from __future__ import annotations

from sqlalchemy import case, delete, select

from lms.storage.database import Tx
from lms.storage.tables import throttle
from lms.storage.upserts import insert_into


def count(tx: Tx, key: str, since: int) -> int:
    """Say how often the key was counted in the window that began after `since`."""
    query = select(throttle.c.count).where(throttle.c.key == key, throttle.c.since > since)
    return tx.execute(query).scalar() or 0


def add(tx: Tx, key: str, now: int, since: int) -> None:
    """Count once more; a window that began before `since` begins again."""
    fresh = throttle.c.since <= since
    statement = insert_into(tx, throttle).values(key=key, count=1, since=now)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=[throttle.c.key],
            set_={
                "count": case((fresh, 1), else_=throttle.c.count + 1),
                "since": case((fresh, now), else_=throttle.c.since),
            },
        )
    )


def clear(tx: Tx, key: str) -> None:
    """Forget a key."""
    tx.execute(delete(throttle).where(throttle.c.key == key))


def prune(tx: Tx, before: int) -> int:
    """Forget windows that began before this time."""
    return tx.execute(delete(throttle).where(throttle.c.since < before)).rowcount
