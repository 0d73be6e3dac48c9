"""Moving learners to a newer release: silently when nothing is lost, by choice when it is material.

One way in for the worker, which moves everybody who need not be asked, and for learners, who choose. Called
by `jobs` and `web`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lms.actions.action import Who, command, record
from lms.actions.catalogue.lookups import course_id, sealed
from lms.actions.catalogue.searching import rebuild
from lms.actions.context import Context
from lms.actions.learning.completion import hold_enrolment, settle_again
from lms.actions.learning.offers import offer_for
from lms.actions.publishing.adopting import settle
from lms.actions.publishing.deadlines import deadline
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Unavailable
from lms.core.learning.moving import plan
from lms.core.learning.records import Enrolled
from lms.core.operations.jobs import ReleaseActivated
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.database import Tx
from lms.storage.learning import enrolments, holds
from lms.storage.operations import outbox
from lms.storage.publishing import releases

AT_A_TIME = 200  # learners moved in one transaction
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Batch:
    """How many learners were moved, and where the next batch begins; None when nobody is left."""

    moved: int
    rest: ReleaseActivated | None


def follow_activation(
    context: Context, work: ReleaseActivated, *, at_a_time: int = AT_A_TIME
) -> ReleaseActivated | None:
    """Do what follows when a release becomes current: move some learners; at last rebuild the search index.

    Its parent is checked again first: what cannot follow on its day is taken back. Return what is left to do:
    the worker lets others have their turn before it goes on.
    """
    if not work.version:
        settle(context, SYSTEM, work.course)
    batch = move_some(context, SYSTEM, work, at_a_time=at_a_time)
    if batch.rest is None:
        rebuild(context, SYSTEM)
    return batch.rest


# In batches, each of them whole: what was moved stays moved.
@command(
    "moving.move_learners",
    by=Who.SYSTEM,
    keeps=("enrolment", "lesson_read", "attempt", "completion", "audit", "job"),
)
def move_learners(context: Context, actor: Actor, course: str, *, at_a_time: int = AT_A_TIME) -> int:
    """Move everybody who need not be asked to the current release, some at a time; return how many."""
    moved, rest = 0, ReleaseActivated(course)
    while True:
        batch = move_some(context, actor, rest, at_a_time=at_a_time)
        moved += batch.moved
        if batch.rest is None:
            return moved
        rest = batch.rest


@command("moving.move_some", by=Who.SYSTEM)
def move_some(context: Context, actor: Actor, work: ReleaseActivated, *, at_a_time: int = AT_A_TIME) -> Batch:
    """Move one batch of those who need not be asked to the current release, in one transaction.

    Before a material change learners keep the time to finish, and a date that was promised to somebody stays;
    the rest is moved when it is over. Whoever was moved is not met again, so that a batch may be done twice.
    A release that cannot be read keeps nobody else waiting: whoever is on it is looked after an hour later.

    Raises: Unavailable `course.unreadable`, `release.not-here` for the current release.
    """
    course = work.course
    with context.database.reading() as tx:
        line = releases.line(tx, course, context.now())
        others = sorted(enrolments.other_versions(tx, course, line[-1].version)) if line else []
    left = [other for other in others if other >= work.version]
    if not left:
        return Batch(0, None)
    rest = ReleaseActivated(course, left[1]) if left[1:] else None
    new, after = sealed(context, course, line[-1].version), work.after if left[0] == work.version else ""
    try:
        old, until = sealed(context, course, left[0]), deadline(context, course, left[0], line)
    except Unavailable:
        with context.database.writing() as tx:
            _come_back(tx, context, course, left[0], context.now() + HOUR)
        return Batch(0, rest)
    begin = replace(work, version=left[0], after=after)
    moved, last = _move_some(context, actor, (old, new), begin, until, at_a_time=at_a_time)
    return Batch(moved, replace(begin, after=last) if last else rest)


def _move_some(
    context: Context,
    actor: Actor,
    change: tuple[Release, Release],
    begin: ReleaseActivated,
    until: int,
    *,
    at_a_time: int,
) -> tuple[int, str]:
    """Move whose time is over; return how many, and after which enrolment the next begins ('' if none)."""
    (old, new), now, course = change, context.now(), change[0].course.id
    with context.database.writing() as tx:
        held = holds.at_version(tx, course, old.version, begin.after, at_a_time)
        some = enrolments.at_version(tx, course, old.version, begin.after, at_a_time)
        here = [mine for mine in some if held is None or mine.id in held]
        ends = {mine.id: 0 if mine.completed_at else max(until, mine.stays_until) for mine in here}
        chosen = [mine for mine in here if ends[mine.id] <= now]
        for mine in chosen:
            move_one(tx, context, mine, old, new)
            settle_again(tx, context, actor, mine.person, course)
        for end in sorted({end for end in ends.values() if end > now}):
            _come_back(tx, context, course, old.version, end)
        if some:
            about = f"{course} {old.version} {new.version} {some[0].id} {some[-1].id}"
            record(tx, context, actor, "moving.move_learners", about)
    return len(chosen), some[-1].id if len(some) == at_a_time else ""


def _come_back(tx: Tx, context: Context, course: str, version: str, when: int) -> None:
    key = f"activated:{course}:{version}:{when}:end"
    outbox.put(tx, context, key, ReleaseActivated(course), after=when - context.now())


def move_one(tx: Tx, context: Context, mine: Enrolled, old: Release, new: Release) -> None:
    """Pin one held enrolment to another release, in an open transaction; its caller settles it."""
    planned = plan(old, new, mine.facts)
    enrolments.credit(tx, mine.id, list(planned.credited), mine.locale, context.now())
    enrolments.lapse(tx, mine.id, list(planned.lessons), list(planned.checks), context.now())
    enrolments.move(tx, mine.id, new.version)


def _choice(context: Context, tx: Tx, actor: Actor, course: str) -> tuple[Enrolled, Release, int]:
    mine = hold_enrolment(tx, actor, course)
    offer = offer_for(context, tx, mine, releases.line(tx, course, context.now()))
    if offer is None:
        raise Conflict("learning.nothing-to-choose")
    return mine, sealed(context, course, offer.release.version), offer.until


@command("moving.move_now", by=Who.LEARNER)
def move_now(context: Context, actor: Actor, course_code: str) -> None:
    """Choose the new release; every lesson and check that it does not touch is kept.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`; Conflict `learning.nothing-to-choose`.
    """
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine, new, _ = _choice(context, tx, actor, course)
        move_one(tx, context, mine, sealed(context, course, mine.version), new)
        settle_again(tx, context, actor, actor.person, course)
        record(tx, context, actor, "moving.move_now", f"{mine.id} {mine.version} {new.version}")


@command("moving.stay", by=Who.LEARNER)
def stay(context: Context, actor: Actor, course_code: str) -> int:
    """Choose to finish the release one is on; give until when (milliseconds).

    Raises: NotFound `course.unknown`, `learning.not-enrolled`; Conflict `learning.nothing-to-choose`.
    """
    course = course_id(context, course_code)
    with context.database.writing() as tx:
        mine, new, until = _choice(context, tx, actor, course)
        enrolments.stay(tx, mine.id, until)
        record(tx, context, actor, "moving.stay", f"{mine.id} {mine.version} {new.version}")
    return until
