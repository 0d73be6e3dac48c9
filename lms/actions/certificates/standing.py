"""What a certificate is worth today, and why: by what happened to it and by what the course changed since.

A renewal is due when a material change lies in what its holder learned: when there is something to refresh.
Judged over sealed releases, once for each pair. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.actions.catalogue.lookups import sealed, shelved_one
from lms.actions.context import Context
from lms.actions.publishing.deadlines import first_material
from lms.core.certificates.issued import KeptCertificate
from lms.core.certificates.refreshers import Refresher, refresher
from lms.core.certificates.verification import State, state
from lms.core.errors import Unavailable
from lms.core.locales import Words
from lms.core.publishing.activations import MATERIAL, Activation, after
from lms.storage.database import Tx
from lms.storage.publishing import releases


@dataclass(frozen=True, slots=True)
class Due:
    """Why a renewal is due: from which version to which, since when (milliseconds), by which steps.

    `told` is the last step that matters: who has been told of it is not told again.
    """

    course: str
    before: str
    version: str
    since: int
    steps: tuple[str, ...]
    told: str
    made: Refresher


def refresher_between(context: Context, course: str, before: str, version: str, *, called: bool) -> Refresher:
    """Return the refresher between two sealed releases; they never change, so neither does this.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """

    def make() -> Refresher:
        return refresher(sealed(context, course, before), sealed(context, course, version), called=called)

    return context.kept.refreshers.take((course, before, version), make)


def due_on(context: Context, course: str, version: str, line: Sequence[Activation]) -> Due | None:
    """Return why what was learned on a release has to be renewed; None when nothing in it changed materially.

    A release that cannot be read now makes nothing due: somebody is told, and it is judged again later.
    """
    try:
        return _due(context, course, version, line)
    except Unavailable:
        return None


def _due(context: Context, course: str, version: str, line: Sequence[Activation]) -> Due | None:
    first = first_material(context, course, version, line)
    if first is None:
        return None
    steps = [one for one in after(line, version) if one.change == MATERIAL]
    made = refresher_between(context, course, version, line[-1].version, called=bool(steps))
    if made.is_empty:
        return None
    matter = [one for one in steps if _matters(context, one)] or [first]
    told = matter[-1].version
    return Due(
        course,
        version,
        line[-1].version,
        matter[0].active_from,
        tuple(one.version for one in matter),
        told,
        made,
    )


def _matters(context: Context, step: Activation) -> bool:
    """Return whether a step by itself has something to refresh; one whose parent is not known does."""
    if not step.parent:
        return True
    return not refresher_between(context, step.course, step.parent, step.version, called=True).is_empty


def due_for(tx: Tx, context: Context, course: str, version: str) -> Due | None:
    """Return `due_on` for the line of what was published until now."""
    return due_on(context, course, version, releases.line(tx, course, context.now()))


def standing_of(tx: Tx, context: Context, kept: KeptCertificate) -> State:
    """Judge a certificate by what happened to it and by the course as it is today."""
    return judged(tx, context, kept)[0]


def judged(tx: Tx, context: Context, kept: KeptCertificate) -> tuple[State, Due | None]:
    """Judge a certificate, and say why its renewal is due where it is."""
    found = state(kept.events, changed=False)
    due = due_for(tx, context, kept.facts.course_id, kept.facts.version) if found is State.VALID else None
    return state(kept.events, changed=due is not None), due


def reasons(tx: Tx, context: Context, due: Due) -> tuple[Words, ...]:
    """Return what authors said about each step that matters, oldest first.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """
    return tuple(shelved_one(context, tx, due.course, one).head.why for one in due.steps)
