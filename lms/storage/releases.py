"""Releases that are published: which seals were adopted, and which one is current from when.

An activation is a record that can be moved or cancelled; nothing is ever deleted. Holds no rule about who
learns from which. Called by `actions.adopting`, `actions.learning` and pages about courses.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from lms.storage.database import Tx
from lms.storage.driver_sql import statement
from lms.storage.tables import activation, adopted_release
from lms.storage.upserts import insert_once

_CURRENT = statement(
    """SELECT version FROM activation WHERE course_id = ? AND cancelled_at IS NULL AND active_from <= ?
    ORDER BY active_from DESC, at DESC, id DESC LIMIT 1"""
)
_ALL_CURRENT = statement(
    """SELECT course_id, version, active_from FROM activation WHERE cancelled_at IS NULL AND active_from <= ?
    ORDER BY active_from, at, id"""
)


@dataclass(frozen=True, slots=True)
class Activation:
    """From when a release is the current one."""

    id: str
    course: str
    version: str
    active_from: int
    cancelled_at: int


def current(tx: Tx, course_id: str, now: int) -> str:
    """Give the version that is current for a course; '' when nothing is published yet."""
    row = _CURRENT.first(tx, course_id, now)
    return str(row[0]) if row else ""


def all_current(tx: Tx, now: int) -> dict[str, tuple[str, int]]:
    """Give (version, since when) of what is current, by course id."""
    return {course: (version, since) for course, version, since in _ALL_CURRENT.all(tx, now)}


def adopted(tx: Tx, course_id: str, version: str) -> str:
    """Give the digest under which a release was adopted; '' when it was not."""
    query = select(adopted_release.c.digest).where(
        adopted_release.c.course_id == course_id, adopted_release.c.version == version
    )
    return tx.execute(query).scalar() or ""


def adopt(tx: Tx, course_id: str, version: str, digest: str, *, now: int, by: str) -> bool:
    """Publish a seal; say False when this version was adopted already."""
    return insert_once(
        tx, adopted_release, course_id=course_id, version=version, digest=digest, at=now, by=by
    )


def activate(tx: Tx, id_: str, course_id: str, version: str, *, active_from: int, now: int, by: str) -> bool:
    """Let a release be current from a moment on; say False when this id is taken."""
    return insert_once(
        tx,
        activation,
        id=id_,
        course_id=course_id,
        version=version,
        active_from=active_from,
        at=now,
        by=by,
    )


def activations(tx: Tx, course_id: str) -> tuple[Activation, ...]:
    """List the activations of a course, the latest first."""
    query = (
        select(
            activation.c.id,
            activation.c.course_id,
            activation.c.version,
            activation.c.active_from,
            activation.c.cancelled_at,
        )
        .where(activation.c.course_id == course_id)
        .order_by(activation.c.active_from.desc(), activation.c.at.desc(), activation.c.id.desc())
    )
    return tuple(Activation(*row[:4], row[4] or 0) for row in tx.execute(query))


def cancel(tx: Tx, activation_id: str, now: int) -> bool:
    """Take an activation back; say False when that has happened already."""
    mine = (activation.c.id == activation_id, activation.c.cancelled_at.is_(None))
    return tx.execute(update(activation).where(*mine).values(cancelled_at=now)).rowcount == 1
