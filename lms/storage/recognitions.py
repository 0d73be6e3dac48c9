"""Requests to recognise earlier learning, and their answers.

What was told, and why it was declined, is personal and can be erased (`belongings`); that something was
recognised stays. Holds no rule. Called by `actions.readying` and `actions.recognising`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Row, Select, select, update

from lms.core.readiness import Told
from lms.storage.database import Tx
from lms.storage.tables import enrolment, organisation, profile, recognition
from lms.storage.upserts import insert_once


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `granted` is None while it waits, `name` what the person is called."""

    id: str
    person: str
    course: str
    told: Told
    at: int
    answered_at: int
    granted: bool | None
    reason: str
    name: str = ""


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
    profile.c.name,
)


def _all() -> Select[tuple[object, ...]]:
    """Ask for requests with the name of who asked, oldest first."""
    joined = recognition.outerjoin(profile, profile.c.person_id == recognition.c.person_id)
    return select(*_COLUMNS).select_from(joined).order_by(recognition.c.at, recognition.c.id)


def _request(row: Row[tuple[object, ...]]) -> Request:
    told = Told(row.learned, row.provider, row.period)
    answered = row.answered_at or 0
    return Request(
        row.id, row.person_id, row.course_id, told, row.at, answered, row.granted, row.reason, row.name or ""
    )


def add(tx: Tx, id_: str, *, person: str, house: str, course: str, told: Told, now: int) -> bool:
    """Keep a request; say False when one waits already for this course."""
    insert_once(tx, organisation, id=house, name="", created_at=0)
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


def waiting(tx: Tx) -> tuple[Request, ...]:
    """List the requests that wait for an answer, oldest first."""
    return tuple(_request(row) for row in tx.execute(_all().where(recognition.c.answered_at.is_(None))))


def find(tx: Tx, id_: str) -> Request | None:
    """Give a request."""
    row = tx.execute(_all().where(recognition.c.id == id_)).first()
    return _request(row) if row else None


def answer(tx: Tx, id_: str, *, granted: bool, reason: str, by: str, now: int) -> bool:
    """Write the answer to a request; say False when it has one."""
    mine = (recognition.c.id == id_, recognition.c.answered_at.is_(None))
    values = {"granted": granted, "reason": reason, "by": by, "answered_at": now}
    return tx.execute(update(recognition).where(*mine).values(**values)).rowcount == 1


def completed(tx: Tx, person: str, courses: Collection[str]) -> frozenset[str]:
    """Say which of these courses somebody has completed, at any version."""
    query = select(enrolment.c.course_id).where(
        enrolment.c.person_id == person,
        enrolment.c.course_id.in_(courses),
        enrolment.c.completed_at.is_not(None),
    )
    return frozenset(tx.execute(query).scalars())
