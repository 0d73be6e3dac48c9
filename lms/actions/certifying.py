"""Certificates, as their holder meets them: preview, issue, replace, erase.

Issued once for a press and once for a completed course; a corrected one takes the place of the one before it,
whose name is then shown nowhere. What is printed is settled here and never again. Making and handing out the
PDF is in `printing`, the public side in `verifying`. Called by `web` and by `my_data`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import CALENDAR, Desk
from lms.actions.shelves import course_id
from lms.actions.surveying import invitation
from lms.core.asking import Moment
from lms.core.certificate import Certificate, Choice, faults, from_json, grouped, title_words, to_json
from lms.core.course import Release
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.forgiving import folded
from lms.core.naming import tidy_name
from lms.core.people import Actor
from lms.core.verification import Happening, State, state
from lms.storage import certificates, outbox, people, releases
from lms.storage.certificates import Completed, Facts, Kept, Payload
from lms.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate as its holder sees it; `content` is None once erased, `making` how the PDF stands."""

    number: str
    state: State
    content: Certificate | None
    making: str  # ready | waiting | failed


@dataclass(frozen=True, slots=True)
class MyCertificate:
    """What the certificate page shows: the course as completed, the name to start from, what was issued."""

    release: Release
    completed_on: str
    name: str
    holding: Holding | None
    invited: Moment | None


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, CALENDAR).date().isoformat()


def _done(
    tx: Tx, desk: Desk, actor: Actor, course_code: str, *, hold: bool = False
) -> tuple[Release, Completed]:
    course = course_id(desk, course_code)
    done = certificates.completed(tx, actor.person, course, hold=hold)
    if done is None:
        raise NotAllowed("certificate.course-not-complete", course=course_code)
    return desk.library.release(course, done.version), done


def _making(tx: Tx, kept: Kept) -> str:
    if kept.payload and kept.payload.blob:
        return "ready"
    return "failed" if outbox.state(tx, printing_key(kept.facts.number)) == "failed" else "waiting"


def standing_of(tx: Tx, desk: Desk, kept: Kept) -> State:
    """Judge a certificate by what happened to it and by the course as it is today."""
    current = releases.current(tx, kept.facts.course_id, desk.now()) or kept.facts.version
    return state(kept.events, kept.facts.version, current)


@reading("certifying.my_certificate", by=Who.MEMBER)
def my_certificate(desk: Desk, actor: Actor, course_code: str) -> MyCertificate:
    """Give what the certificate page shows.

    Raises: NotFound `course.unknown`; NotAllowed `certificate.course-not-complete`.
    """
    with desk.database.reading() as tx:
        release, done = _done(tx, desk, actor, course_code)
        profile = people.profile_of(tx, actor.person)
        kept = certificates.newest(tx, actor.person, release.course.id)
        holding = None
        if kept is not None:
            content = from_json(kept.payload.content) if kept.payload else None
            holding = Holding(kept.facts.number, standing_of(tx, desk, kept), content, _making(tx, kept))
    invited = invitation(desk, release.course, completed_at=done.at)
    return MyCertificate(release, _day(done.at), profile.name if profile else "", holding, invited)


def _checked(choice: Choice, release: Release) -> Choice:
    tidy = replace(choice, name=tidy_name(choice.name))
    if found := faults(tidy, release.course.required_locales):
        raise Invalid("certificate.choice", found)
    return tidy


def verify_address(desk: Desk, number: str) -> str:
    """Give the address under which anybody can verify a certificate."""
    return f"{desk.settings.address}/verify/{grouped(number)}"


def _written(desk: Desk, release: Release, done: Completed, choice: Choice, number: str) -> Certificate:
    course = release.course
    title = course.neutral_title if choice.neutral else course.title
    return Certificate(
        number=number,
        name=choice.name,
        titles=title_words(title, choice.locales),
        version=release.version,
        completed_on=_day(done.at),
        issued_on=desk.today(),
        law_as_of=release.law_as_of,
        hours=course.hours,
        address=verify_address(desk, number) if number else "",
        issuer=desk.settings.issuer_name,
        locales=choice.locales,
        specimen=desk.settings.specimen,
    )


@reading("certifying.preview", by=Who.MEMBER)
def preview(desk: Desk, actor: Actor, course_code: str, choice: Choice) -> Certificate:
    """Show what would be printed, still without a number (WCAG 3.3.4).

    Raises: NotFound `course.unknown`; NotAllowed `certificate.course-not-complete`; Invalid
    `certificate.choice`.
    """
    with desk.database.reading() as tx:
        release, done = _done(tx, desk, actor, course_code)
    return _written(desk, release, done, _checked(choice, release), "")


def commitment(desk: Desk, number: str, name: str) -> str:
    """Make the keyed hash by which a name can be checked without being shown."""
    return desk.keys.mac("certificate-name", number, folded(name))


def printing_key(number: str) -> str:
    """Name the work of making a certificate's PDF."""
    return f"certificate:{number}"


@dataclass(frozen=True, slots=True)
class _Order:
    """What one press asks for."""

    release: Release
    done: Completed
    choice: Choice
    request: str


