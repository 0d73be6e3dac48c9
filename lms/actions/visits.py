"""Visits: trying a first module without an account, and taking over later what was begun so.

A visitor is a person without an account, known by one browser alone. Nobody is added for a course that there
is not, and no network address adds people without end. A visitor's progress is joined to an account only
after "Was this you?", because a shared computer may have had another visitor.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, record
from lms.actions.catalogue.lookups import course_id, current_release, sealed
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.learning.completion import settle_again
from lms.actions.learning.learning import Learning
from lms.actions.learning.moving import move_one
from lms.actions.people import limits
from lms.actions.people.sessions import LONGEST, add_visitor
from lms.actions.people.signing_in import Browser
from lms.core.errors import Conflict, NotAllowed, NotFound
from lms.core.learning.moving import is_newer
from lms.core.learning.records import Enrolled
from lms.core.people.actors import Actor
from lms.storage.database import Tx
from lms.storage.learning import enrolments, holds
from lms.storage.people import persons, sessions, visitors

VISITS = limits.Limit("visits", 120, 60, "visit.too-often")  # per network address: a school shares one


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit that has begun: the value for the browser, and the course as it stands."""

    token: str
    learning: Learning


@command("visits.begin", by=Who.ANYONE, keeps=("throttle",))
def begin(context: Context, actor: Actor, course_code: str, locale: str, *, browser: Browser) -> Visited:
    """Allow somebody without an account to begin the first module of a course.

    Raises: Conflict `visit.not-needed`; NotFound `course.unknown`; NotAllowed `deed.sign-in-first` when the
    browser has idled out of an account, `visit.too-often`.
    """
    if actor.person:
        raise Conflict("visit.not-needed")
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        release = current_release(tx, context, course)
        before = sessions.find(tx, browser.before, context.now() - LONGEST)
    if before is not None and before.kind == "member":
        raise NotAllowed("deed.sign-in-first")
    limits.take(context, VISITS.of(browser.origin))
    with context.database.writing() as tx:
        visit = add_visitor(tx, context, device=browser.device, before=browser.before)
        record(tx, context, visit.actor, "visits.begin", visit.actor.person)
        mine = learning.begin(tx, context, visit.actor, release, locale, done="learning.enrol")
    return Visited(visit.token, learning.begun(context, mine))


@command("visits.answer", by=Who.MEMBER)
def answer(context: Context, actor: Actor, *, was_me: bool) -> int:
    """Answer "Was this you?": join the visitor's progress, or leave it; return how many courses moved.

    Whose progress waits is read from the session of the actor.

    Raises: NotFound `visit.nothing-waits`.
    """
    moved = 0
    with context.database.writing() as tx:
        visitor = _waiting(tx, context, actor)
        if was_me:
            holds.people_with_enrolments(tx, {visitor, actor.person})
            visitor = _waiting(tx, context, actor)
            moved = _take_over(tx, context, actor, visitor)
            persons.mark_joined(tx, visitor, context.now())
        sessions.forget_visitor(tx, actor.session)
        record(tx, context, actor, "visits.answer", visitor if was_me else "")
    return moved


def _waiting(tx: Tx, context: Context, actor: Actor) -> str:
    row = sessions.find(tx, actor.session, context.now() - LONGEST)
    if row is None or row.person != actor.person or not row.waiting:
        raise NotFound("visit.nothing-waits")
    return row.waiting


def _take_over(tx: Tx, context: Context, actor: Actor, visitor: str) -> int:
    """Join each course of a visitor to the account's, whose enrolments are all held; return how many."""
    found = enrolments.of_person(tx, visitor)
    for theirs in found:
        mine = enrolments.find(tx, actor.person, theirs.course)
        if mine is None:
            enrolments.give(tx, theirs.id, actor.person)
        else:
            _add(tx, context, theirs, mine)
        settle_again(tx, context, actor, actor.person, theirs.course)
    return len(found)


def _add(tx: Tx, context: Context, theirs: Enrolled, mine: Enrolled) -> None:
    """Add a visitor's progress to an enrolment; on an older release it goes through the same move first."""
    version = theirs.version
    if is_newer(mine.version, than=version):
        old, new = (sealed(context, mine.course, one) for one in (version, mine.version))
        move_one(tx, context, theirs, old, new)
        version = mine.version
    visitors.add(tx, theirs.id, mine.id, same_version=version == mine.version)
