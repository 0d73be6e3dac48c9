"""Releases that are published: which seals were adopted, and which one is current from when.

An activation is a record that can be moved or cancelled; nothing is ever deleted. Holds no rule about who
learns from which.
"""

from __future__ import annotations

from sqlalchemy import and_, insert, select, update

from lms.core.publishing.activations import Activation, in_force
from lms.storage.database import Tx
from lms.storage.statements.driver_sql import statement
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.learning import enrolment
from lms.storage.tables.publishing import activation, adopted_release

_WIDE = """SELECT a.id, a.course_id, a.version, a.active_from, coalesce(a.cancelled_at, 0), i.parent, i.change
    FROM activation a LEFT JOIN release_index i ON i.course_id = a.course_id AND i.version = a.version"""
_OF_COURSE = statement(
    "<wide> WHERE a.course_id = ? ORDER BY a.active_from DESC, a.at DESC, a.id DESC", wide=_WIDE
)
_STANDING = statement(
    "<wide> WHERE a.cancelled_at IS NULL AND a.active_from <= ? ORDER BY a.active_from, a.id", wide=_WIDE
)


def _from(row: tuple[object, ...]) -> Activation:
    id_, course, version, since, cancelled, parent, change = row
    return Activation(
        str(id_),
        str(course),
        str(version),
        int(str(since)),
        int(str(cancelled)),
        None if parent is None else str(parent),
        str(change or ""),
    )


def lines(tx: Tx, now: int) -> dict[str, tuple[Activation, ...]]:
    """Return what has become current in each course, oldest first, in one statement."""
    found: dict[str, list[Activation]] = {}
    for row in _STANDING.all(tx, now):
        found.setdefault(str(row[1]), []).append(_from(row))
    return {course: line for course, some in found.items() if (line := in_force(some, now))}


def line(tx: Tx, course_id: str, now: int) -> tuple[Activation, ...]:
    """Return what has become current in one course, oldest first."""
    return in_force(activations(tx, course_id), now)


def current(tx: Tx, course_id: str, now: int) -> str:
    """Return the version that is current for a course; '' when nothing is published yet."""
    found = line(tx, course_id, now)
    return found[-1].version if found else ""


def all_current(tx: Tx, now: int) -> dict[str, tuple[str, int]]:
    """Return (version, since when) of what is current, by course id."""
    return {course: (found[-1].version, found[-1].active_from) for course, found in lines(tx, now).items()}


def adopted(tx: Tx, course_id: str, version: str) -> str:
    """Return the digest under which a release was adopted; '' when it was not."""
    query = select(adopted_release.c.digest).where(
        adopted_release.c.course_id == course_id, adopted_release.c.version == version
    )
    return tx.execute(query).scalar() or ""


def all_adopted(tx: Tx) -> list[tuple[str, str, str]]:
    """List course, version and digest of everything that was adopted."""
    rows = adopted_release.c
    query = select(rows.course_id, rows.version, rows.digest).order_by(rows.course_id, rows.at, rows.version)
    return [(row.course_id, row.version, row.digest) for row in tx.execute(query)]


def adopt(tx: Tx, course_id: str, version: str, digest: str, *, now: int, by: str) -> bool:
    """Publish a seal; return False when this version was adopted already."""
    return insert_once(
        tx, adopted_release, course_id=course_id, version=version, digest=digest, at=now, by=by
    )


def in_use(tx: Tx) -> tuple[tuple[str, str, str], ...]:
    """List (course id, version, digest) of what is or will be current, or somebody learns from."""
    names = (
        select(activation.c.course_id, activation.c.version)
        .where(activation.c.cancelled_at.is_(None))
        .union(select(enrolment.c.course_id, enrolment.c.version))
        .subquery()
    )
    same = (adopted_release.c.course_id == names.c.course_id, adopted_release.c.version == names.c.version)
    query = select(names.c.course_id, names.c.version, adopted_release.c.digest).join(
        adopted_release, and_(*same)
    )
    return tuple(tx.execute(query.order_by(names.c.course_id, names.c.version)))


def activate(tx: Tx, id_: str, course_id: str, version: str, *, active_from: int, now: int, by: str) -> None:
    """Activate a release from a moment on; whoever calls this holds the course."""
    tx.execute(
        insert(activation).values(
            id=id_, course_id=course_id, version=version, active_from=active_from, at=now, by=by
        )
    )


def activations(tx: Tx, course_id: str) -> tuple[Activation, ...]:
    """List the activations of a course, the latest first."""
    return tuple(_from(row) for row in _OF_COURSE.all(tx, course_id))


def cancel(tx: Tx, activation_id: str, now: int) -> bool:
    """Take an activation back; return False when that has happened already."""
    mine = (activation.c.id == activation_id, activation.c.cancelled_at.is_(None))
    return tx.execute(update(activation).where(*mine).values(cancelled_at=now)).rowcount == 1