def _issue(tx: Tx, desk: Desk, actor: Actor, order: _Order) -> str:
    """Write facts, payload and the work for the worker, in one transaction; give the number."""
    release, done, choice = order.release, order.done, _checked(order.choice, order.release)
    number = desk.new_secret()
    written = _written(desk, release, done, choice, number)
    facts = Facts(
        number=number,
        organisation_id=done.organisation,
        person_id=actor.person,
        enrolment_id=done.enrolment,
        course_id=release.course.id,
        version=release.version,
        law_as_of=release.law_as_of,
        completed_on=written.completed_on,
        issued_on=written.issued_on,
        locales=" ".join(choice.locales),
        neutral=choice.neutral,
        specimen=written.specimen,
        request=order.request,
        at=desk.now(),
    )
    payload = Payload(choice.name, to_json(written), commitment(desk, number, choice.name))
    if not certificates.add(tx, facts, payload):
        raise Conflict("certificate.request-used")
    outbox.enqueue(tx, desk, "certificate", printing_key(number), {"number": number})
    return number


@deed("certifying.issue", by=Who.MEMBER)
def issue(desk: Desk, actor: Actor, course_code: str, choice: Choice, request: str) -> str:
    """Issue the certificate and give its number; `request` is one press, and one press makes one certificate.

    Raises: NotFound `course.unknown`; NotAllowed `certificate.course-not-complete`; Invalid
    `certificate.choice`; Conflict `certificate.already-issued`, `certificate.request-used`.
    """
    with desk.database.writing() as tx:
        release, done = _done(tx, desk, actor, course_code, hold=True)
        if (same := certificates.by_request(tx, actor.person, request)) is not None:
            return same.facts.number
        if certificates.newest(tx, actor.person, release.course.id) is not None:
            raise Conflict("certificate.already-issued")
        number = _issue(tx, desk, actor, _Order(release, done, choice, request))
        record(tx, desk, actor, "certifying.issue", number)
    return number


@deed("certifying.replace_mine", by=Who.MEMBER)
def replace_mine(desk: Desk, actor: Actor, course_code: str, choice: Choice, request: str) -> str:
    """Put a new certificate in the place of the one before it: another name, language or title.

    The old one is superseded; its name and its PDF are erased, so that an old name is shown nowhere.

    Raises: NotFound `course.unknown`, `certificate.none`; NotAllowed `certificate.course-not-complete`,
    `certificate.revoked`; Invalid `certificate.choice`; Conflict `certificate.request-used`.
    """
    with desk.database.writing() as tx:
        release, done = _done(tx, desk, actor, course_code, hold=True)
        if (same := certificates.by_request(tx, actor.person, request)) is not None:
            return same.facts.number
        old = certificates.newest(tx, actor.person, release.course.id)
        if old is None:
            raise NotFound("certificate.none")
        if standing_of(tx, desk, old) is State.REVOKED:
            raise NotAllowed("certificate.revoked")
        number = _issue(tx, desk, actor, _Order(release, done, choice, request))
        certificates.add_event(
            tx,
            desk.new_id(),
            old.facts.number,
            Happening.SUPERSEDED,
            now=desk.now(),
            by=actor.person,
            other=number,
        )
        erase_payload(tx, desk, old.facts.number)
        record(tx, desk, actor, "certifying.replace_mine", old.facts.number)
    return number


def erase_payload(tx: Tx, desk: Desk, number: str) -> None:
    """Erase what is personal of a certificate in an open transaction; the PDF's bytes go right after it."""
    digest = certificates.erase_payload(tx, number)
    if digest:
        outbox.enqueue(tx, desk, "erase-blob", f"erase-blob:{number}", {"digest": digest})


@deed("certifying.erase_mine", by=Who.MEMBER)
def erase_mine(desk: Desk, actor: Actor, course_code: str) -> None:
    """Erase the name and the PDF of one's certificate; that it was issued stays a fact.

    Raises: NotFound `course.unknown`, `certificate.none`; NotAllowed `certificate.course-not-complete`.
    """
    with desk.database.writing() as tx:
        release, _ = _done(tx, desk, actor, course_code)
        kept = certificates.newest(tx, actor.person, release.course.id)
        if kept is None or kept.payload is None:
            raise NotFound("certificate.none")
        number = kept.facts.number
        erase_payload(tx, desk, number)
        certificates.add_event(tx, desk.new_id(), number, Happening.ERASED, now=desk.now(), by=actor.person)
        record(tx, desk, actor, "certifying.erase_mine", number)


def erase_all(tx: Tx, desk: Desk, person: str) -> int:
    """Erase what is personal of all of somebody's certificates in an open transaction; give how many.

    Called when an account is deleted; the numbers keep verifying, without any name.
    """
    numbers = certificates.numbers_of(tx, person)
    for number in numbers:
        erase_payload(tx, desk, number)
        certificates.add_event(tx, desk.new_id(), number, Happening.ERASED, now=desk.now(), by=person)
    return len(numbers)
