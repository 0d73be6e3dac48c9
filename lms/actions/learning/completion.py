"""What one learner does in a course: held, then changed, then settled.

Whoever changes what happened takes the enrolment with `hold_enrolment` or `hold_sitting` first: two acts of
one learner at the same instant come one after the other, and the second sees what the first has done.
Completion is judged here and nowhere else: every action that notes something read, passed, moved, joined or
recognised calls `settle` in its own transaction, so that "complete" on a page and a completion on record are
the same thing. `mend` goes over everybody whom an older version, or a file that could not be read then,
has left without. Holds no rule of its own: what complete means is in `core.learning.progress`.
"""

from __future__ import annotations

from lms.actions.action import Who, command, record
from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.actions.learning.surveys import ask_later
from lms.core.courses.course import Release
from lms.core.errors import NotFound, Unavailable
from lms.core.learning.progress import FINAL, Progress, progress_of
from lms.core.learning.records import Enrolled, Sitting
from lms.core.people.actors import Actor
from lms.storage.database import Tx
from lms.storage.learning import attempts, enrolments, holds

AT_A_TIME = 50  # enrolments in one transaction


def enrolment_of(tx: Tx, actor: Actor, course: str) -> Enrolled:
    """Return somebody's own enrolment.

    Raises: NotFound `learning.not-enrolled`.
    """
    found = enrolments.find(tx, actor.person, course) if actor.person else None
    if found is None:
        raise NotFound("learning.not-enrolled")
    return found


def hold_enrolment(tx: Tx, actor: Actor, course: str) -> Enrolled:
    """Lock somebody's own enrolment until the transaction ends, and return it as it is then.

    Raises: NotFound `learning.not-enrolled`.
    """
    holds.enrolment(tx, actor.person, course)
    return enrolment_of(tx, actor, course)


def own_sitting(tx: Tx, actor: Actor, attempt_id: str) -> Sitting:
    """Return one of one's own attempts; somebody else's does not exist.

    Raises: NotFound `attempt.unknown`.
    """
    found = attempts.sitting(tx, attempt_id, actor.person) if actor.person else None
    if found is None:
        raise NotFound("attempt.unknown")
    return found


def hold_sitting(tx: Tx, actor: Actor, attempt_id: str) -> Sitting:
    """Lock the enrolment of one of one's own attempts, and return the attempt as it is then.

    Raises: NotFound `attempt.unknown`.
    """
    holds.enrolment_of_attempt(tx, attempt_id, actor.person)
    return own_sitting(tx, actor, attempt_id)


# --- completion ---------------------------------------------------------------------------------------
def settle(tx: Tx, context: Context, actor: Actor, mine: Enrolled) -> Progress:
    """Note the completion if nothing is left of a held enrolment, and return where its learner stands.

    `mine` says what happened, with what this transaction has written. What was complete stays so.
    """
    return _settle(tx, context, actor, mine, sealed(context, mine.course, mine.version))


def _settle(tx: Tx, context: Context, actor: Actor, mine: Enrolled, release: Release) -> Progress:
    at = progress_of(release, mine.facts)
    if at.complete and not mine.completed_at:
        passed = attempts.passing(tx, mine.id, FINAL)
        if enrolments.complete(tx, mine.id, mine.version, passed, context.now()):
            record(tx, context, actor, "learning.complete", mine.id)
            ask_later(tx, context, mine.person, release.course)
    return at


def settle_again(tx: Tx, context: Context, actor: Actor, person: str, course: str) -> bool:
    """Read a held enrolment again and settle it; return whether it is complete.

    For what changes more than one fact. A release that cannot be read now stops nothing: `mend` comes later.
    """
    mine = enrolments.find(tx, person, course)
    release = _readable(context, mine) if mine else None
    return bool(mine and release and _settle(tx, context, actor, mine, release).complete)


def _readable(context: Context, mine: Enrolled) -> Release | None:
    try:
        return sealed(context, mine.course, mine.version)
    except Unavailable:
        return None


def settle_all(tx: Tx, context: Context, actor: Actor, person: str) -> None:
    """Settle everything that somebody learns, whose enrolments are held."""
    for mine in enrolments.of_person(tx, person):
        settle_again(tx, context, actor, person, mine.course)


@command("completion.mend", by=Who.SYSTEM)
def mend(context: Context, actor: Actor, *, at_a_time: int = AT_A_TIME) -> int:
    """Note every completion that is missing; return how many were."""
    mended, after = 0, ""
    while True:
        with context.database.writing() as tx:
            some = enrolments.not_complete(tx, FINAL, after, at_a_time)
            for person, course, _ in some:
                holds.enrolment(tx, person, course)
                mended += settle_again(tx, context, actor, person, course)
        if len(some) < at_a_time:
            return mended
        after = some[-1][2]
