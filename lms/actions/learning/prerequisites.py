"""What comes before a course: whether somebody may go on in it, and what holds them up.

Denies by default: whoever has not met a need stops after the first module, whatever page they came from.
Asking for recognition is in `recognition`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.catalogue.lookups import shelved
from lms.actions.context import Context
from lms.core.courses.course import Course, Module, Release
from lms.core.errors import Invalid, NotAllowed
from lms.core.learning.prerequisites import (
    NeedStanding,
    RecognitionAnswer,
    Request,
    has_gone_on,
    is_first,
    judge,
)
from lms.core.learning.progress import LearnerRecord
from lms.core.people.actors import Actor
from lms.storage.database import Tx
from lms.storage.learning import recognitions
from lms.storage.publishing import releases

NOTHING_YET = LearnerRecord()


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need, the course that it is (None: not on this site yet), and how far it is met."""

    at: NeedStanding
    course: Course | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class ComesFirst:
    """What comes before a course; `is_ready` when none of it holds this person up."""

    lines: tuple[NeedLine, ...]
    is_ready: bool


def needs_of(tx: Tx, person: str, release: Release) -> tuple[NeedStanding, ...]:
    """Judge the needs of a release for somebody, in two statements; its callers ask where there are any."""
    return _needs_of_all(tx, person, [release])[0]


def _needs_of_all(tx: Tx, person: str, releases: Sequence[Release]) -> list[tuple[NeedStanding, ...]]:
    """Judge the needs of several releases, in two statements however many there are."""
    needed = {need.course for release in releases for need in release.course.needs}
    done = recognitions.completed(tx, person, sorted(needed))
    asked = by_course(recognitions.of_person(tx, person))
    answers = {course: RecognitionAnswer(one.granted, one.reason) for course, one in asked.items()}
    return [judge(release.course.needs, done, answers) for release in releases]


def by_course(requests: Iterable[Request]) -> dict[str, Request]:
    """Return the request that counts for each course: a yes, else the one that waits, else the newest."""
    return {one.course: one for one in sorted(requests, key=_weight)}


def _weight(request: Request) -> tuple[bool, bool, int]:
    return request.granted is True, request.granted is None, request.at


def may_go_on(tx: Tx, person: str, release: Release, module: Module | None, facts: LearnerRecord) -> bool:
    """Return whether a module (None: the final check) is open as far as needs go."""
    if not release.course.needs or is_first(release, module) or has_gone_on(release, facts):
        return True
    return all(need.is_met for need in needs_of(tx, person, release))


def refuse_unready(
    tx: Tx, person: str, release: Release, module: Module | None, facts: LearnerRecord
) -> None:
    """Refuse what a need holds up.

    Raises: NotAllowed `learning.needs-first`.
    """
    if not may_go_on(tx, person, release, module, facts):
        raise NotAllowed("learning.needs-first", course=release.course.code)


def course_now(
    context: Context, tx: Tx, current: Mapping[str, tuple[str, int]], course: str
) -> Course | None:
    """Return a course as it is published, else as it was sealed last, else (or when unreadable) nothing."""
    if course in current:
        name = (course, current[course][0])
        found = shelved(context, tx, [name]).get(name)
        return found.outline.course if found else None
    try:
        sealed = context.library.latest(course) if course in context.library.courses() else None
    except Invalid:
        return None
    return sealed.course if sealed else None


@query("readying.comes_first", by=Who.ANYONE)
def comes_first(
    context: Context, actor: Actor, release: Release, facts: LearnerRecord = NOTHING_YET
) -> ComesFirst:
    """Return what comes before a course, and how far somebody is; three statements where something does.

    `facts` are those of somebody who has begun; beyond the first module nothing holds them up.
    """
    return come_first(context, actor, [(release, facts)])[0]


@query("readying.come_first", by=Who.ANYONE)
def come_first(
    context: Context, actor: Actor, begun: Sequence[tuple[Release, LearnerRecord]]
) -> tuple[ComesFirst, ...]:
    """Return what comes before each of several courses; three statements however many of them have needs."""
    held = [release for release, facts in begun if release.course.needs and not has_gone_on(release, facts)]
    if not held:
        return tuple(ComesFirst((), is_ready=True) for _ in begun)
    with context.database.reading() as tx:
        found = {
            id(one): needs for one, needs in zip(held, _needs_of_all(tx, actor.person, held), strict=True)
        }
        current = releases.all_current(tx, context.now())
        return tuple(_judged(context, tx, current, found.get(id(release), ())) for release, _ in begun)


def _judged(
    context: Context, tx: Tx, current: Mapping[str, tuple[str, int]], needs: tuple[NeedStanding, ...]
) -> ComesFirst:
    lines = tuple(
        NeedLine(one, course_now(context, tx, current, one.need.course), one.need.course in current)
        for one in needs
    )
    return ComesFirst(lines, is_ready=all(one.is_met for one in needs))
