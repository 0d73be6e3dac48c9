"""Learning: enrol, open a lesson, read it, leave off and come back.

Loads, asks core, saves. Where somebody stands is judged each time from what happened. A visitor tries the
first module; for more, an account is needed. Called by `web`; checks are in `quizzing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.offers import Offer, offer_for
from lms.actions.readying import may_go_on, refuse_unready
from lms.actions.sessions import LONGEST, Known, known_from
from lms.actions.shelves import course_id, current_release, find_lesson
from lms.actions.surveying import ask_later, invitation
from lms.core.asking import Moment
from lms.core.course import Lesson, Module, Release
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people import Actor
from lms.core.readiness import is_first
from lms.core.standing import FINAL, Facts, Next, Standing, standing
from lms.storage import attempts, enrolments, people, releases
from lms.storage.database import Tx
from lms.storage.enrolments import Enrolled

_ANCHOR = re.compile(r"[A-Za-z0-9_-]{0,80}")
OPEN, ENROL, SIGN_UP, NEEDS = "open", "enrol", "sign-up", "needs"


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson for whoever holds a session: who reads, at which release, and where they stand.

    `access` says `open`, `enrol` (start the course first), `sign-up` (a visitor beyond the first module) or
    `needs` (another course comes first).
    """

    known: Known
    access: str
    release: Release
    module: Module
    lesson: Lesson
    standing: Standing | None
    updated: bool
    enrolment: str = ""


@dataclass(frozen=True, slots=True)
class Learning:
    """One course of one's own.

    `offer` when a material change asks for a choice; `invited` when there are questions before, after, later.
    """

    release: Release
    standing: Standing
    enrolled: Enrolled
    offer: Offer | None = None
    invited: Moment | None = None


def enrolment_of(tx: Tx, actor: Actor, course: str) -> Enrolled:
    """Give somebody's own enrolment.

    Raises: NotFound `learning.not-enrolled`.
    """
    found = enrolments.find(tx, actor.person, course) if actor.person else None
    if found is None:
        raise NotFound("learning.not-enrolled")
    return found


def may_open(release: Release, module: Module | None, *, member: bool) -> bool:
    """Say whether a module (None: the final check) is open: to a visitor only the first one."""
    return member or is_first(release, module)


def require_open(tx: Tx, mine: Enrolled, release: Release, module: Module | None, actor: Actor) -> None:
    """Refuse what a visitor cannot open, and what waits for another course.

    Raises: NotAllowed `learning.sign-up-to-go-on`, `learning.needs-first`.
    """
    if not may_open(release, module, member=actor.is_member):
        raise NotAllowed("learning.sign-up-to-go-on", course=release.course.code)
    refuse_unready(tx, actor.person, release, module, mine.facts)


def _access(tx: Tx, mine: Enrolled | None, release: Release, module: Module, actor: Actor) -> str:
    if mine is None:
        return ENROL
    if not may_open(release, module, member=actor.is_member):
        return SIGN_UP
    return OPEN if may_go_on(tx, actor.person, release, module, mine.facts) else NEEDS


def open_lesson(
    desk: Desk, ticket: str, course_code: str, module_code: str, lesson_code: str
) -> LessonView | None:
    """Open a lesson for the holder of a ticket, in one statement; None when nobody holds it.

    Whoever is not enrolled sees which lesson it would be in the current release (one statement more). Where
    another course comes first, it is asked how far that is (two more, until one has gone on).

    Raises: NotFound `course.unknown`, `lesson.unknown`.
    """
    course = course_id(desk, course_code)
    with desk.database.reading() as tx:
        row = enrolments.lesson_row(tx, ticket, course, desk.now() - LONGEST)
        if row is None:
            return None
        mine = row.enrolled
        release = desk.library.release(course, mine.version) if mine else current_release(tx, desk, course)
        known = known_from(row.session)
        module, lesson = find_lesson(release, module_code, lesson_code)
        access = _access(tx, mine, release, module, known.actor)
    if mine is None:
        return LessonView(known, access, release, module, lesson, None, updated=False)
    at = standing(release, mine.facts)
    updated = mine.facts.read.get((module.id, lesson.id), lesson.digest) != lesson.digest
    return LessonView(known, access, release, module, lesson, at, updated, mine.id)


@deed("learning.enrol", by=Who.LEARNER)
def enrol(desk: Desk, actor: Actor, course_code: str, locale: str) -> Learning:
    """Start a course at its current release; whoever is enrolled already stays where they are.

    A visitor begins the first module; a member enrols once what comes first is met.

    Raises: NotFound `course.unknown`; NotAllowed `learning.needs-first`.
    """
    course = course_id(desk, course_code)
    with desk.database.writing() as tx:
        release = current_release(tx, desk, course)
        needs = actor.is_member and release.course.needs
        if needs and enrolments.find(tx, actor.person, course) is None:
            refuse_unready(tx, actor.person, release, None, Facts())
        mine = _begin(tx, desk, actor, release, locale, done="learning.enrol")
    return _begun(desk, mine)


@deed("learning.try_first_module", by=Who.LEARNER)
def try_first_module(desk: Desk, actor: Actor, course_code: str, locale: str) -> Learning:
    """Begin the first module of a course before what comes first is met; the rest waits (`require_open`).

    Raises: NotFound `course.unknown`.
    """
    course = course_id(desk, course_code)
    with desk.database.writing() as tx:
        release = current_release(tx, desk, course)
        mine = _begin(tx, desk, actor, release, locale, done="learning.try_first_module")
    return _begun(desk, mine)


