"""The refresher, as a certificate's holder meets it: what changed, what to read again, what is asked.

Made by itself from two sealed releases (`core.certificates.refreshers`); an attempt pins the release that it
was begun on, and its questions. Handing it in, which renews the certificate, is in `renewing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import course_id, sealed
from lms.actions.certificates.standing import Due, due_on, judged, reasons, refresher_between
from lms.actions.context import Context
from lms.actions.learning.attempt_views import AttemptView, digest_of, paper_of
from lms.actions.learning.completion import enrolment_of, hold_enrolment
from lms.actions.learning.quizzing import CheckView, already
from lms.core.certificates.issued import KeptCertificate
from lms.core.certificates.refreshers import REFRESHER
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.ids import is_id
from lms.core.learning.draw import Drawn, order_of
from lms.core.learning.progress import progress_of
from lms.core.learning.records import Attempt
from lms.core.locales import Words
from lms.core.people.actors import Actor
from lms.storage.certificates import certificates, renewals
from lms.storage.database import Tx
from lms.storage.learning import attempts
from lms.storage.publishing import releases


@dataclass(frozen=True, slots=True)
class RefresherView:
    """What the refresher's page shows: both releases, why, the open attempt if any, and the last marked one.

    `due` is None when there is nothing to renew now, and `rules` when that is because a rule alone changed.
    """

    old: Release
    new: Release
    due: Due | None
    why: tuple[Words, ...]
    paper: AttemptView | None
    last: Attempt | None
    rules: bool = False


def _held(tx: Tx, actor: Actor, course: str) -> KeptCertificate:
    kept = certificates.newest(tx, actor.person, course)
    if kept is None:
        raise NotFound("certificate.none")
    return kept


@query("refreshing.open_refresher", by=Who.MEMBER)
def open_refresher(context: Context, actor: Actor, course_code: str) -> RefresherView:
    """Open the refresher between one's newest certificate and the course as it is now.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `certificate.none`; Unavailable
    `course.unreadable`, `release.not-here`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        mine = enrolment_of(tx, actor, course)
        kept = _held(tx, actor, course)
        _, due = judged(tx, context, kept)
        found = attempts.open_sitting(tx, actor.person, course, REFRESHER)
        past = attempts.past(tx, mine.id)
        why = reasons(tx, context, due) if due else ()
        current = releases.current(tx, course, context.now()) or kept.facts.version
        paper = paper_of(context, tx, found) if found else None
    last = next((one for one in past if one.check == REFRESHER and one.is_marked), None)
    before = kept.facts.version
    new, old = sealed(context, course, current), sealed(context, course, before)
    rules = due is None and refresher_between(context, course, before, current, called=False).rules
    return RefresherView(old, new, due, why, paper, last, rules)


@query("refreshing.open_questions", by=Who.MEMBER)
def open_questions(context: Context, actor: Actor, course_code: str) -> CheckView:
    """Open the questions of a refresher that is under way; without one, `paper` is None.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        mine = enrolment_of(tx, actor, course)
        found = attempts.open_sitting(tx, actor.person, course, REFRESHER)
        paper = paper_of(context, tx, found) if found else None
    release = sealed(context, course, mine.version)
    return CheckView(
        paper.release if paper else release, None, mine, progress_of(release, mine.facts), paper, None
    )


def due_now(tx: Tx, context: Context, actor: Actor, course: str) -> Due:
    """Return why one's certificate is to be renewed.

    Raises: NotFound `certificate.none`; Conflict `renewal.not-due`.
    """
    _, due = judged(tx, context, _held(tx, actor, course))
    if due is None:
        raise Conflict("renewal.not-due")
    return due


def drawn(release: Release, due: Due, seed: str) -> tuple[Drawn, ...]:
    """Lay out the questions of a refresher: the same ones for everybody, their parts by a seed."""
    banks = {module.id: module.quiz for module in release.modules}
    asked = ((module, banks[module].question(name)) for module, name in due.made.items)
    return tuple(Drawn(module, one.id, order_of(one, seed)) for module, one in asked if one)


@command("refreshing.start", by=Who.MEMBER)
def start(context: Context, actor: Actor, course_code: str, attempt_id: str) -> str:
    """Begin the questions of a refresher; give the attempt's id, or that of the one that is under way.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`, `certificate.none`; Invalid `attempt.id`;
    Conflict `renewal.not-due`, `renewal.no-questions`, `attempt.id`.
    """
    if not is_id(attempt_id):
        raise Invalid("attempt.id")
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine = hold_enrolment(tx, actor, course)
        if found := attempts.open_sitting(tx, actor.person, course, REFRESHER):
            return found.attempt.id
        due = due_now(tx, context, actor, course)
        release = sealed(context, course, due.version)
        if not due.made.items:
            raise Conflict("renewal.no-questions")
        fresh = attempts.start(
            tx,
            attempt_id,
            enrolment=mine.id,
            check=REFRESHER,
            version=release.version,
            digest=digest_of(release, None),
            items=drawn(release, due, attempt_id),
            now=context.now(),
        )
        if fresh:
            record(tx, context, actor, "refreshing.start", mine.id)
            return attempt_id
        return already(tx, actor, attempt_id, course, REFRESHER)


# --- what waits -------------------------------------------------------------------------------------
@query("refreshing.waiting", by=Who.MEMBER)
def waiting(context: Context, actor: Actor) -> dict[str, tuple[Due, tuple[Words, ...]]]:
    """Return which of one's certificates are to be renewed, and why, by enrolment; few statements."""
    with context.database.reading() as tx:
        held = renewals.of_person(tx, actor.person)
        lines = releases.lines(tx, context.now()) if held else {}
        found = {
            one.enrolment: due_on(context, one.course, one.version, lines.get(one.course, ())) for one in held
        }
        return {enrolment: (due, reasons(tx, context, due)) for enrolment, due in found.items() if due}
