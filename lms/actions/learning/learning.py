"""Learning: enrol, open a lesson, read it, leave off and come back.

Loads, asks core, saves. Where somebody stands is judged each time from what happened. A visitor tries the
first module; for more, an account is needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import (
    course_id,
    current_release,
    find_lesson,
    is_whole,
    require_whole,
    sealed,
    shelved,
    shelved_one,
)
from lms.actions.context import Context
from lms.actions.learning.completion import hold_enrolment, settle
from lms.actions.learning.offers import Offer, offer_for
from lms.actions.learning.prerequisites import may_go_on, refuse_unready
from lms.actions.learning.surveys import invitation
from lms.actions.legislation.held import held_for
from lms.actions.people.sessions import LONGEST, Known, known_from, ticket_now
from lms.core.courses.course import Lesson, Module, Release
from lms.core.errors import Invalid, NotAllowed, Unavailable
from lms.core.learning.moments import Moment
from lms.core.learning.prerequisites import Access, is_first
from lms.core.learning.progress import LearnerRecord, Next, Progress, progress_of
from lms.core.learning.records import Enrolled
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.core.people.actors import Actor
from lms.core.publishing.activations import Activation
from lms.storage.database import Tx
from lms.storage.learning import enrolments, holds
from lms.storage.people import persons
from lms.storage.publishing import releases

_ANCHOR = re.compile(r"[A-Za-z0-9_-]{0,80}")


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson for whoever holds a session: who reads, at which release, and where they stand."""

    known: Known
    access: Access
    release: Release
    module: Module
    lesson: Lesson
    standing: Progress | None
    updated: bool
    enrolment: str = ""
    held: Held = NOTHING_HELD


@dataclass(frozen=True, slots=True)
class Learning:
    """One course of one's own.

    `offer` when a material change asks for a choice; `invited` when there are questions before, after, later.
    """

    release: Release
    standing: Progress
    enrolled: Enrolled
    offer: Offer | None = None
    invited: Moment | None = None


def may_open(release: Release, module: Module | None, *, member: bool) -> bool:
    """Return whether a module (None: the final check) is open: to a visitor only the first one."""
    return member or is_first(release, module)


def require_open(tx: Tx, mine: Enrolled, release: Release, module: Module | None, actor: Actor) -> None:
    """Refuse what a visitor cannot open, and what waits for another course.

    Raises: NotAllowed `learning.sign-up-to-go-on`, `learning.needs-first`.
    """
    if not may_open(release, module, member=actor.is_member):
        raise NotAllowed("learning.sign-up-to-go-on", course=release.course.code)
    refuse_unready(tx, actor.person, release, module, mine.facts)


def _access(tx: Tx, mine: Enrolled | None, release: Release, module: Module, actor: Actor) -> Access:
    if mine is None:
        return Access.ENROL
    if not may_open(release, module, member=actor.is_member):
        return Access.SIGN_UP
    ready = may_go_on(tx, actor.person, release, module, mine.facts)
    return Access.OPEN if ready else Access.NEEDS


def row_of(tx: Tx, context: Context, ticket: str, course: str) -> enrolments.LessonRow | None:
    """Return what a lesson page asks of the database, for the value that was changed a moment ago as well."""
    since = context.now() - LONGEST
    row = enrolments.lesson_row(tx, ticket, course, since)
    if row is None and (now := ticket_now(tx, context, ticket)):
        row = enrolments.lesson_row(tx, now, course, since)
    return row


