"""What a course said on a day, beside what was known of the law on a day: the same or another one.

Holds two dates and nothing of any learner: which release was current then follows from the activations, the
law from the events of the register. What is planned for a day to come is no business of this page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lms.actions.action import Who, query
from lms.actions.catalogue.lookups import course_id, current_line, find_lesson, sealed, shelved
from lms.actions.context import Context
from lms.core.courses.citations import laws_under
from lms.core.courses.course import Course, Lesson, Module, Release
from lms.core.errors import Invalid, NotFound
from lms.core.legislation.register import Law
from lms.core.locales import Words
from lms.core.operations.calendar import beginning
from lms.core.people.actors import Actor
from lms.core.publishing.activations import Activation
from lms.storage.publishing import reviews
from lms.storage.publishing.reviews import UnreadRelease


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version that was or is current: since and until when (0: still), why, what its author said."""

    version: str
    since: int
    until: int
    change: str
    why: Words
    alone: UnreadRelease | None


@dataclass(frozen=True, slots=True)
class CourseVersions:
    """All versions of a course that became current, the newest first."""

    course: Course
    versions: tuple[PublishedVersion, ...]


@dataclass(frozen=True, slots=True)
class AsOf:
    """A course on a day: the release that was current, a lesson of it, and its laws as known on a day."""

    release: Release
    since: int
    on: str
    law_on: str
    module: Module | None
    lesson: Lesson | None
    laws: tuple[Law, ...]


@query("as_of.versions", by=Who.ANYONE)
def versions(context: Context, actor: Actor, code: str) -> CourseVersions:
    """List the versions of a course that became current, with the note to learners of each.

    Raises: NotFound `course.unknown`; Unavailable `course.unreadable`, `release.not-here`.
    """
    name = course_id(context, code)
    with context.database.reading() as tx:
        line = current_line(context, tx, name)
        heads = shelved(context, tx, [(name, one.version) for one in line])
        alone = reviews.unread(tx, name)
    ends = (*(one.active_from for one in line[1:]), 0)
    found = [
        PublishedVersion(
            one.version, one.active_from, end, head.head.change, head.head.why, alone.get(one.version)
        )
        for one, end in zip(line, ends, strict=True)
        if (head := heads.get((name, one.version)))
    ]
    newest = sealed(context, name, line[-1].version)
    return CourseVersions(newest.course, tuple(reversed(found)))


def _end_of(context: Context, day: str) -> int:
    """Return the last moment of a day in the house calendar.

    Raises: Invalid `as-of.day-shape`.
    """
    try:
        following = date.fromisoformat(day) + timedelta(days=1)
    except (ValueError, OverflowError) as fault:
        raise Invalid("as-of.day-shape", written=day) from fault
    return beginning(datetime.combine(following, datetime.min.time()), context.settings.calendar) - 1


def _current_on(context: Context, name: str, day: str) -> Activation:
    end = _end_of(context, day)
    if day > context.today():
        raise Invalid("as-of.day-ahead", day=day)
    with context.database.reading() as tx:
        line = [one for one in current_line(context, tx, name) if one.active_from <= end]
    if not line:
        raise NotFound("as-of.nothing-yet", day=day)
    return line[-1]


def known_on(laws: Mapping[str, Law], names: frozenset[str], day: str) -> tuple[Law, ...]:
    """Return laws with the events that had happened by a day; a law may be made to reach back later."""
    return tuple(
        replace(laws[name], events=tuple(event for event in laws[name].events if event.date <= day))
        for name in sorted(names)
        if name in laws
    )


@query("as_of.page", by=Who.ANYONE)
def as_of(
    context: Context, actor: Actor, code: str, on: str = "", law_on: str = "", *, place: str = ""
) -> AsOf:
    """Return a course as it was on a day, with the law as it was known on a day; today where none is given.

    `place` is a lesson, as "module code/lesson code".

    Raises: NotFound `course.unknown`, `lesson.unknown`, `as-of.nothing-yet`; Invalid `as-of.day-shape`,
    `as-of.day-ahead`; Unavailable `course.unreadable`, `release.not-here`.
    """
    name, day = course_id(context, code), on or context.today()
    then = _current_on(context, name, day)
    _end_of(context, law_day := law_on or day)
    release = sealed(context, name, then.version)
    if not place:
        return AsOf(release, then.active_from, day, law_day, None, None, ())
    module, lesson = find_lesson(release, place.partition("/")[0], place.partition("/")[2])
    texts = (document.blocks for document in lesson.documents.values())
    names = frozenset[str]().union(*(laws_under(blocks, release.laws) for blocks in texts))
    laws = known_on(context.library.register().laws, names, law_day)
    return AsOf(release, then.active_from, day, law_day, module, lesson, laws)
