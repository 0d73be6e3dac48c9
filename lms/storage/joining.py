"""Moving a visitor's progress to the account that it belongs to.

One enrolment per person and course: where the account has one, what was read is added to it and attempts on
the same release move over; otherwise the enrolment itself changes hands. Nothing is lost: what cannot move
stays with the visitor. Called by `actions.joining`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, not_, select, update

from lms.storage.database import Tx
from lms.storage.tables import attempt, enrolment, lesson_read
from lms.storage.upserts import insert_into


def _movable(tx: Tx, theirs: str, mine: str) -> tuple[ColumnElement[bool], ...]:
    """Say which attempts move: not one under way of a check of which the account has one under way."""
    is_open = and_(attempt.c.submitted_at.is_(None), attempt.c.closed_at.is_(None))
    under_way = list(
        tx.execute(select(attempt.c.check).where(attempt.c.enrolment_id == mine, is_open)).scalars()
    )
    return attempt.c.enrolment_id == theirs, not_(and_(is_open, attempt.c.check.in_(under_way)))


def _join_one(tx: Tx, theirs: str, mine: str, *, same_version: bool) -> None:
    read = select(lesson_read).where(lesson_read.c.enrolment_id == theirs)
    for row in tx.execute(read).mappings().all():
        values = {**row, "enrolment_id": mine}
        tx.execute(insert_into(tx, lesson_read).values(**values).on_conflict_do_nothing())
    if same_version:
        tx.execute(update(attempt).where(*_movable(tx, theirs, mine)).values(enrolment_id=mine))


def join(tx: Tx, visitor: str, person: str) -> int:
    """Move everything that can move; give in how many courses."""
    mine = {
        row.course_id: row
        for row in tx.execute(select(enrolment).where(enrolment.c.person_id == person)).all()
    }
    theirs = tx.execute(select(enrolment).where(enrolment.c.person_id == visitor)).all()
    for row in theirs:
        own = mine.get(row.course_id)
        if own is None:
            tx.execute(update(enrolment).where(enrolment.c.id == row.id).values(person_id=person))
        else:
            _join_one(tx, row.id, own.id, same_version=own.version == row.version)
    return len(theirs)