def open_lesson(
    context: Context, ticket: str, course_code: str, module_code: str, lesson_code: str
) -> LessonView | None:
    """Open a lesson for the holder of a ticket, in one statement; None when nobody holds it.

    Whoever is not enrolled sees which lesson it would be in the current release (one statement more). Where
    another course comes first, it is asked how far that is (two more, until one has gone on). What is on hold
    comes with the same statement; what a new hold says is asked once.

    Raises: NotFound `course.unknown`, `lesson.unknown`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        row = row_of(tx, context, ticket, course)
        if row is None:
            return None
        mine = row.enrolled
        release = sealed(context, course, mine.version) if mine else current_release(tx, context, course)
        known = known_from(row.session)
        module, lesson = find_lesson(release, module_code, lesson_code)
        access = _access(tx, mine, release, module, known.actor)
        held = held_for(context, tx, mine.holds, release.version) if mine else NOTHING_HELD
    if mine is None:
        return LessonView(known, access, release, module, lesson, None, updated=False)
    at = progress_of(release, mine.facts)
    updated = any(one.updated for entry in at.modules for one in entry.lessons if one.lesson is lesson)
    return LessonView(known, access, release, module, lesson, at, updated, mine.id, held)


@command("learning.enrol", by=Who.LEARNER)
def enrol(context: Context, actor: Actor, course_code: str, locale: str) -> Learning:
    """Start a course at its current release; whoever is enrolled already stays where they are.

    A visitor begins the first module; a member enrols once what comes first is met.

    Raises: NotFound `course.unknown`; NotAllowed `learning.needs-first`.
    """
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        release = current_release(tx, context, course)
        needs = actor.is_member and release.course.needs
        if needs and enrolments.find(tx, actor.person, course) is None:
            refuse_unready(tx, actor.person, release, None, LearnerRecord())
        mine = begin(tx, context, actor, release, locale, done="learning.enrol")
    return begun(context, mine)


@command("learning.try_first_module", by=Who.LEARNER)
def try_first_module(context: Context, actor: Actor, course_code: str, locale: str) -> Learning:
    """Begin the first module of a course before what comes first is met; the rest waits (`require_open`).

    Raises: NotFound `course.unknown`.
    """
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        release = current_release(tx, context, course)
        mine = begin(tx, context, actor, release, locale, done="learning.try_first_module")
    return begun(context, mine)


def begin(tx: Tx, context: Context, actor: Actor, release: Release, locale: str, *, done: str) -> Enrolled:
    """Pin somebody to a release in an open transaction, or leave them where they are."""
    holds.people(tx, {actor.person})
    fresh = enrolments.add(
        tx,
        context.new_id(),
        person=actor.person,
        organisation=actor.organisation,
        course_id=release.course.id,
        version=release.version,
        locale=locale,
        now=context.now(),
    )
    mine = hold_enrolment(tx, actor, release.course.id)
    if fresh:
        record(tx, context, actor, done, mine.id)
    else:
        settle(tx, context, actor, mine)
    return mine


def begun(context: Context, mine: Enrolled) -> Learning:
    """Return what a course looks like to whoever has just begun it."""
    release = sealed(context, mine.course, mine.version)
    return Learning(release, progress_of(release, mine.facts), mine)


@command("learning.read_lesson", by=Who.LEARNER)
def read_lesson(
    context: Context, actor: Actor, course_code: str, module_code: str, lesson_code: str, *, locale: str
) -> Next:
    """Note that a lesson was read, and say what comes next.

    Doing it twice is doing it once; the course may be complete with it.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `lesson.unknown`; NotAllowed
    `learning.sign-up-to-go-on`, `learning.needs-first`.
    """
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine = hold_enrolment(tx, actor, course)
        release = sealed(context, course, mine.version)
        module, lesson = find_lesson(release, module_code, lesson_code)
        require_open(tx, mine, release, module, actor)
        where, here = (module.id, lesson.id), f"{module_code}/{lesson_code}"
        read = {**mine.facts.read, where: lesson.digest}
        enrolments.mark_read(tx, mine.id, where, lesson.digest, locale=locale, now=context.now())
        if not mine.facts.read.get(where):  # a lesson that was not asked for has no digest
            record(tx, context, actor, "learning.read_lesson", f"{mine.id} {here}")
        after = settle(tx, context, actor, replace(mine, facts=replace(mine.facts, read=read, place=here)))
        step = after.next()
        place = f"{step.module}/{step.lesson}" if step.kind == "lesson" else here
        enrolments.set_place(tx, mine.id, place, locale, context.now())
    return step


@command("learning.keep_place", by=Who.LEARNER)
def keep_place(
    context: Context,
    actor: Actor,
    course_code: str,
    module_code: str,
    lesson_code: str,
    *,
    anchor: str,
    locale: str,
) -> None:
    """Note the section where somebody leaves off, to go on from there on any device.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `lesson.unknown`; Invalid `learning.place`;
    NotAllowed `learning.sign-up-to-go-on`, `learning.needs-first`.
    """
    if not _ANCHOR.fullmatch(anchor):
        raise Invalid("learning.place")
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine = hold_enrolment(tx, actor, course)
        release = sealed(context, course, mine.version)
        module, _ = find_lesson(release, module_code, lesson_code)
        require_open(tx, mine, release, module, actor)
        mark = f"#{anchor}" if anchor else ""
        enrolments.set_place(tx, mine.id, f"{module_code}/{lesson_code}{mark}", locale, context.now())


@query("learning.my_learning", by=Who.LEARNER)
def my_learning(context: Context, actor: Actor) -> tuple[Learning, ...]:
    """List one's own courses and where one stands in each; two statements however many there are.

    The releases come without their texts; a course that cannot be read is left out.

    Whoever has an address was written to three months after a course; the others see the questions here, for
    which one statement more is asked.
    """
    with context.database.reading() as tx:
        mine = enrolments.of_person(tx, actor.person)
        lines = releases.lines(tx, context.now())
        newest = ((one.course, lines[one.course][-1].version) for one in mine if one.course in lines)
        shelved(context, tx, [*((one.course, one.version) for one in mine), *newest])  # in one statement
        found = tuple(_listed(context, tx, one, lines.get(one.course, ())) for one in mine)
    return _without_letters(context, actor, tuple(one for one in found if one is not None))


def _listed(context: Context, tx: Tx, mine: Enrolled, line: Sequence[Activation]) -> Learning | None:
    """Return where one stands in a course; None for a course that cannot be read, which a list leaves out."""
    try:
        return _learning(context, tx, mine, line) if is_whole(context, mine.course, mine.version) else None
    except Unavailable:
        return None


def _without_letters(context: Context, actor: Actor, found: tuple[Learning, ...]) -> tuple[Learning, ...]:
    if not any(one.invited is Moment.LATER for one in found):
        return found
    with context.database.reading() as tx:
        profile = persons.profile_of(tx, actor.person)
    if profile is None or not profile.email:
        return found
    return tuple(replace(one, invited=None) if one.invited is Moment.LATER else one for one in found)


@query("learning.my_course", by=Who.ANYONE)
def my_course(context: Context, actor: Actor, course_code: str) -> Learning | None:
    """Return where one stands in a course; None for whoever has not started it. The release has no texts.

    Raises: NotFound `course.unknown`; Unavailable `course.unreadable`, `release.not-here`.
    """
    course = course_id(context, course_code)
    if not actor.person:
        return None
    with context.database.reading() as tx:
        mine = enrolments.find(tx, actor.person, course)
        if mine is None:
            return None
        shelved_one(context, tx, course, mine.version)
        require_whole(context, course, mine.version)
        return _learning(context, tx, mine, releases.line(tx, course, context.now()))


def _learning(context: Context, tx: Tx, mine: Enrolled, line: Sequence[Activation]) -> Learning:
    release = shelved_one(context, tx, mine.course, mine.version).outline
    at = progress_of(release, mine.facts)
    newest = shelved_one(context, tx, mine.course, line[-1].version).outline if line else release
    done = {"steps_done": at.steps_done, "completed_at": mine.completed_at}
    offer = offer_for(context, tx, mine, line)
    return Learning(release, at, mine, offer, invitation(context, newest.course, **done))
