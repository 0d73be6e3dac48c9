"""Row locks, by which what concerns one learner happens one after the other.

On PostgreSQL two transactions that each miss the other's row would both find a course unfinished. So whoever
changes what happened in an enrolment locks its row first and reads afterwards: the reading statement then
sees what the other has committed. On SQLite a writing transaction holds the only lock from its beginning, so
nothing is sent. People are locked before enrolments, and each kind in the order of its ids, so that nobody
waits in a circle; the locks are of the kind that a foreign key does not wait for (`NO KEY`), since whoever
holds an enrolment adds rows that point at its person. Holds no rule.
"""

from __future__ import annotations

from collections.abc import Collection

from lms.storage.database import Tx
from lms.storage.statements.driver_sql import Statement, statement

_ENROLMENT = statement("SELECT id FROM enrolment WHERE person_id = ? AND course_id = ? FOR NO KEY UPDATE")
_ENROLMENTS = statement("SELECT id FROM enrolment WHERE person_id = ? ORDER BY id FOR NO KEY UPDATE")
_AT_VERSION = statement(
    """SELECT id FROM enrolment WHERE course_id = ? AND version = ? AND id > ?
    ORDER BY id LIMIT ? FOR NO KEY UPDATE"""
)
_OF_ATTEMPT = statement(
    """SELECT e.id FROM enrolment e JOIN attempt a ON a.enrolment_id = e.id
    WHERE a.id = ? AND e.person_id = ? FOR NO KEY UPDATE OF e"""
)
_PERSON = statement("SELECT id FROM person WHERE id = ? FOR NO KEY UPDATE")
_CERTIFICATE = statement("SELECT number FROM certificate WHERE number = ? FOR NO KEY UPDATE")


def _lock(tx: Tx, rows: Statement, *values: object) -> list[str]:
    return [] if tx.dialect.name == "sqlite" else [str(row[0]) for row in rows.all(tx, *values)]


def enrolment(tx: Tx, person: str, course_id: str) -> None:
    """Lock somebody's enrolment in a course."""
    _lock(tx, _ENROLMENT, person, course_id)


def enrolment_of_attempt(tx: Tx, attempt_id: str, person: str) -> None:
    """Lock the enrolment of one of somebody's own attempts."""
    _lock(tx, _OF_ATTEMPT, attempt_id, person)


def at_version(tx: Tx, course_id: str, version: str, after: str, limit: int) -> frozenset[str] | None:
    """Lock enrolments pinned to a release, some at a time; give their ids, None where no rows are locked."""
    if tx.dialect.name == "sqlite":
        return None
    return frozenset(_lock(tx, _AT_VERSION, course_id, version, after, limit))


def people(tx: Tx, ids: Collection[str]) -> None:
    """Lock people: nobody enrols them, and nothing else is written that belongs to them, meanwhile."""
    for one in sorted(ids):
        _lock(tx, _PERSON, one)


def people_with_enrolments(tx: Tx, ids: Collection[str]) -> None:
    """Lock people and everything that they learn."""
    people(tx, ids)
    for one in sorted(ids):
        _lock(tx, _ENROLMENTS, one)


def certificate(tx: Tx, number: str) -> None:
    """Lock a certificate: what happens to it is numbered."""
    _lock(tx, _CERTIFICATE, number)
