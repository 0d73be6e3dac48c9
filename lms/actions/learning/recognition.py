"""Earlier learning in the place of a course: asking for it, and answering.

A request holds what somebody took, where and about when, and opens a task. It is answered by whoever runs the
site; the answer stands in My learning, and a letter that names no course says that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.catalogue.lookups import course_id, current_line, listed, shelved_one
from lms.actions.context import Context
from lms.actions.learning.completion import settle_all
from lms.actions.learning.prerequisites import by_course, course_now, needs_of
from lms.actions.people.credentials import fault, refuse
from lms.core.courses.course import Course, Need, Release
from lms.core.courses.findings import Finding
from lms.core.errors import Conflict, NotFound
from lms.core.learning.prerequisites import Met, RecognitionRequest, Request
from lms.core.operations.jobs import Letter
from lms.core.people.actors import Actor, Extent
from lms.storage.database import Tx
from lms.storage.learning import holds, recognitions
from lms.storage.operations import outbox, tasks
from lms.storage.people import persons
from lms.storage.publishing import releases

TASK = "recognition"
MOST = {"learned": 300, "provider": 200, "period": 100}  # characters
MISSING = {
    "learned": "recognition.learned-missing",
    "provider": "recognition.provider-missing",
    "period": "recognition.period-missing",
}
LONGEST_REASON = 500
_OPEN = {Met.LEFT, Met.DECLINED}


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form is about: the course that needs another, that other, and whether it can be asked for."""

    release: Release
    needed: Course
    is_open: bool


@dataclass(frozen=True, slots=True)
class RecognitionLine:
    """The newest request for one course: which course, and the courses that a yes has opened."""

    request: Request
    course: Course | None
    opens: tuple[Course, ...]


def _need(context: Context, tx: Tx, course_code: str, need_code: str) -> tuple[Release, Need, Course]:
    """Return a course, one of its needs, and what that is; codes alone lead nowhere else."""
    course = course_id(context, course_code)
    version = current_line(context, tx, course)[-1].version
    release = shelved_one(context, tx, course, version).outline
    current = releases.all_current(tx, context.now())
    for need in release.course.needs:
        needed = course_now(context, tx, current, need.course)
        if needed is not None and needed.code == need_code:
            return release, need, needed
    raise NotFound("recognition.not-needed")


def _met(tx: Tx, person: str, release: Release, need: Need) -> Met:
    return next(one.met for one in needs_of(tx, person, release) if one.need == need)


def _faults(told: RecognitionRequest) -> Iterator[Finding]:
    given = {"learned": told.learned, "provider": told.provider, "period": told.period}
    for field, text in given.items():
        if not text:
            yield fault(field, MISSING[field])
        elif len(text) > MOST[field]:
            yield fault(field, "recognition.too-long", most=MOST[field])


@query("recognising.open_request", by=Who.MEMBER)
def open_request(context: Context, actor: Actor, course_code: str, need_code: str) -> Asking:
    """Open the form by which one asks to have earlier learning recognised.

    Raises: NotFound `course.unknown`, `recognition.not-needed`.
    """
    with context.database.reading() as tx:
        release, need, needed = _need(context, tx, course_code, need_code)
        met = _met(tx, actor.person, release, need)
    return Asking(release, needed, is_open=met in _OPEN)


@command("recognising.ask", by=Who.MEMBER)
def ask(context: Context, actor: Actor, course_code: str, need_code: str, told: RecognitionRequest) -> bool:
    """Ask to have earlier learning recognised, and open a task; return False when that waits or is settled.

    Raises: NotFound `course.unknown`, `recognition.not-needed`; Invalid `recognition.wrong`.
    """
    tidy = RecognitionRequest(told.learned.strip(), told.provider.strip(), told.period.strip())
    refuse("recognition.wrong", list(_faults(tidy)))
    with context.database.writing() as tx:
        release, need, _ = _need(context, tx, course_code, need_code)
        is_open = _met(tx, actor.person, release, need) in _OPEN
        id_, who = context.new_id(), {"person": actor.person, "house": actor.organisation}
        if not is_open or not recognitions.add(
            tx, id_, course=need.course, told=tidy, now=context.now(), **who
        ):
            return False
        extent = Extent(actor.organisation, need.course)
        tasks.open_task(tx, context.new_id(), TASK, id_, now=context.now(), extent=extent)
        record(tx, context, actor, "recognising.ask", id_)
    return True


@query("recognising.my_requests", by=Who.MEMBER)
def my_requests(context: Context, actor: Actor) -> tuple[RecognitionLine, ...]:
    """List what became of one's requests, one for each course; one statement, two where there are any."""
    with context.database.reading() as tx:
        mine = by_course(recognitions.of_person(tx, actor.person))
        current = releases.all_current(tx, context.now()) if mine else {}
        here = listed(context, tx, {course: version for course, (version, _) in current.items()})
        open_now = [one.outline.course for one in here]
        return tuple(
            RecognitionLine(
                one,
                course_now(context, tx, current, one.course),
                tuple(after for after in open_now if one.granted and one.course in _needed(after)),
            )
            for one in mine.values()
        )


def _needed(course: Course) -> set[str]:
    return {need.course for need in course.needs}


@query("recognising.waiting", by=Who.ADMIN, scoped=True)
def waiting(context: Context, actor: Actor) -> tuple[RecognitionLine, ...]:
    """List the requests within the admin’s reach that wait for an answer, oldest first."""
    with context.database.reading() as tx:
        found = recognitions.waiting(tx, scope_for(actor, Who.ADMIN))
        current = releases.all_current(tx, context.now())
        return tuple(RecognitionLine(one, course_now(context, tx, current, one.course), ()) for one in found)


@command("recognising.answer", by=Who.ADMIN, scoped=True)
def answer(context: Context, actor: Actor, request: str, *, granted: bool, reason: str = "") -> None:
    """Answer a request; a no says why. Whoever asked reads it in My learning.

    Raises: NotFound `recognition.unknown`; Conflict `recognition.answered`; Invalid
    `recognition.reason-missing`, `recognition.too-long`.
    """
    why = reason.strip()
    if not why and not granted:
        refuse("recognition.reason-missing", [fault("reason", "recognition.reason-missing")])
    if len(why) > LONGEST_REASON:
        refuse("recognition.too-long", [fault("reason", "recognition.too-long", most=LONGEST_REASON)])
    scope = scope_for(actor, Who.ADMIN)
    with context.database.writing() as tx:
        found = recognitions.find(tx, scope, request)
        if found is None:
            raise NotFound("recognition.unknown")
        by, now = actor.person, context.now()
        if not recognitions.answer(tx, scope, request, granted=granted, reason=why, by=by, now=now):
            raise Conflict("recognition.answered")
        tasks.close(tx, TASK, request, now=now)
        if granted:
            holds.people_with_enrolments(tx, {found.person})
            settle_all(tx, context, actor, found.person)
        record(tx, context, actor, "recognising.answer", request, organisation=found.organisation)
        _write(tx, context, found)


def _write(tx: Tx, context: Context, request: Request) -> None:
    """Put a letter that names no course into the outbox, for whoever has an address."""
    profile = persons.profile_of(tx, request.person)
    if profile is None or not profile.email:
        return
    link = f"{context.settings.address}/{profile.locale}/my-learning"
    letter = Letter("answered", profile.email, profile.locale, context.new_id(), link=link)
    key = f"letter:recognition:{request.id}"
    outbox.put(tx, context, key, letter, organisation=request.organisation)
