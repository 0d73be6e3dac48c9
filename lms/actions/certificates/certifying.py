"""Certificates, as their holder meets them: preview, issue, replace, erase.

Issued once for a press and once for a completed course; a corrected one takes the place of the one before it,
whose name is then shown nowhere. What is printed is settled here and never again. Making and handing out the
PDF is in `printing`, the public side in `verifying`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import course_id, sealed, shelved_one
from lms.actions.certificates.prints import add_print, erase_payload, have_made, in_languages
from lms.actions.certificates.standing import Due, judged, reasons, standing_of
from lms.actions.context import Context
from lms.actions.learning.completion import settle_again
from lms.actions.learning.surveys import invitation
from lms.core.certificates.certificate import (
    Certificate,
    CertificateChoice,
    faults,
    from_json,
    grouped,
    title_words,
)
from lms.core.certificates.issued import CertificateFacts, Completed, KeptCertificate, Payload
from lms.core.certificates.name_folding import FOLDINGS, PRESENT
from lms.core.certificates.verification import CertificateEventKind, Making, State, making
from lms.core.courses.course import Release
from lms.core.courses.durations import course_minutes
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.learning.moments import Moment
from lms.core.learning.progress import progress_of
from lms.core.locales import Words
from lms.core.people.actors import Actor
from lms.core.people.letters import LONGEST_LINE
from lms.core.people.naming import tidy_name
from lms.storage.certificates import certificates
from lms.storage.database import Tx
from lms.storage.learning import enrolments, holds
from lms.storage.people import persons


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate as its holder sees it; `content` is None once erased.

    `prints` is how the PDF of each print stands, by its languages; `making` how that of the first one does,
    which was issued.
    """

    number: str
    state: State
    content: Certificate | None
    prints: Mapping[str, Making]
    reason: str = ""  # why it was revoked, when it is
    due: Due | None = None  # why it is to be renewed, when it is
    why: tuple[Words, ...] = ()  # what authors said about that

    @property
    def making(self) -> Making:
        """Return how the PDF that was issued stands; once erased, there is none to wait for."""
        return next(iter(self.prints.values()), Making.WAITING)


@dataclass(frozen=True, slots=True)
class MyCertificate:
    """What the certificate page shows: the course as completed, the name to start from, what was issued.

    `days` are the dates that it may bear, the house's first.
    """

    release: Release
    days: tuple[str, ...]
    name: str
    holding: Holding | None
    invited: Moment | None


def _done(tx: Tx, context: Context, actor: Actor, course_code: str) -> tuple[Release, Completed]:
    """Return the release and the completion; somebody who is complete has one before it is written."""
    course = course_id(context, course_code)
    done = certificates.completed(tx, actor.person, course) or _judged(tx, context, actor, course)
    if done is None:
        raise NotAllowed("certificate.course-not-complete", course=course_code)
    return shelved_one(context, tx, course, done.version).outline, done


def _judged(tx: Tx, context: Context, actor: Actor, course: str) -> Completed | None:
    mine = enrolments.find(tx, actor.person, course)
    if mine is None or not progress_of(sealed(context, course, mine.version), mine.facts).complete:
        return None
    return Completed(mine.id, mine.organisation, mine.version, context.now())


def hold_done(tx: Tx, context: Context, actor: Actor, course_code: str) -> tuple[Release, Completed]:
    """Lock the enrolment, write a completion that is still missing, and return as `_done`."""
    course = course_id(context, course_code)
    holds.enrolment(tx, actor.person, course)
    settle_again(tx, context, actor, actor.person, course)
    return _done(tx, context, actor, course_code)


