"""Enrolments: who learns which course, at which release, and what they have read and passed.

Rows in, core facts out. `lesson_row` is the one statement behind a lesson page. Holds no rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from lms.core.learning.progress import LearnerRecord
from lms.core.learning.records import Enrolled
from lms.core.legislation.held import marks_from
from lms.storage.authoring.statement_holds import MARKS_OF_COURSE
from lms.storage.database import Tx
from lms.storage.people import sessions
from lms.storage.statements.driver_sql import statement
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.learning import completion, enrolment

_READ = """(SELECT GLUE(r.module || '/' || r.lesson || '=' || r.digest, ' ') FROM lesson_read r
 WHERE r.enrolment_id = e.id AND r.lapsed_at IS NULL)"""
_PASSED = """(SELECT EACH(a."check") FROM attempt a JOIN mark m ON m.attempt_id = a.id
 WHERE a.enrolment_id = e.id AND a.lapsed_at IS NULL AND m.passed)"""
_TRIED = "EXISTS (SELECT 1 FROM attempt a WHERE a.enrolment_id = e.id)"
#: Holds change seldom: their ids ride along, and what they say is kept in memory.
_HOLDS = f"({MARKS_OF_COURSE} e.course_id)"
#: The columns of an enrolment with its facts, as `enrolled_from` reads them.
FACTS = f"""e.id, e.person_id, e.organisation_id, e.course_id, e.version, e.locale, e.created_at,
 e.completed_at, e.stays_until, e.place, {_READ}, {_PASSED}, {_TRIED}, {_HOLDS}"""
WIDTH = 14


@dataclass(frozen=True, slots=True)
class LessonRow:
    """What a lesson page needs of the database: whose session it is, and their enrolment if there is one."""

    session: sessions.SessionRow
    enrolled: Enrolled | None


def enrolled_from(row: Sequence[Any]) -> Enrolled:
    """Read the columns of `FACTS`."""
    id_, person, house, course, version, locale, created, done, stays, place, *facts_of = row
    read, passed, tried, held = facts_of
    reads: dict[tuple[str, str], str] = {}
    for entry in (read or "").split():
        where, _, digest = entry.partition("=")
        module, _, lesson = where.partition("/")
        reads[module, lesson] = digest
    passes = frozenset((passed or "").split(",")) - {""}
    facts = LearnerRecord(reads, passes, bool(done), place, tried=bool(tried))
    holds = marks_from(held) if held else ()
    return Enrolled(id_, person, house, course, version, locale, created, done or 0, stays or 0, facts, holds)


_LESSON = statement(
    """SELECT s.id, p.id, p.kind, p.organisation_id,
    COALESCE((SELECT <grants> WHERE o.person_id = p.id), ''),
    COALESCE(f.name, ''), COALESCE(f.locale, ''), COALESCE(f.settings, '{}'),
    COALESCE(s.visitor_id, ''), s.keep, s.created_at, <unseen>, <facts>
    FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN profile f ON f.person_id = p.id
    LEFT JOIN enrolment e ON e.person_id = p.id AND e.course_id = ?
    WHERE s.id = ? AND s.ended_at IS NULL AND s.created_at + s.longer >= ? AND p.erased_at IS NULL""",
    facts=FACTS,
    grants=sessions.GRANTS,
    unseen=sessions.UNSEEN,
)
_FIND = statement(
    """SELECT <facts> FROM enrolment e JOIN person p ON p.id = e.person_id
    WHERE e.person_id = ? AND e.course_id = ? AND p.erased_at IS NULL""",
    facts=FACTS,
)
_MINE = statement(
    "SELECT <facts> FROM enrolment e WHERE e.person_id = ? ORDER BY e.created_at, e.id", facts=FACTS
)
_AT_VERSION = statement(
    """SELECT <facts> FROM enrolment e WHERE e.course_id = ? AND e.version = ? AND e.id > ?
    ORDER BY e.id LIMIT ?""",
    facts=FACTS,
)
#: Those who have passed a check that counts and have no completion, some at a time.
_NOT_COMPLETE = statement(
    """SELECT e.person_id, e.course_id, e.id FROM enrolment e JOIN person p ON p.id = e.person_id
    WHERE e.completed_at IS NULL AND p.erased_at IS NULL AND e.id > ? AND EXISTS (
    SELECT 1 FROM attempt a JOIN mark m ON m.attempt_id = a.id
    WHERE a.enrolment_id = e.id AND a."check" = ? AND a.lapsed_at IS NULL AND m.passed)
    ORDER BY e.id LIMIT ?"""
)
_READ_ONE = statement(
    """INSERT INTO lesson_read (enrolment_id, module, lesson, digest, locale, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (enrolment_id, module, lesson)
    DO UPDATE SET digest = excluded.digest, locale = excluded.locale, at = excluded.at, lapsed_at = NULL"""
)
_CREDIT = statement(
    """INSERT INTO lesson_read (enrolment_id, module, lesson, digest, locale, at) VALUES (?, ?, ?, '', ?, ?)
    ON CONFLICT (enrolment_id, module, lesson) DO NOTHING"""
)
_PLACE = statement("UPDATE enrolment SET place = ?, locale = ?, place_at = ? WHERE id = ?")
_LAPSE_READ = statement(
    """UPDATE lesson_read SET lapsed_at = ?
    WHERE enrolment_id = ? AND module = ? AND lesson = ? AND lapsed_at IS NULL"""
)
_LAPSE_CHECK = statement(
    """UPDATE attempt SET lapsed_at = ?
    WHERE enrolment_id = ? AND "check" = ? AND lapsed_at IS NULL"""
)


def lesson_row(tx: Tx, ticket: str, course_id: str, since: int) -> LessonRow | None:
    """Return session, person, settings, enrolment and facts in one statement; None for nobody."""
    row = _LESSON.first(tx, course_id, ticket, since)
    if row is None:
        return None
    mine = row[-WIDTH:]
    return LessonRow(sessions.SessionRow(*row[:-WIDTH]), enrolled_from(mine) if mine[0] else None)


def find(tx: Tx, person_id: str, course_id: str) -> Enrolled | None:
    """Return somebody's enrolment in a course; none once they are erased."""
    row = _FIND.first(tx, person_id, course_id)
    return enrolled_from(row) if row else None


def of_person(tx: Tx, person_id: str) -> tuple[Enrolled, ...]:
    """Return all enrolments of a person, oldest first, in one statement."""
    return tuple(enrolled_from(row) for row in _MINE.all(tx, person_id))


def at_version(tx: Tx, course_id: str, version: str, after: str, limit: int) -> tuple[Enrolled, ...]:
    """Return enrolments pinned to a release, some at a time, beginning after an id."""
    return tuple(enrolled_from(row) for row in _AT_VERSION.all(tx, course_id, version, after, limit))


def not_complete(tx: Tx, passed: str, after: str, limit: int) -> tuple[tuple[str, str, str], ...]:
    """List (person, course, id) of enrolments without completion in which this check is passed."""
    return tuple((row[0], row[1], row[2]) for row in _NOT_COMPLETE.all(tx, after, passed, limit))


def add(
    tx: Tx, id_: str, *, person: str, organisation: str, course_id: str, version: str, locale: str, now: int
) -> bool:
    """Enrol somebody; return False when they were enrolled already."""
    return insert_once(
        tx,
        enrolment,
        id=id_,
        organisation_id=organisation,
        person_id=person,
        course_id=course_id,
        version=version,
        locale=locale,
        created_at=now,
    )


def mark_read(
    tx: Tx, enrolment_id: str, where: tuple[str, str], digest: str, *, locale: str, now: int
) -> None:
    """Note that a lesson was read, in these words and this language."""
    _READ_ONE.run(tx, enrolment_id, *where, digest, locale, now)


def set_place(tx: Tx, enrolment_id: str, place: str, locale: str, now: int) -> None:
    """Note where somebody is."""
    _PLACE.run(tx, place, locale, now, enrolment_id)


def complete(tx: Tx, enrolment_id: str, version: str, attempt_id: str, now: int) -> bool:
    """Note that the course is complete, for ever; return False when it was already."""
    fresh = insert_once(
        tx, completion, enrolment_id=enrolment_id, version=version, attempt_id=attempt_id, at=now
    )
    since = select(completion.c.at).where(completion.c.enrolment_id == enrolment_id).scalar_subquery()
    tx.execute(update(enrolment).where(enrolment.c.id == enrolment_id).values(completed_at=since))
    return fresh


# --- moving to another release -------------------------------------------------------------------
def other_versions(tx: Tx, course_id: str, version: str) -> tuple[str, ...]:
    """List the other releases of a course that somebody is pinned to."""
    query = select(enrolment.c.version).where(
        enrolment.c.course_id == course_id, enrolment.c.version != version
    )
    return tuple(tx.execute(query.distinct().order_by(enrolment.c.version)).scalars())


def give(tx: Tx, enrolment_id: str, person_id: str) -> None:
    """Move an enrolment to somebody else, with everything in it."""
    tx.execute(update(enrolment).where(enrolment.c.id == enrolment_id).values(person_id=person_id))


def counted(tx: Tx, course_id: str) -> dict[str, tuple[int, int]]:
    """Count who is pinned to each release of a course: (under way, complete), by version."""
    done = func.count().filter(enrolment.c.completed_at.is_not(None))
    query = select(enrolment.c.version, func.count() - done, done).where(enrolment.c.course_id == course_id)
    rows = tx.execute(query.group_by(enrolment.c.version))
    return {version: (under_way, complete) for version, under_way, complete in rows}


def counted_by_language(tx: Tx, course_id: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Count who is pinned to each release of a course: (under way, complete), by version and language."""
    done = func.count().filter(enrolment.c.completed_at.is_not(None))
    names = enrolment.c.version, enrolment.c.locale
    query = select(*names, func.count() - done, done).where(enrolment.c.course_id == course_id)
    rows = tx.execute(query.group_by(*names))
    return {(version, locale): (under_way, complete) for version, locale, under_way, complete in rows}


def move(tx: Tx, enrolment_id: str, version: str) -> None:
    """Pin an enrolment to another release."""
    tx.execute(
        update(enrolment).where(enrolment.c.id == enrolment_id).values(version=version, stays_until=None)
    )


def stay(tx: Tx, enrolment_id: str, until: int) -> None:
    """Note that somebody finishes the release they are on, by a date."""
    tx.execute(update(enrolment).where(enrolment.c.id == enrolment_id).values(stays_until=until))


def credit(tx: Tx, enrolment_id: str, lessons: list[tuple[str, str]], locale: str, now: int) -> None:
    """Note lessons that came after their module was done, so that nobody goes back behind what they did."""
    _CREDIT.run_many(tx, [(enrolment_id, module, lesson, locale, now) for module, lesson in lessons])


def lapse(tx: Tx, enrolment_id: str, lessons: list[tuple[str, str]], checks: list[str], now: int) -> None:
    """Note what a material change asks for again."""
    _LAPSE_READ.run_many(tx, [(now, enrolment_id, module, lesson) for module, lesson in lessons])
    _LAPSE_CHECK.run_many(tx, [(now, enrolment_id, check) for check in checks])
