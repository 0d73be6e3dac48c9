"""What comes before a course: whether somebody may go on in it, and what holds them up.

Denies by default: whoever has not met a need stops after the first module, whatever page they came from.
Asking for recognition is in `recognising`. Called by `learning`, `quizzing` and `web`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.actions.deed import Who, reading
from lms.actions.desk import Desk
from lms.core.course import Course, Module, Release
from lms.core.errors import NotAllowed
from lms.core.people import Actor
from lms.core.readiness import Answered, NeedStanding, has_gone_on, is_first, judge
from lms.core.standing import Facts
from lms.storage import recognitions, releases
from lms.storage.database import Tx
from lms.storage.recognitions import Request

NOTHING_YET = Facts()


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
    needs = release.course.needs
    done = recognitions.completed(tx, person, [need.course for need in needs])
    asked = by_course(recognitions.of_person(tx, person))
    return judge(needs, done, {course: Answered(one.granted, one.reason) for course, one in asked.items()})


def by_course(requests: Iterable[Request]) -> dict[str, Request]:
    """Give the request that counts for each course: a yes, else the one that waits, else the newest."""
    return {one.course: one for one in sorted(requests, key=_weight)}


def _weight(request: Request) -> tuple[bool, bool, int]:
    return request.granted is True, request.granted is None, request.at


def may_go_on(tx: Tx, person: str, release: Release, module: Module | None, facts: Facts) -> bool:
    """Say whether a module (None: the final check) is open as far as needs go."""
    if not release.course.needs or is_first(release, module) or has_gone_on(release, facts):
        return True
    return all(need.is_met for need in needs_of(tx, person, release))


def refuse_unready(tx: Tx, person: str, release: Release, module: Module | None, facts: Facts) -> None:
    """Refuse what a need holds up.

    Raises: NotAllowed `learning.needs-first`.
    """
    if not may_go_on(tx, person, release, module, facts):
        raise NotAllowed("learning.needs-first", course=release.course.code)


def course_now(desk: Desk, current: dict[str, tuple[str, int]], course: str) -> Course | None:
    """Give a course as it is published, else as it was sealed last, else nothing."""
    if course in current:
        return desk.library.release(course, current[course][0]).course
    sealed = desk.library.latest(course) if course in desk.library.courses() else None
    return sealed.course if sealed else None


@reading("readying.comes_first", by=Who.ANYONE)
def comes_first(desk: Desk, actor: Actor, release: Release, facts: Facts = NOTHING_YET) -> ComesFirst:
    """Say what comes before a course, and how far somebody is; three statements where something does.

    `facts` are those of somebody who has begun; beyond the first module nothing holds them up.
    """
    if not release.course.needs or has_gone_on(release, facts):
        return ComesFirst((), is_ready=True)
    with desk.database.reading() as tx:
        found = needs_of(tx, actor.person, release)
        current = releases.all_current(tx, desk.now())
    lines = tuple(
        NeedLine(one, course_now(desk, current, one.need.course), one.need.course in current) for one in found
    )
    return ComesFirst(lines, is_ready=all(one.is_met for one in found))