@query("certifying.my_certificate", by=Who.MEMBER)
def my_certificate(context: Context, actor: Actor, course_code: str) -> MyCertificate:
    """Return what the certificate page shows.

    Raises: NotFound `course.unknown`; NotAllowed `certificate.course-not-complete`.
    """
    with context.database.reading() as tx:
        release, done = _done(tx, context, actor, course_code)
        profile = persons.profile_of(tx, actor.person)
        kept = certificates.newest(tx, actor.person, release.course.id)
        holding = None
        if kept is not None:
            holding = _holding(tx, context, kept)
    invited = invitation(context, release.course, completed_at=done.at)
    return MyCertificate(release, context.days_of(done.at), profile.name if profile else "", holding, invited)


def _holding(tx: Tx, context: Context, kept: KeptCertificate) -> Holding:
    stands, due = judged(tx, context, kept)
    prints = kept.payload.prints if kept.payload else ()
    content = from_json(prints[0].content) if prints else None
    made = {
        one.locales: making(kept.events, is_made=bool(one.blob), of=kept.mark(one.locales)) for one in prints
    }
    said = [one.reason for one in kept.events if one.event is CertificateEventKind.REVOKED]
    revoked = said[-1] if stands is State.REVOKED else ""
    why = reasons(tx, context, due) if due else ()
    return Holding(kept.facts.number, stands, content, made, revoked, due, why)


def _checked(
    context: Context, choice: CertificateChoice, release: Release, done: Completed
) -> CertificateChoice:
    tidy = replace(choice, name=tidy_name(choice.name)) if len(choice.name) <= LONGEST_LINE else choice
    if found := faults(tidy, release.course.required_locales, context.days_of(done.at)):
        raise Invalid("certificate.choice", found)
    return tidy


def verify_address(context: Context, number: str) -> str:
    """Return the address under which anybody can verify a certificate."""
    return f"{context.settings.address}/verify/{grouped(number)}"


def _written(
    context: Context, release: Release, done: Completed, choice: CertificateChoice, number: str
) -> Certificate:
    course = release.course
    title = course.neutral_title if choice.neutral else course.title
    completed_on = choice.day or context.day_of(done.at)
    return Certificate(
        number=number,
        name=choice.name,
        titles=title_words(title, choice.locales),
        version=release.version,
        completed_on=completed_on,
        issued_on=max(context.today(), completed_on),  # it may be tomorrow already where the learner is
        law_as_of=release.law_as_of,
        hours=course.hours,
        address=verify_address(context, number) if number else "",
        issuer=context.settings.issuer_name,
        locales=choice.locales,
        specimen=context.settings.specimen,
        minutes=course_minutes(release),
        place=context.settings.issuer_place or "",
        signatory=context.settings.issuer_signatory or "",
        logo=context.logo.digest if context.logo else "",
        renewed_on=context.day_of(done.renewed_at) if done.renewed_at else "",
    )


@query("certifying.preview", by=Who.MEMBER)
def preview(context: Context, actor: Actor, course_code: str, choice: CertificateChoice) -> Certificate:
    """Show what would be printed, still without a number (WCAG 3.3.4); letters without a font are told here.

    Raises: NotFound `course.unknown`; NotAllowed `certificate.course-not-complete`; Invalid
    `certificate.choice`.
    """
    with context.database.reading() as tx:
        release, done = _done(tx, context, actor, course_code)
    tidy = _checked(context, choice, release, done)
    if missing := context.undrawable(tidy.name):
        named = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in missing)
        found = Finding("certificate.letters-missing", Severity.ERROR, Place("name"), {"letters": named})
        raise Invalid("certificate.choice", [found])
    return _written(context, release, done, tidy, "")


def commitment(context: Context, number: str, name: str, folding: int = PRESENT) -> str:
    """Make the keyed hash by which a name can be checked without being shown, by a folding."""
    return context.keys.mac("certificate-name", number, FOLDINGS[folding](name))


@dataclass(frozen=True, slots=True)
class CertificateOrder:
    """What one press asks for."""

    release: Release
    done: Completed
    choice: CertificateChoice
    request: str
    also: tuple[str, ...] = ()  # languages of other prints that are made at once


