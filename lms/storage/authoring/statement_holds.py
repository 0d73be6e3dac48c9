"""Holds on statements: rows in, what is on hold out.

A row is written once; only its end is added. Holds no rule about who sees it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, literal, select, update

from lms.core.legislation.held import HeldKind, Hold, HoldMark, marks_from
from lms.core.locales import Words
from lms.core.people.actors import Scope
from lms.storage.database import Tx
from lms.storage.people.scoping import within
from lms.storage.statements.driver_sql import statement
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.authoring import statement_hold

#: The holds of a course in one text, as `marks_from` reads it: those in place, and those that were lifted by
#: a release that not everybody is on. Which course stands behind it.
MARKS_OF_COURSE = """SELECT GLUE(h.id || '=' || h.lifted_by_version, ' ') FROM statement_hold h
 WHERE (h.lifted_at IS NULL OR h.lifted_by_version <> '') AND h.course_id ="""
_OF_COURSE = statement("<marks> ?", marks=MARKS_OF_COURSE)
_ROWS = statement_hold.c
_IN_PLACE = _ROWS.lifted_at.is_(None)


def _from(row: Row[Any]) -> Hold:
    return Hold(
        id=row.id,
        course=row.course_id,
        kind=HeldKind(row.kind),
        statement=row.statement,
        law=row.law,
        since=row.since,
        words=Words(json.loads(row.words)),
        by=row.by,
        at=row.at,
        lifted_at=row.lifted_at or 0,
        lifted_by=row.lifted_by,
        why_lifted=row.why_lifted,
        lifted_by_version=row.lifted_by_version,
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    """Courses belong to no organisation, and a hold is in every language."""
    return within(scope, literal(""), course=_ROWS.course_id)


def marks(tx: Tx, course_id: str) -> tuple[HoldMark, ...]:
    """Return the marks of a course's holds that somebody sees."""
    row = _OF_COURSE.first(tx, course_id)
    return marks_from(str(row[0])) if row and row[0] else ()


def find(tx: Tx, ids: Collection[str]) -> tuple[Hold, ...]:
    """Return holds by their ids, in one statement."""
    query = select(statement_hold).where(_ROWS.id.in_(sorted(ids)))
    return tuple(_from(row) for row in tx.execute(query))


def in_place(tx: Tx, course_id: str) -> tuple[Hold, ...]:
    """Return the holds of a course that nothing has lifted, the oldest first."""
    query = select(statement_hold).where(_ROWS.course_id == course_id, _IN_PLACE)
    return tuple(_from(row) for row in tx.execute(query.order_by(_ROWS.at, _ROWS.id)))


def on_laws(tx: Tx) -> tuple[Hold, ...]:
    """Return the holds on whole laws that nothing has lifted, of all courses."""
    query = select(statement_hold).where(_ROWS.kind == HeldKind.LAW.value, _IN_PLACE)
    return tuple(_from(row) for row in tx.execute(query.order_by(_ROWS.at, _ROWS.id)))


def listed(tx: Tx, scope: Scope, most: int) -> tuple[Hold, ...]:
    """List the holds within a scope: those in place, then those lifted, the newest first."""
    query = select(statement_hold).where(_within(scope))
    order = (_ROWS.lifted_at.is_not(None), _ROWS.at.desc(), _ROWS.id.desc())
    return tuple(_from(row) for row in tx.execute(query.order_by(*order).limit(most)))


def of_id(tx: Tx, scope: Scope, hold_id: str) -> Hold | None:
    """Return one hold within a scope."""
    row = tx.execute(select(statement_hold).where(_ROWS.id == hold_id, _within(scope))).first()
    return _from(row) if row else None


def add(tx: Tx, hold: Hold) -> bool:
    """Put a statement on hold; return False when it is on hold already."""
    return insert_once(
        tx,
        statement_hold,
        id=hold.id,
        course_id=hold.course,
        kind=hold.kind.value,
        statement=hold.statement,
        law=hold.law,
        since=hold.since,
        words=json.dumps(dict(hold.words.by_locale), ensure_ascii=False),
        by=hold.by,
        at=hold.at,
    )


def lift(tx: Tx, hold_id: str, *, now: int, by: str, why: str = "", version: str = "") -> bool:
    """Note the end of a hold; return False when it has ended already."""
    mine = update(statement_hold).where(_ROWS.id == hold_id, _IN_PLACE)
    ended = mine.values(lifted_at=now, lifted_by=by, why_lifted=why, lifted_by_version=version)
    return tx.execute(ended).rowcount == 1
