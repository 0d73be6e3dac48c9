"""Publishing: a database row makes a seal published, an activation makes it current from a day on.

Every way of publishing goes through here: set-up, a pulled site folder, the desk. The files were sealed
before (`publishing`); what does not match its digests is refused. Whoever activates holds the course until
the transaction ends, so two people at once are one after the other. An activation can be moved or taken back
until its day; nothing is published into the past, and nobody is moved back: a way back is a new release.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import head_of, sealed, shelve
from lms.actions.catalogue.offline_files import sizes_of
from lms.actions.context import Context
from lms.actions.legislation.lifting import lift_changed
from lms.actions.publishing import conformance
from lms.actions.publishing.deadlines import deadline
from lms.content.seals.outlines import pack
from lms.core.authoring.impact import prepared_for
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid, NotFound, Unavailable
from lms.core.operations.jobs import HoldersToTell, ReleaseActivated
from lms.core.people.actors import Actor
from lms.core.publishing.activations import Activation, Judged, blocked, in_force, judge, versions_under
from lms.core.publishing.adopted import Adopted, Effect, Refused
from lms.core.publishing.change import change_between, least_version
from lms.core.publishing.release_head import ReleaseHead
from lms.storage.database import Tx
from lms.storage.learning import enrolments
from lms.storage.operations import outbox, tasks
from lms.storage.publishing import release_index, releases

PARENT_GONE = "release-parent-not-current"
#: What stays of a release that is known and cannot become current yet.
_KNOWN = ("adopted_release", "release_index", "course_code", "conformance", "audit")


# --- a seal becomes known ---------------------------------------------------------------------------------
def _verified(context: Context, course: str, version: str) -> Release:
    if course not in context.library.courses():
        raise NotFound("course.unknown", course=course)
    release = context.library.release(course, version)
    if findings := context.library.verify(course, version):
        raise Invalid("release.broken-seal", findings, course=course, version=version)
    return release


def _measured(context: Context, release: Release) -> ReleaseHead:
    """Return what the index says of a release: measured once, since drawing every file takes a while."""
    name = release.course.id, release.version
    with context.database.reading() as tx:
        found = release_index.find(tx, [name])
    if found:
        return found[0]
    files = context.library.sealed_files(*name)
    return replace(head_of(release), sizes=sizes_of(context, release), files=files, outline=pack(release))


def _note(context: Context, actor: Actor, release: Release) -> bool:
    """Make a verified seal known, with its row in the index; return False when it was known before.

    A transaction of its own: a release stays known when it cannot be activated yet.
    """
    course, version, head = release.course.id, release.version, _measured(context, release)
    checked = conformance.missing(context, release)
    with context.database.writing() as tx:
        fresh = releases.adopt(tx, course, version, release.digest, now=context.now(), by=actor.person)
        if not fresh and releases.adopted(tx, course, version) != release.digest:
            raise Conflict("release.other-digest", course=course, version=version)
        if not release_index.claim_code(tx, release.course.code, course):
            raise Conflict("course.code-taken", course=course, taken=release.course.code)
        release_index.add(tx, head)
        conformance.keep(tx, context, release, checked, fresh=fresh)
        if fresh:
            record(tx, context, actor, "adopting.adopt", f"{course} {version} {release.digest}")
    shelve(context, head, release)
    return fresh


@command("adopting.adopt", by=Who.ADMIN, keeps=(*_KNOWN, "task"))
def adopt(context: Context, actor: Actor, course: str, version: str, *, active_from: int = 0) -> Adopted:
    """Publish a sealed release, and let it be current now or from a moment on (milliseconds).

    Adopting it again changes nothing, for the same day neither; with another day its activation is moved, as
    long as that lies ahead.
    A release whose parent is not the current one is not activated: a task is opened, because somebody has
    to bring both together. One that was current before is refused by name, with the way back.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `release.broken-seal`,
    `release.lacks-alternatives`, `release.day-in-past`, `release.law-not-yet`; Conflict
    `release.other-digest`, `course.code-taken`, `release.already-active`, `release.superseded`,
    `release.parent-not-current`, `release.followers-wait`.
    """
    return _adopt(context, actor, course, version, active_from)


def _adopt(
    context: Context, actor: Actor, course: str, version: str, active_from: int, *, old_too: bool = False
) -> Adopted:
    start = _start(context, course, version, active_from)
    release = _verified(context, course, version)
    fresh = _note(context, actor, release)
    with context.database.reading() as tx:
        planned = _planned(tx, course)
        line = in_force(planned, context.now())
    stands = _of(planned, version)
    if stands in line[:-1] and not old_too:
        raise Conflict("release.superseded", **_way_back(context, release, line[-1].version))
    if stands is None or active_from:
        return replace(_activate(context, actor, release, start, again=bool(active_from)), fresh=fresh)
    return Adopted(course, version, fresh, stands.active_from)


def _way_back(context: Context, old: Release, current: str) -> dict[str, str]:
    """Return how what an old release said becomes current again: as a new one, with an honest number."""
    course = old.course.id
    change = change_between(sealed(context, course, current), old)
    numbered = least_version(context.library.versions(course)[-1], change)
    return {"course": course, "version": old.version, "current": current, "next": numbered}


# One decision each: what was decided before one that cannot be read stays.
@command(
    "adopting.adopt_all",
    by=Who.ADMIN,
    keeps=(*_KNOWN, "task", "activation", "job"),
)
def adopt_all(context: Context, actor: Actor) -> tuple[Adopted | Refused, ...]:
    """Adopt every sealed release of the site that is not adopted yet, oldest first; one decision each."""
    found: list[Adopted | Refused] = []
    for course in context.library.courses():
        for version in context.library.versions(course):
            try:
                found.append(_adopt(context, actor, course, version, 0, old_too=True))
            except (Conflict, Invalid) as problem:
                found.append(Refused(course, version, problem))
    return tuple(found)


# --- a release becomes current ------------------------------------------------------------------------------
def _start(context: Context, course: str, version: str, wanted: int) -> int:
    """Return the moment that is meant: now when none is given, or when the day is today.

    What has become current on the very day that is asked for keeps its moment.

    Raises: Invalid `release.day-in-past`.
    """
    now = context.now()
    if not wanted or wanted >= now:
        return max(wanted, now)
    with context.database.reading() as tx:
        begun = _of(in_force(_planned(tx, course), now), version)
    if begun and context.day_of(begun.active_from) == context.day_of(wanted):
        return begun.active_from
    if context.day_of(wanted) == context.today():
        return now
    raise Invalid("release.day-in-past", day=context.day_of(wanted))


def _planned(tx: Tx, course: str) -> tuple[Activation, ...]:
    return tuple(one for one in releases.activations(tx, course) if not one.cancelled_at)


def _of(planned: Iterable[Activation], version: str) -> Activation | None:
    return next((one for one in planned if one.version == version), None)


def _free_moment(planned: Iterable[Activation], wanted: int, now: int) -> int:
    """Return the first moment after all that is current already, at which nothing else becomes current."""
    taken = {one.active_from for one in planned}
    begun = max((moment for moment in taken if moment <= now), default=-1)
    start = max(wanted, begun + 1)
    while start in taken:
        start += 1
    return start


@command("adopting.activate", by=Who.ADMIN, keeps=("task",))
def activate(context: Context, actor: Actor, course: str, version: str, *, active_from: int = 0) -> Adopted:
    """Activate an adopted release, now or from a moment on; doing it again changes nothing.

    Raises: NotFound `release.unknown`; Invalid `release.day-in-past`, `release.law-not-yet`; Conflict
    `release.parent-not-current`; Unavailable `course.unreadable`, `release.not-here`.
    """
    start = _start(context, course, version, active_from)
    return _activate(context, actor, _known(context, course, version), start, again=False)


@command("adopting.reschedule", by=Who.ADMIN, keeps=("task",))
def reschedule(context: Context, actor: Actor, course: str, version: str, *, active_from: int) -> Adopted:
    """Move an activation that lies ahead to another moment: judged before anything is taken back.

    Raises: NotFound `release.unknown`; Invalid `release.day-in-past`, `release.law-not-yet`; Conflict
    `release.already-active`, `release.parent-not-current`, `release.followers-wait`; Unavailable
    `course.unreadable`, `release.not-here`.
    """
    start = _start(context, course, version, active_from)
    return _activate(context, actor, _known(context, course, version), start, again=True)


def _known(context: Context, course: str, version: str) -> Release:
    with context.database.reading() as tx:
        digest = releases.adopted(tx, course, version)
    if not digest:
        raise NotFound("release.unknown", course=course, version=version)
    return sealed(context, course, version)


def _activate(context: Context, actor: Actor, release: Release, start: int, *, again: bool) -> Adopted:
    """Activate a release, or move its activation (`again`); one transaction, which holds the course."""
    course, version, now = release.course.id, release.version, context.now()
    if context.day_of(start) < (day := prepared_for(release)):
        raise Invalid("release.law-not-yet", day=day)
    with context.database.writing() as tx:
        release_index.hold(tx, course)
        everything = _planned(tx, course)
        late = blocked(everything, now)
        planned = tuple(one for one in everything if one not in late)
        stands, wanted = _of(planned, version), _wanted(context, planned, release, start)
        if stands and (not again or stands.active_from in {start, wanted.active_from}):
            return Adopted(course, version, fresh=False, active_from=stands.active_from)
        if stands and stands.active_from <= now:
            raise Conflict("release.already-active", course=course, version=version)
        judged = judge(planned, wanted)
        if judged.follows and judged.follower is None:
            _take_back(tx, context, actor, (*judged.falls, *(one for one in late if one.version != version)))
            for former in (one for one in everything if one.version == version):
                _cancel(tx, context, actor, former)
            _make_current(tx, context, actor, wanted)
    _refuse(context, release, judged)
    taken_back = tuple(one.version for one in judged.falls)
    return Adopted(course, version, fresh=True, active_from=wanted.active_from, taken_back=taken_back)


def _wanted(context: Context, planned: Iterable[Activation], release: Release, start: int) -> Activation:
    """Return the activation that is asked for, at a moment of its own; what it had before does not count."""
    version = release.version
    free = _free_moment((one for one in planned if one.version != version), start, context.now())
    return Activation(context.new_id(), release.course.id, version, free, 0, release.parent, release.change)


def _refuse(context: Context, release: Release, judged: Judged) -> None:
    told = {"course": release.course.id, "version": release.version}
    if judged.follower is not None:
        day = context.day_of(judged.follower.active_from)
        raise Conflict("release.followers-wait", **told, follower=judged.follower.version, day=day)
    if not judged.follows:
        with context.database.writing() as tx:  # of its own: the task stays when the rest is refused
            _ask_for_help(tx, context, release.course.id, release.version)
        raise Conflict("release.parent-not-current", **told, parent=release.parent)


def _ask_for_help(tx: Tx, context: Context, course: str, version: str) -> None:
    tasks.open_task(tx, context.new_id(), PARENT_GONE, f"{course} {version}", now=context.now())


def _make_current(tx: Tx, context: Context, actor: Actor, one: Activation) -> None:
    now, course = context.now(), one.course
    releases.activate(tx, one.id, course, one.version, active_from=one.active_from, now=now, by=actor.person)
    outbox.put(tx, context, f"activated:{one.id}", ReleaseActivated(course), after=one.active_from - now)
    if one.parent != "":  # before the first release of a course nobody holds a certificate
        outbox.put(tx, context, f"holders:{one.id}", HoldersToTell(course), after=one.active_from - now)
    tasks.close(tx, PARENT_GONE, f"{course} {one.version}", now=now)
    if one.active_from <= now:
        lift_changed(tx, context, actor, course, (one,))
    record(tx, context, actor, "adopting.activate", f"{course} {one.version} {one.active_from}")


def _cancel(tx: Tx, context: Context, actor: Actor, one: Activation) -> None:
    releases.cancel(tx, one.id, context.now())
    record(tx, context, actor, "adopting.withdraw", f"{one.course} {one.version}")


def _take_back(tx: Tx, context: Context, actor: Actor, some: Iterable[Activation]) -> None:
    """Cancel what cannot follow any more, and open a task for each: it was made without knowing of this."""
    for one in some:
        _cancel(tx, context, actor, one)
        _ask_for_help(tx, context, one.course, one.version)


@command("adopting.withdraw", by=Who.ADMIN)
def withdraw(context: Context, actor: Actor, course: str, version: str) -> tuple[str, ...]:
    """Cancel an activation that lies ahead (a proclamation may slip); the release stays adopted.

    What descends from it is taken back with it, since it holds the same change; return those versions.

    Raises: NotFound `release.not-waiting`; Conflict `release.already-active`.
    """
    with context.database.writing() as tx:
        release_index.hold(tx, course)
        planned = _planned(tx, course)
        stands = _of(planned, version)
        if stands is None:
            raise NotFound("release.not-waiting", course=course, version=version)
        if stands in in_force(planned, context.now()):
            raise Conflict("release.already-active", course=course, version=version)
        under = versions_under(planned, version)
        falls = tuple(one for one in planned if one.version in under)
        _cancel(tx, context, actor, stands)
        _take_back(tx, context, actor, falls)
    return tuple(one.version for one in falls)


@command("adopting.settle", by=Who.SYSTEM)
def settle(context: Context, actor: Actor, course: str) -> tuple[str, ...]:
    """Take back what is due and cannot become current because its parent is not; return those versions.

    The parent was checked when the day was set; it is checked again on the day. What the releases answer
    that have become current is no longer on hold.
    """
    with context.database.writing() as tx:
        release_index.hold(tx, course)
        planned, now = _planned(tx, course), context.now()
        late = blocked(planned, now)
        _take_back(tx, context, actor, late)
        lift_changed(tx, context, actor, course, in_force(planned, now))
    return tuple(one.version for one in late)


# One release each, as above.
@command("adopting.fill_index", by=Who.SYSTEM, keeps=("release_index", "course_code", "conformance"))
def fill_index(context: Context, actor: Actor) -> int:
    """Bring releases into the index that were adopted before there was one; return how many could be read."""
    with context.database.reading() as tx:
        missing = release_index.unlisted(tx)
    count = 0
    for course, version in missing:
        try:
            count += not _note(context, actor, sealed(context, course, version))
        except (Conflict, Unavailable):
            continue
    return count


@query("adopting.effect", by=Who.ADMIN)
def effect(context: Context, actor: Actor, course: str, version: str, *, active_from: int = 0) -> Effect:
    """Return whom it would touch to activate a sealed release, before it is done.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `release.broken-seal`,
    `release.day-in-past`, `release.law-not-yet`; Unavailable `course.unreadable`, `release.not-here`.
    """
    start, now = _start(context, course, version, active_from), context.now()
    release = _verified(context, course, version)
    with context.database.reading() as tx:
        everything, counts = _planned(tx, course), enrolments.counted(tx, course)
    late = blocked(everything, now)
    planned = tuple(one for one in everything if one not in late)
    others = tuple(one for one in planned if one.version != version)
    wanted, line = _wanted(context, planned, release, start), in_force(others, start)
    judged = judge(planned, wanted)
    if not judged.follows or judged.follower or _of(in_force(planned, now), version):
        return Effect("".join(one.version for one in in_force(planned, start)[-1:]))
    line = (*line, wanted)
    elsewhere = {other: count for other, count in counts.items() if other != version}
    choosing = sum(
        under_way
        for other, (under_way, _) in elsewhere.items()
        if under_way and deadline(context, course, other, line)
    )
    return Effect(
        replaces=release.parent,
        moves=sum(under_way for under_way, _ in elsewhere.values()) - choosing,
        chooses=choosing,
        complete=sum(complete for _, complete in elsewhere.values()),
        taken_back=tuple(one.version for one in judged.falls),
    )
