"""When laws of the register were looked at, by day; append-only. Holds no rule."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from lms.storage.database import Tx
from lms.storage.tables.legislation import law_check


def add(
    tx: Tx, id_: str, law: str, *, about: str = "", day: str, reason: str = "", by: str, now: int
) -> None:
    """Note that somebody looked at a law, or decided about one of its dates."""
    tx.execute(
        insert(law_check).values(id=id_, law_id=law, about=about, day=day, reason=reason, by=by, at=now)
    )


def last_days(tx: Tx) -> dict[str, str]:
    """Return the day on which each law was looked at last, by law id."""
    query = select(law_check.c.law_id, func.max(law_check.c.day)).where(law_check.c.about == "")
    return {row.law_id: row[1] for row in tx.execute(query.group_by(law_check.c.law_id))}


def decided(tx: Tx, law: str) -> tuple[tuple[str, str, str, str], ...]:
    """List (about, day, reason, by) of what was decided about the dates of a law, oldest first."""
    query = (
        select(law_check.c.about, law_check.c.day, law_check.c.reason, law_check.c.by)
        .where(law_check.c.law_id == law, law_check.c.about != "")
        .order_by(law_check.c.at, law_check.c.id)
    )
    return tuple((about, day, reason, by) for about, day, reason, by in tx.execute(query))
