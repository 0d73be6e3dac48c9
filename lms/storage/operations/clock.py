"""What the workers believe the time to be, kept over a restart.

Holds one row and no judgement (`core.operations.timekeeping`).
"""

from __future__ import annotations

from sqlalchemy import select

from lms.core.operations.timekeeping import Belief
from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_into
from lms.storage.tables.operations import clock

_ONLY = 1


def belief(tx: Tx, *, hold: bool = False) -> Belief | None:
    """Return what was believed last; `hold` lets two workers judge one after the other."""
    query = select(clock.c.at, clock.c.doubted).where(clock.c.id == _ONLY)
    row = tx.execute(query.with_for_update() if hold else query).first()
    return Belief(*row) if row else None


def believe(tx: Tx, now: Belief) -> None:
    """Keep what is believed now."""
    values = {"at": now.at, "doubted": now.doubted}
    statement = insert_into(tx, clock).values(id=_ONLY, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=[clock.c.id], set_=values))
