"""Earlier learning in the place of a course: asking for it, and answering.

A request holds what somebody took, where and about when, and opens a task. It is answered by whoever runs the
site; the answer stands in My learning, and a letter that names no course says that it is there. Called by
`web` and `cli`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.readying import by_course, course_now, needs_of
from lms.actions.shelves import course_id, current_release
from lms.actions.ways_in import fault, refuse
from lms.core.course import Course, Need, Release
from lms.core.errors import Conflict, NotFound
from lms.core.findings import Finding
from lms.core.people import Actor
from lms.core.readiness import Met, Told
from lms.storage import outbox, people, recognitions, releases, tasks
from lms.storage.database import Tx
from lms.storage.recognitions import Request

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
class Line:
    """The newest request for one course: which course, and the courses that a yes has opened."""

    request: Request
    course: Course | None
    opens: tuple[Course, ...]


def _need(desk: Desk, tx: Tx, course_code: str, need_code: str) -> tuple[Release, Need, Course]:
    """Give a course, one of its needs, and what that is; codes alone lead nowhere else."""
    release = current_release(tx, desk, course_id(desk, course_code))
    current = releases.all_current(tx, desk.now())
    for need in release.course.needs:
        needed = course_now(desk, current, need.course)
        if needed is not None and needed.code == need_code:
            return release, need, needed
    raise NotFound("recognition.not-needed")


def _met(tx: Tx, person: str, release: Release, need: Need) -> Met:
    return next(one.met for one in needs_of(tx, person, release) if one.need == need)


def _faults(told: Told) -> Iterator[Finding]:
    given = {"learned": told.learned, "provider": told.provider, "period": told.period}
    for field, text in given.items():
        if not text:
            yield fault(field, MISSING[field])
        elif len(text) > MOST[field]:
            yield fault(field, "recognition.too-long", most=MOST[field])


@reading("recognising.open_request", by=Who.MEMBER)
def open_request(desk: Desk, actor: Actor, course_code: str, need_code: str) -> Asking:
    """Open the form by which one asks to have earlier learning recognised.

    Raises: NotFound `course.unknown`, `recognition.not-needed`.
    """
    with desk.database.reading() as tx:
        release, need, needed = _need(desk, tx, course_code, need_code)
        met = _met(tx, actor.person, release, need)
    return Asking(release, needed, is_open=met in _OPEN)


@deed("recognising.ask", by=Who.MEMBER)
def ask(desk: Desk, actor: Actor, course_code: str, need_code: str, told: Told) -> bool:
    """Ask to have earlier learning recognised, and open a task; say False when that waits or is settled.

    Raises: NotFound `course.unknown`, `recognition.not-needed`; Invalid `recognition.wrong`.
    """
    tidy = Told(told.learned.strip(), told.provider.strip(), told.period.strip())
    refuse("recognition.wrong", list(_faults(tidy)))
    with desk.database.writing() as tx:
        release, need, _ = _need(desk, tx, course_code, need_code)
        is_open = _met(tx, actor.person, release, need) in _OPEN
        id_, who = desk.new_id(), {"person": actor.person, "house": actor.organisation}
        if not is_open or not recognitions.add(tx, id_, course=need.course, told=tidy, now=desk.now(), **who):
            return False
        tasks.open_task(tx, desk.new_id(), TASK, id_, now=desk.now())
        record(tx, desk, actor, "recognising.ask", id_)
    return True


@reading("recognising.my_requests", by=Who.MEMBER)
def my_requests(desk: Desk, actor: Actor) -> tuple[Line, ...]:
    """List what became of one's requests, one for each course; one statement, two where there are any."""
    with desk.database.reading() as tx:
        mine = by_course(recognitions.of_person(tx, actor.person))
        current = releases.all_current(tx, desk.now()) if mine else {}
    open_now = [desk.library.release(course, version).course for course, (version, _) in current.items()]
    return tuple(
        Line(
            one,
            course_now(desk, current, one.course),
            tuple(after for after in open_now if one.granted and one.course in _needed(after)),
        )
        for one in mine.values()
    )


def _needed(course: Course) -> set[str]:
    return {need.course for need in course.needs}


@reading("recognising.waiting", by=Who.ADMIN)
def waiting(desk: Desk, actor: Actor) -> tuple[Line, ...]:
    """List the requests that wait for an answer, oldest first."""
    with desk.database.reading() as tx:
        found = recognitions.waiting(tx)
        current = releases.all_current(tx, desk.now())
    return tuple(Line(one, course_now(desk, current, one.course), ()) for one in found)


@deed("recognising.answer", by=Who.ADMIN)
def answer(desk: Desk, actor: Actor, request: str, *, granted: bool, reason: str = "") -> None:
    """Answer a request; a no says why. Whoever asked reads it in My learning.

    Raises: NotFound `recognition.unknown`; Conflict `recognition.answered`; Invalid
    `recognition.reason-missing`, `recognition.too-long`.
    """
    why = reason.strip()
    if not why and not granted:
        refuse("recognition.reason-missing", [fault("reason", "recognition.reason-missing")])
    if len(why) > LONGEST_REASON:
        refuse("recognition.too-long", [fault("reason", "recognition.too-long", most=LONGEST_REASON)])
    with desk.database.writing() as tx:
        found = recognitions.find(tx, request)
        if found is None:
            raise NotFound("recognition.unknown")
        if not recognitions.answer(tx, request, granted=granted, reason=why, by=actor.person, now=desk.now()):
            raise Conflict("recognition.answered")
        tasks.close(tx, TASK, request, now=desk.now())
        record(tx, desk, actor, "recognising.answer", request)
        _write(tx, desk, found.person, request)


def _write(tx: Tx, desk: Desk, person: str, request: str) -> None:
    """Put a letter that names no course into the outbox, for whoever has an address."""
    profile = people.profile_of(tx, person)
    if profile is None or not profile.email:
        return
    link = f"{desk.settings.address}/{profile.locale}/my-learning"
    letter = {"letter": "answered", "to": profile.email, "locale": profile.locale, "link": link}
    key = f"letter:recognition:{request}"
    outbox.enqueue(tx, desk, "letter", key, {**letter, "id": desk.new_id(), "code": ""})