def _begin(tx: Tx, desk: Desk, actor: Actor, release: Release, locale: str, *, done: str) -> Enrolled:
    fresh = enrolments.add(
        tx,
        desk.new_id(),
        person=actor.person,
        organisation=actor.organisation,
        course_id=release.course.id,
        version=release.version,
        locale=locale,
        now=desk.now(),
    )
    mine = enrolment_of(tx, actor, release.course.id)
    if fresh:
        record(tx, desk, actor, done, mine.id)
    return mine


def _begun(desk: Desk, mine: Enrolled) -> Learning:
    release = desk.library.release(mine.course, mine.version)
    return Learning(release, standing(release, mine.facts), mine)


@deed("learning.read_lesson", by=Who.LEARNER)
def read_lesson(
    desk: Desk, actor: Actor, course_code: str, module_code: str, lesson_code: str, *, locale: str
) -> Next:
    """Note that a lesson was read, and say what comes next.

    Doing it twice is doing it once; the course may be complete with it.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `lesson.unknown`; NotAllowed
    `learning.sign-up-to-go-on`, `learning.needs-first`.
    """
    course = course_id(desk, course_code)
    with desk.database.writing() as tx:
        mine = enrolment_of(tx, actor, course)
        release = desk.library.release(course, mine.version)
        module, lesson = find_lesson(release, module_code, lesson_code)
        require_open(tx, mine, release, module, actor)
        where, here = (module.id, lesson.id), f"{module_code}/{lesson_code}"
        read = {**mine.facts.read, where: lesson.digest}
        after = standing(release, replace(mine.facts, read=read, place=here))
        step = after.next(locale)
        place = f"{step.module}/{step.lesson}" if step.kind == "lesson" else here
        enrolments.mark_read(tx, mine.id, where, lesson.digest, locale=locale, now=desk.now())
        enrolments.set_place(tx, mine.id, place, locale, desk.now())
        if where not in mine.facts.read:
            record(tx, desk, actor, "learning.read_lesson", f"{mine.id} {here}")
        complete_if_done(tx, desk, actor, mine, after)
    return step


def complete_if_done(
    tx: Tx, desk: Desk, actor: Actor, mine: Enrolled, at: Standing, *, attempt: str = ""
) -> bool:
    """Note the completion in an open transaction when nothing is left; say whether it is complete now.

    `attempt` is the final check that was just passed; otherwise the one that was passed before counts.
    """
    if not at.complete or mine.completed_at:
        return at.complete
    passed = attempt or attempts.passing(tx, mine.id, FINAL)
    if enrolments.complete(tx, mine.id, mine.version, passed, desk.now()):
        record(tx, desk, actor, "learning.complete", mine.id)
        ask_later(tx, desk, mine.person, at.release.course)
    return True


@deed("learning.keep_place", by=Who.LEARNER)
def keep_place(
    desk: Desk,
    actor: Actor,
    course_code: str,
    module_code: str,
    lesson_code: str,
    *,
    anchor: str,
    locale: str,
) -> None:
    """Note the section where somebody leaves off, to go on from there on any device.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `lesson.unknown`; Invalid `learning.place`.
    """
    if not _ANCHOR.fullmatch(anchor):
        raise Invalid("learning.place")
    course = course_id(desk, course_code)
    with desk.database.writing() as tx:
        mine = enrolment_of(tx, actor, course)
        release = desk.library.release(course, mine.version)
        find_lesson(release, module_code, lesson_code)
        mark = f"#{anchor}" if anchor else ""
        enrolments.set_place(tx, mine.id, f"{module_code}/{lesson_code}{mark}", locale, desk.now())


@reading("learning.my_learning", by=Who.LEARNER)
def my_learning(desk: Desk, actor: Actor) -> tuple[Learning, ...]:
    """List one's own courses and where one stands in each; two statements however many there are.

    Whoever has an address was written to three months after a course; the others see the questions here, for
    which one statement more is asked.
    """
    with desk.database.reading() as tx:
        mine = enrolments.of_person(tx, actor.person)
        current = releases.all_current(tx, desk.now())
    found = tuple(_learning(desk, one, current.get(one.course)) for one in mine)
    return _without_letters(desk, actor, found)


def _without_letters(desk: Desk, actor: Actor, found: tuple[Learning, ...]) -> tuple[Learning, ...]:
    if not any(one.invited is Moment.LATER for one in found):
        return found
    with desk.database.reading() as tx:
        profile = people.profile_of(tx, actor.person)
    if profile is None or not profile.email:
        return found
    return tuple(replace(one, invited=None) if one.invited is Moment.LATER else one for one in found)


@reading("learning.my_course", by=Who.ANYONE)
def my_course(desk: Desk, actor: Actor, course_code: str) -> Learning | None:
    """Say where one stands in a course; None for whoever has not started it.

    Raises: NotFound `course.unknown`.
    """
    course = course_id(desk, course_code)
    if not actor.person:
        return None
    with desk.database.reading() as tx:
        mine = enrolments.find(tx, actor.person, course)
        current = releases.all_current(tx, desk.now()).get(course) if mine else None
    return _learning(desk, mine, current) if mine else None


def _learning(desk: Desk, mine: Enrolled, current: tuple[str, int] | None) -> Learning:
    release = desk.library.release(mine.course, mine.version)
    at = standing(release, mine.facts)
    now = desk.library.release(mine.course, current[0]) if current else release
    done = {"steps_done": at.steps_done, "completed_at": mine.completed_at}
    return Learning(release, at, mine, offer_for(desk, mine, current), invitation(desk, now.course, **done))
