"""Adopting releases: a database row makes a seal published, an activation makes it current from a day on.

Every way of publishing goes through here: set-up, a pulled site folder, the desk. The files were sealed
before; what does not match its digests is refused. Called by `cli` and `web`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.deed import Who, deed, record
from lms.actions.desk import Desk
from lms.core.course import Release
from lms.core.errors import Conflict, Invalid, NotFound, ParvisError
from lms.core.people import Actor
from lms.storage import outbox, releases, tasks
from lms.storage.database import Tx
from lms.storage.releases import Activation

ACTIVATED = "release-activated"  # kind of the job that follows an activation
PARENT_GONE = "release-parent-not-current"


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of adopting one release; `fresh` is False when it was published already."""

    course: str
    version: str
    fresh: bool
    active_from: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A release that could not be adopted, and why."""

    course: str
    version: str
    problem: ParvisError


@deed("adopting.adopt", by=Who.ADMIN)
def adopt(desk: Desk, actor: Actor, course: str, version: str, *, active_from: int = 0) -> Adopted:
    """Publish a sealed release, and let it be current now or from a moment on (milliseconds).

    Adopting it again changes nothing; with another date its activation is moved, as long as that lies ahead.
    A release whose parent is not the current one is not activated: a task is opened, because somebody has to
    bring both together.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `release.broken-seal`; Conflict
    `release.other-digest`, `release.already-active`, `release.parent-not-current`.
    """
    if course not in desk.library.courses():
        raise NotFound("course.unknown", course=course)
    release = desk.library.release(course, version)
    if findings := desk.library.verify(course, version):
        raise Invalid("release.broken-seal", findings, course=course, version=version)
    with desk.database.writing() as tx:
        fresh = _publish(tx, desk, actor, release)
        stands = _standing(tx, course, version)
        if stands and not active_from:
            return Adopted(course, version, fresh, stands.active_from)
        if stands:
            _withdraw(tx, desk, actor, stands)
        start = _free_moment(tx, course, max(active_from, desk.now()))
        follows = releases.current(tx, course, start) == release.parent
        if follows:
            _activate(tx, desk, actor, release, start)
            _withdraw_rivals(tx, desk, actor, release, start)
        else:
            _ask_for_help(tx, desk, course, version)
    if not follows:
        raise Conflict("release.parent-not-current", course=course, version=version, parent=release.parent)
    return Adopted(course, version, fresh, start)


def _publish(tx: Tx, desk: Desk, actor: Actor, release: Release) -> bool:
    course, version = release.course.id, release.version
    if releases.adopt(tx, course, version, release.digest, now=desk.now(), by=actor.person):
        record(tx, desk, actor, "adopting.adopt", f"{course} {version} {release.digest}")
        return True
    if releases.adopted(tx, course, version) != release.digest:
        raise Conflict("release.other-digest", course=course, version=version)
    return False


def _not_cancelled(tx: Tx, course: str) -> tuple[Activation, ...]:
    return tuple(one for one in releases.activations(tx, course) if not one.cancelled_at)


def _standing(tx: Tx, course: str, version: str) -> Activation | None:
    """Give the activation of this version that was not cancelled."""
    found = (one for one in _not_cancelled(tx, course) if one.version == version)
    return next(found, None)


def _free_moment(tx: Tx, course: str, wanted: int) -> int:
    """Give the first moment at which nothing else becomes current, so that one always follows the other."""
    taken = {one.active_from for one in _not_cancelled(tx, course)}
    while wanted in taken:
        wanted += 1
    return wanted


def _ask_for_help(tx: Tx, desk: Desk, course: str, version: str) -> None:
    tasks.open_task(tx, desk.new_id(), PARENT_GONE, f"{course} {version}", now=desk.now())


def _withdraw_rivals(tx: Tx, desk: Desk, actor: Actor, release: Release, start: int) -> None:
    """Cancel what was to follow the same parent later: it was made without knowing of this release."""
    for one in _not_cancelled(tx, release.course.id):
        rival = desk.library.release(one.course, one.version)
        if one.active_from > start and rival.parent == release.parent:
            _withdraw(tx, desk, actor, one)
            _ask_for_help(tx, desk, one.course, one.version)


def _activate(tx: Tx, desk: Desk, actor: Actor, release: Release, start: int) -> None:
    id_, course, now = desk.new_id(), release.course.id, desk.now()
    releases.activate(tx, id_, course, release.version, active_from=start, now=now, by=actor.person)
    outbox.enqueue(tx, desk, ACTIVATED, f"activated:{id_}", {"course": course}, after=start - now)
    record(tx, desk, actor, "adopting.activate", f"{course} {release.version} {start}")


def _withdraw(tx: Tx, desk: Desk, actor: Actor, stands: Activation) -> None:
    if stands.active_from <= desk.now():
        raise Conflict("release.already-active", course=stands.course, version=stands.version)
    releases.cancel(tx, stands.id, desk.now())
    record(tx, desk, actor, "adopting.withdraw", f"{stands.course} {stands.version}")


@deed("adopting.withdraw", by=Who.ADMIN)
def withdraw(desk: Desk, actor: Actor, course: str, version: str) -> None:
    """Cancel an activation that lies ahead (a proclamation may slip); the release stays adopted.

    Raises: NotFound `release.not-waiting`; Conflict `release.already-active`.
    """
    with desk.database.writing() as tx:
        stands = _standing(tx, course, version)
        if stands is None:
            raise NotFound("release.not-waiting", course=course, version=version)
        _withdraw(tx, desk, actor, stands)


@deed("adopting.adopt_all", by=Who.ADMIN)
def adopt_all(desk: Desk, actor: Actor) -> tuple[Adopted | Refused, ...]:
    """Adopt every sealed release of the site that is not adopted yet, oldest first; one transaction each."""
    found: list[Adopted | Refused] = []
    for course in desk.library.courses():
        for version in desk.library.versions(course):
            try:
                found.append(adopt(desk, actor, course, version))
            except (Conflict, Invalid) as problem:
                found.append(Refused(course, version, problem))
    return tuple(found)
