"""Moving learners to a newer release: silently when nothing is lost, by choice when it is material.

One way in for the worker, which moves everybody who need not be asked, and for learners, who choose. Called
by `jobs` and `web`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.actions.deed import Who, deed, record
from lms.actions.desk import Desk
from lms.actions.learning import enrolment_of
from lms.actions.offers import change_of, last_day, offer_for
from lms.actions.searching import rebuild
from lms.actions.shelves import course_id
from lms.core.change import Change
from lms.core.course import Release
from lms.core.errors import Conflict
from lms.core.moving import plan
from lms.core.people import SYSTEM, Actor
from lms.storage import enrolments, outbox, releases
from lms.storage.database import Tx
from lms.storage.enrolments import Enrolled

AT_A_TIME = 200  # learners moved in one transaction
REMINDED = "release-activated"


def follow_activation(desk: Desk, payload: Mapping[str, object]) -> None:
    """Do what follows when a release becomes current: move learners, make the search index again."""
    move_learners(desk, SYSTEM, str(payload["course"]))
    rebuild(desk, SYSTEM)


@deed("moving.move_learners", by=Who.SYSTEM)
def move_learners(desk: Desk, actor: Actor, course: str) -> int:
    """Move everybody who need not be asked to the current release; give how many.

    Before a material change learners keep the time to finish; the rest is moved when it is over.
    """
    with desk.database.reading() as tx:
        version, since = releases.all_current(tx, desk.now()).get(course, ("", 0))
        others = enrolments.other_versions(tx, course, version) if version else ()
    moved = 0
    for other in others:
        old, new = desk.library.release(course, other), desk.library.release(course, version)
        waits = change_of(old, new) is Change.MATERIAL and desk.now() < last_day(since)
        moved += _move_all(desk, actor, old, new, only_complete=waits)
        if waits:
            _come_back(desk, course, version, last_day(since))
    return moved


def _move_all(desk: Desk, actor: Actor, old: Release, new: Release, *, only_complete: bool) -> int:
    moved, after = 0, ""
    while True:
        with desk.database.writing() as tx:
            some = enrolments.at_version(tx, old.course.id, old.version, after, AT_A_TIME)
            for mine in some:
                if mine.completed_at or not only_complete:
                    _move_one(tx, desk, mine, old, new)
                    moved += 1
            if some:
                about = f"{old.course.id} {old.version} {new.version} {some[0].id} {some[-1].id}"
                record(tx, desk, actor, "moving.move_learners", about)
        if len(some) < AT_A_TIME:
            return moved
        after = some[-1].id


def _come_back(desk: Desk, course: str, version: str, when: int) -> None:
    with desk.database.writing() as tx:
        key = f"activated:{course}:{version}:end"
        outbox.enqueue(tx, desk, REMINDED, key, {"course": course}, after=when - desk.now())


def _move_one(tx: Tx, desk: Desk, mine: Enrolled, old: Release, new: Release) -> None:
    planned = plan(old, new, mine.facts)
    enrolments.credit(tx, mine.id, list(planned.credited), mine.locale, desk.now())
    enrolments.lapse(tx, mine.id, list(planned.lessons), list(planned.checks), desk.now())
    enrolments.move(tx, mine.id, new.version)


def _choice(desk: Desk, tx: Tx, actor: Actor, course: str) -> tuple[Enrolled, Release, int]:
    mine = enrolment_of(tx, actor, course)
    offer = offer_for(desk, mine, releases.all_current(tx, desk.now()).get(course))
    if offer is None:
        raise Conflict("learning.nothing-to-choose")
    return mine, offer.release, offer.until


@deed("moving.move_now", by=Who.LEARNER)
def move_now(desk: Desk, actor: Actor, course_code: str) -> None:
    """Choose the new release; every lesson and check that it does not touch is kept.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`; Conflict `learning.nothing-to-choose`.
    """
    course = course_id(desk, course_code)
    with desk.database.writing() as tx:
        mine, new, _ = _choice(desk, tx, actor, course)
        _move_one(tx, desk, mine, desk.library.release(course, mine.version), new)
        record(tx, desk, actor, "moving.move_now", f"{mine.id} {mine.version} {new.version}")


@deed("moving.stay", by=Who.LEARNER)
def stay(desk: Desk, actor: Actor, course_code: str) -> int:
    """Choose to finish the release one is on; give until when (milliseconds).

    Raises: NotFound `course.unknown`, `learning.not-enrolled`; Conflict `learning.nothing-to-choose`.
    """
    course = course_id(desk, course_code)
    with desk.database.writing() as tx:
        mine, new, until = _choice(desk, tx, actor, course)
        enrolments.stay(tx, mine.id, until)
        record(tx, desk, actor, "moving.stay", f"{mine.id} {mine.version} {new.version}")
    return until
