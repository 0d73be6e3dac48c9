"""Renewing a certificate: passing the refresher gives a new one in the place of the one before.

What is passed is marked, noted and issued in one transaction. The new certificate says when the course was
completed and when it was renewed; the one before verifies as superseded by it. Where nothing can be printed
(the name was erased) the renewal is noted alone, and whatever is issued later is of the new version.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lms.actions.action import Who, command, record
from lms.actions.catalogue.lookups import course_id, sealed
from lms.actions.certificates.certifying import CertificateOrder, issue_in, others, supersede
from lms.actions.certificates.refreshing import due_now
from lms.actions.certificates.standing import judged
from lms.actions.context import Context
from lms.actions.learning.attempt_views import paper_of
from lms.actions.learning.completion import hold_enrolment, hold_sitting
from lms.actions.learning.quizzing import HandedIn, SentAnswers, hand_in
from lms.core.certificates.certificate import CertificateChoice, faults
from lms.core.certificates.issued import KeptCertificate
from lms.core.certificates.verification import State
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.ids import is_id
from lms.core.learning.records import Enrolled
from lms.core.people.actors import Actor
from lms.storage.certificates import certificates, renewals
from lms.storage.database import Tx


@command("renewing.submit", by=Who.MEMBER)
def submit(
    context: Context, actor: Actor, attempt_id: str, sent: SentAnswers, *, confirmed: bool = False
) -> HandedIn:
    """Hand a refresher in: mark it, and renew the certificate when it is passed; all or nothing.

    As `quizzing.submit_check`: a second press gets the first result.

    Raises: NotFound `attempt.unknown`.
    """
    with context.database.writing() as tx:
        paper = paper_of(context, tx, hold_sitting(tx, actor, attempt_id))
        if not paper.is_refresher:
            raise NotFound("attempt.unknown")
        done = hand_in(tx, context, actor, paper, sent, confirmed=confirmed)
        if done.passed and not renewals.find(tx, attempt_id):
            _renew(tx, context, actor, _Passed(paper.sitting.enrolled, paper.release, attempt_id))
    return done


@command("renewing.confirm", by=Who.MEMBER)
def confirm(context: Context, actor: Actor, course_code: str, press: str) -> None:
    """Renew by saying that one has read the refresher, where no question rests on what changed.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `certificate.none`; Invalid `attempt.id`;
    Conflict `renewal.not-due`, `renewal.has-questions`.
    """
    if not is_id(press):
        raise Invalid("attempt.id")
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine = hold_enrolment(tx, actor, course)
        if renewals.find(tx, press):
            return
        due = due_now(tx, context, actor, course)
        if due.made.items:
            raise Conflict("renewal.has-questions")
        _renew(tx, context, actor, _Passed(mine, sealed(context, course, due.version), press))


@dataclass(frozen=True, slots=True)
class _Passed:
    """Whose refresher was passed, on which release, by which attempt or press."""

    enrolled: Enrolled
    release: Release
    press: str


def _renew(tx: Tx, context: Context, actor: Actor, passed: _Passed) -> None:
    """Note a renewal of a held enrolment, and issue what can be issued.

    What was revoked meanwhile stays revoked, and is not renewed.
    """
    mine, release = passed.enrolled, passed.release
    old = certificates.newest(tx, actor.person, mine.course)
    if old is None or judged(tx, context, old)[0] is State.REVOKED:
        return
    renewals.add(tx, passed.press, mine.id, (old.facts.version, release.version), context.now())
    record(tx, context, actor, "renewing.renew", f"{mine.id} {old.facts.version} {release.version}")
    done = certificates.completed(tx, actor.person, mine.course)
    choice = _choice_of(context, old, release)
    if done is None or choice is None:
        return
    before = certificates.not_superseded(tx, mine.id)
    order = CertificateOrder(release, done, choice, passed.press)
    number = issue_in(tx, context, actor, replace(order, also=others(old, order)))
    for one in before:
        supersede(tx, context, actor, one, by=number)


def _choice_of(context: Context, old: KeptCertificate, release: Release) -> CertificateChoice | None:
    """Return what the one before says of its holder; None when that is erased or cannot be printed now."""
    if old.payload is None:
        return None
    locales = tuple(old.facts.locales.split())
    choice = CertificateChoice(old.payload.name, locales, neutral=old.facts.neutral)
    return None if faults(choice, release.course.required_locales) else choice