def issue_in(tx: Tx, context: Context, actor: Actor, order: CertificateOrder) -> str:
    """Write facts, payload and the work for the worker in an open transaction; give the number.

    Raises: Invalid `certificate.choice`; Conflict `certificate.request-used`; Unavailable `blob.unavailable`.
    """
    release, done = order.release, order.done
    choice = _checked(context, order.choice, release, done)
    number = context.new_secret()
    written = _written(context, release, done, choice, number)
    if context.logo:
        context.blobs.put(context.logo.content)
    facts = CertificateFacts(
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
        issuer=written.issuer,
        specimen=written.specimen,
        request=order.request,
        at=context.now(),
    )
    course = release.course
    title = course.neutral_title if choice.neutral else course.title
    prints = tuple(in_languages(written, title, tuple(one.split())) for one in (facts.locales, *order.also))
    payload = Payload(choice.name, commitment(context, number, choice.name), prints)
    if not certificates.add(tx, facts, payload):
        raise Conflict("certificate.request-used")
    have_made(tx, context, facts, prints)
    return number


@command("certifying.issue", by=Who.MEMBER)
def issue(context: Context, actor: Actor, course_code: str, choice: CertificateChoice, request: str) -> str:
    """Issue the certificate and give its number; `request` is one press, and one press makes one certificate.

    Raises: NotFound `course.unknown`; NotAllowed `certificate.course-not-complete`; Invalid
    `certificate.choice`; Conflict `certificate.already-issued`, `certificate.request-used`.
    """
    with context.database.writing() as tx:
        release, done = hold_done(tx, context, actor, course_code)
        if number := _pressed(tx, context, actor, CertificateOrder(release, done, choice, request)):
            return number
        if certificates.newest(tx, actor.person, release.course.id) is not None:
            raise Conflict("certificate.already-issued")
        number = issue_in(tx, context, actor, CertificateOrder(release, done, choice, request))
        record(tx, context, actor, "certifying.issue", number)
    return number


def _pressed(tx: Tx, context: Context, actor: Actor, order: CertificateOrder) -> str:
    """Return the number of the certificate that this press has made; '' when it has made none.

    A press stands for one thing: the same course, name, languages, title and day.

    Raises: Conflict `certificate.request-used` when it has made another one, or what it made is erased.
    """
    made = certificates.by_request(tx, actor.person, order.request)
    if made is None:
        return ""
    choice, facts, payload = (
        _checked(context, order.choice, order.release, order.done),
        made.facts,
        made.payload,
    )
    wanted = (order.done.enrolment, choice.name, " ".join(choice.locales), choice.neutral)
    is_same = payload and wanted == (facts.enrolment_id, payload.name, facts.locales, facts.neutral)
    if not is_same or choice.day not in {"", facts.completed_on}:
        raise Conflict("certificate.request-used")
    return facts.number


@command("certifying.replace_mine", by=Who.MEMBER)
def replace_mine(
    context: Context,
    actor: Actor,
    course_code: str,
    choice: CertificateChoice,
    request: str,
    *,
    replaces: str,
) -> str:
    """Put a new certificate in the place of the one before it: another name or title.

    `replaces` is the number of the one that was on the page, so that of two windows the second is told. The
    old one is superseded; its name and its prints are erased, so that an old name is shown nowhere, and the
    new one is printed in the same languages. Another language alone replaces nothing: it is another print.

    Raises: NotFound `course.unknown`, `certificate.none`; NotAllowed `certificate.course-not-complete`,
    `certificate.revoked`; Invalid `certificate.choice`; Conflict `certificate.request-used`,
    `certificate.replaced-meanwhile`.
    """
    with context.database.writing() as tx:
        release, done = hold_done(tx, context, actor, course_code)
        order = CertificateOrder(release, done, choice, request)
        if number := _pressed(tx, context, actor, order):
            return number
        old = certificates.newest(tx, actor.person, release.course.id)
        if old is None:
            raise NotFound("certificate.none")
        if standing_of(tx, context, old) is State.REVOKED:
            raise NotAllowed("certificate.revoked")
        if old.facts.number != replaces:
            raise Conflict("certificate.replaced-meanwhile")
        if old.payload is not None and _is_same(context, old, old.payload, order):
            add_print(tx, context, old, old.payload, " ".join(choice.locales))
            record(tx, context, actor, "printing.print_mine", old.facts.number)
            return old.facts.number
        before = certificates.not_superseded(tx, done.enrolment)
        number = issue_in(tx, context, actor, replace(order, also=others(old, order)))
        for one in before:
            supersede(tx, context, actor, one, by=number)
        record(tx, context, actor, "certifying.replace_mine", old.facts.number)
    return number


