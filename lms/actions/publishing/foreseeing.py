"""What an activation would do, before it is done: counts by release and language, and nobody's name.

Holds a dry run of `adopting.activate`; a test compares it with what then happens, person by person.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.actions.publishing.deadlines import deadline
from lms.actions.publishing.reach import require_course
from lms.core.authoring.effects import Foreseen, LearnerGroup
from lms.core.people.actors import Actor
from lms.core.publishing.activations import Activation, blocked, in_force, judge
from lms.core.publishing.site import SealHead
from lms.storage.learning import enrolments
from lms.storage.publishing import releases


@query("foreseeing.activation", by=Who.STAFF, scoped=True)
def activation(
    context: Context, actor: Actor, course: str, version: str, *, active_from: int = 0
) -> Foreseen:
    """Return what it would do to activate a sealed version, now or from a moment on.

    Raises: NotFound `course.unknown`, `release.unknown`; Invalid `release.broken-seal`; Unavailable
    `course.unreadable`, `release.not-here`.
    """
    require_course(actor, context, Who.STAFF, course)
    release, now = context.library.release(course, version), context.now()
    start = max(active_from, now)
    with context.database.reading() as tx:
        everything = tuple(one for one in releases.activations(tx, course) if not one.cancelled_at)
        counts = enrolments.counted_by_language(tx, course)
    late = blocked(everything, now)
    planned = tuple(one for one in everything if one not in late)
    others = tuple(one for one in planned if one.version != version)
    free = max([start, *(one.active_from + 1 for one in others if one.active_from <= start)])
    wanted = Activation("~", course, version, free, 0, release.parent, release.change)
    judged = judge(planned, wanted)
    if not judged.follows or judged.follower:
        current = "".join(one.version for one in in_force(planned, start)[-1:])
        waits = judged.follower.version if judged.follower else ""
        return Foreseen(current, follows=judged.follows, waits=waits)
    line = (*in_force(others, start), wanted)
    groups = []
    for (one, locale), (under_way, complete) in sorted(counts.items()):
        if one != version:
            chooses = under_way if under_way and deadline(context, course, one, line) else 0
            groups.append(LearnerGroup(one, locale, under_way - chooses, chooses, complete))
    taken_back = tuple(one.version for one in judged.falls)
    return Foreseen(release.parent, follows=True, groups=tuple(groups), taken_back=taken_back)


@dataclass(frozen=True, slots=True)
class SealedVersion:
    """A sealed version: what it follows, how much it changes, and how it stands.

    `state` is `sealed` (nobody has published it), `waiting` (it has its day), `current` or `past`.
    """

    version: str
    parent: str
    change: str
    date: str
    state: str
    active_from: int = 0


@query("foreseeing.versions", by=Who.STAFF, scoped=True)
def versions(context: Context, actor: Actor, course: str) -> tuple[SealedVersion, ...]:
    """List the sealed versions of a course, the newest first, with how each stands.

    Raises: NotFound `course.unknown`.
    """
    require_course(actor, context, Who.STAFF, course)
    with context.database.reading() as tx:
        planned = tuple(one for one in releases.activations(tx, course) if not one.cancelled_at)
    line = in_force(planned, context.now())
    heads = context.library.heads(course)
    return tuple(_sealed(head, planned, line) for head in reversed(heads))


def _sealed(head: SealHead, planned: tuple[Activation, ...], line: tuple[Activation, ...]) -> SealedVersion:
    mine = next((one for one in planned if one.version == head.version), None)
    since = mine.active_from if mine else 0
    told = head.version, head.parent, head.change, head.date
    if mine is None:
        return SealedVersion(*told, "sealed")
    if mine not in line:
        return SealedVersion(*told, "waiting", since)
    return SealedVersion(*told, "current" if mine is line[-1] else "past", since)
