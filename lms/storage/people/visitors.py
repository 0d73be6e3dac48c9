"""Adding what happened in a visitor's enrolment to the account's own enrolment in the same course.

What was read is added, and attempts on the same release move over. Nothing is lost: what cannot move stays
with the visitor. Holds no rule about which release they are brought to first.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, not_, or_, select, update

from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_into
from lms.storage.tables.learning import attempt, lesson_read


def _movable(tx: Tx, theirs: str, mine: str) -> tuple[ColumnElement[bool], ...]:
    """Return which attempts move: not one under way of a check of which the account has one under way."""
    is_open = attempt.c.submitted_at.is_(None)
    under_way = list(
        tx.execute(select(attempt.c.check).where(attempt.c.enrolment_id == mine, is_open)).scalars()
    )
    return attempt.c.enrolment_id == theirs, not_(and_(is_open, attempt.c.check.in_(under_way)))


def add(tx: Tx, theirs: str, mine: str, *, same_version: bool) -> None:
    """Add what was read, and on the same release the attempts; a lesson that lapsed counts if read again."""
    read = select(lesson_read).where(lesson_read.c.enrolment_id == theirs)
    for row in tx.execute(read).mappings().all():
        insert = insert_into(tx, lesson_read).values(**{**row, "enrolment_id": mine})
        kept = {name: insert.excluded[name] for name in ("digest", "locale", "at", "lapsed_at")}
        keys = [lesson_read.c.enrolment_id, lesson_read.c.module, lesson_read.c.lesson]
        lapsed_or_never_opened = or_(lesson_read.c.lapsed_at.is_not(None), lesson_read.c.digest == "")
        counts_more = and_(insert.excluded.lapsed_at.is_(None), lapsed_or_never_opened)
        tx.execute(insert.on_conflict_do_update(index_elements=keys, set_=kept, where=counts_more))
    if same_version:
        tx.execute(update(attempt).where(*_movable(tx, theirs, mine)).values(enrolment_id=mine))
