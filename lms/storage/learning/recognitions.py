"""Requests to recognise earlier learning, and their answers.

What was told, and why it was declined, is personal and can be erased (`personal_rows`); that something was
recognised stays. Holds no rule.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Row, Select, select, update

from lms.core.learning.prerequisites import RecognitionRequest, Request
from lms.core.people.actors import Scope
from lms.storage.database import Tx
from lms.storage.people import organisations
from lms.storage.people.scoping import within
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.learning import enrolment, recognition
from lms.storage.tables.people import profile

_COLUMNS = (
    recognition.c.id,
    recognition.c.person_id,
    recognition.c.course_id,
    recognition.c.learned,
    recognition.c.provider,
    recognition.c.period,
    recognition.c.at,
    recognition.c.answered_at,
    recognition.c.granted,
    recognition.c.reason,
    recognition.c.organisation_id,
    profile.c.name,
)


def _all() -> Select[tuple[object, ...]]:
    """Ask for requests with the name of who asked, oldest first."""
    joined = recognition.outerjoin(profile, profile.c.person_id == recognition.c.person_id)
    return select(*_COLUMNS).select_from(joined).order_by(recognition.c.at, recognition.c.id)


def _request(row: Row[tuple[object, ...]]) -> Request:
    told = RecognitionRequest(row.learned, row.provider, row.period)
    answered = row.answered_at or 0
    return Request(
        row.id,
        row.person_id,
        row.course_id,
        told,
        row.at,
        answered,
        row.granted,
        row.reason,
        row.name or "",
        row.organisation_id,
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    return within(scope, recognition.c.organisation_id, course=recognition.c.course_id)


def add(
    tx: Tx, id_: str, *, person: str, house: str, course: str, told: RecognitionRequest, now: int
) -> bool:
    """Keep a request; return False when one waits already for this course."""
    organisations.require(tx, house)
    return insert_once(
        tx,
        recognition,
        id=id_,
        organisation_id=house,
        person_id=person,
        course_id=course,
        learned=told.learned,
        provider=told.provider,
        period=told.period,
        at=now,
    )


def of_person(tx: Tx, person: str) -> tuple[Request, ...]:
    """List somebody's requests, oldest first."""
    return tuple(_request(row) for row in tx.execute(_all().where(recognition.c.person_id == person)))


def waiting(tx: Tx, scope: Scope) -> tuple[Request, ...]:
    """List the requests within the scope that wait for an answer, oldest first."""
    query = _all().where(recognition.c.answered_at.is_(None), _within(scope))
    return tuple(_request(row) for row in tx.execute(query))


def find(tx: Tx, scope: Scope, id_: str) -> Request | None:
    """Return a request within the scope."""
    row = tx.execute(_all().where(recognition.c.id == id_, _within(scope))).first()
    return _request(row) if row else None


def answer(tx: Tx, scope: Scope, id_: str, *, granted: bool, reason: str, by: str, now: int) -> bool:
    """Write the answer to a request within the scope; return False when it has one."""
    mine = (recognition.c.id == id_, recognition.c.answered_at.is_(None), _within(scope))
    values = {"granted": granted, "reason": reason, "by": by, "answered_at": now}
    return tx.execute(update(recognition).where(*mine).values(**values)).rowcount == 1


def completed(tx: Tx, person: str, courses: Collection[str]) -> frozenset[str]:
    """Return which of these courses somebody has completed, at any version."""
    query = select(enrolment.c.course_id).where(
        enrolment.c.person_id == person,
        enrolment.c.course_id.in_(courses),
        enrolment.c.completed_at.is_not(None),
    )
    return frozenset(tx.execute(query).scalars())