def _is_same(context: Context, old: KeptCertificate, payload: Payload, order: CertificateOrder) -> bool:
    """Return whether a certificate says what is wanted already, but for the language."""
    tidy = _checked(context, order.choice, order.release, order.done)
    wanted = (tidy.name, tidy.neutral, order.release.version, tidy.day or old.facts.completed_on)
    return wanted == (payload.name, old.facts.neutral, old.facts.version, old.facts.completed_on)


def others(old: KeptCertificate, order: CertificateOrder) -> tuple[str, ...]:
    """List in which other languages the one before was printed."""
    wanted, offered = set(order.choice.locales), set(order.release.course.required_locales)
    before = (one.locales for one in (old.payload.prints if old.payload else ()))
    return tuple(one for one in before if set(one.split()) != wanted and set(one.split()) <= offered)


def supersede(tx: Tx, context: Context, actor: Actor, number: str, *, by: str) -> None:
    """Note in an open transaction that another certificate stands in this one's place; its name is erased."""
    event = CertificateEventKind.SUPERSEDED
    certificates.add_event(tx, context.new_id(), number, event, now=context.now(), by=actor.person, other=by)
    erase_payload(tx, context, number)


@command("certifying.erase_mine", by=Who.MEMBER)
def erase_mine(context: Context, actor: Actor, course_code: str) -> None:
    """Erase the name and the PDF of one's certificate; that it was issued stays a fact.

    Raises: NotFound `course.unknown`, `certificate.none`; NotAllowed `certificate.course-not-complete`.
    """
    with context.database.writing() as tx:
        release, _ = hold_done(tx, context, actor, course_code)
        kept = certificates.newest(tx, actor.person, release.course.id)
        if kept is None or kept.payload is None:
            raise NotFound("certificate.none")
        number = kept.facts.number
        erase_payload(tx, context, number)
        certificates.add_event(
            tx, context.new_id(), number, CertificateEventKind.ERASED, now=context.now(), by=actor.person
        )
        record(tx, context, actor, "certifying.erase_mine", number)


@command("certifying.erase_again", by=Who.SYSTEM)
def erase_again(context: Context, actor: Actor, numbers: frozenset[str]) -> int:
    """Erase names that a restored backup has brought back to these certificates; return how many."""
    with context.database.writing() as tx:
        back = sorted(numbers & certificates.with_payload(tx))
        for number in back:
            erase_payload(tx, context, number)
            certificates.add_event(
                tx, context.new_id(), number, CertificateEventKind.ERASED, now=context.now(), by=actor.person
            )
            record(tx, context, actor, "certifying.erase_again", number)
    return len(back)


def erase_all(tx: Tx, context: Context, person: str, *, keep: frozenset[str] = frozenset()) -> int:
    """Erase what is personal of somebody's certificates but those in `keep`, in an open transaction.

    Called when an account is deleted; the numbers keep verifying, without any name. Give how many.
    """
    numbers = [number for number in certificates.numbers_of(tx, person) if number not in keep]
    for number in numbers:
        erase_payload(tx, context, number)
        certificates.add_event(
            tx, context.new_id(), number, CertificateEventKind.ERASED, now=context.now(), by=person
        )
    return len(numbers)
