"""Until when somebody may finish the release they are on: judged over the line of what was published.

The date belongs to the first material activation after one's own release, whatever came after it: a promise
once given is kept. Judged over sealed releases, once for each pair. Holds no learner.
"""

from __future__ import annotations

from collections.abc import Sequence

from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.core.courses.course import Release
from lms.core.learning.moving import DAYS_TO_FINISH, change_for
from lms.core.publishing.activations import MATERIAL, Activation, after
from lms.core.publishing.change import ChangeClass

DAY = 86_400_000


def change_of(context: Context, old: Release, new: Release) -> ChangeClass:
    """Return how much a move between two sealed releases changes; they never change, so neither does this."""
    return context.kept.changes.take((old.digest, new.digest), lambda: change_for(old, new))


def last_day(since: int) -> int:
    """Return the moment until which one may stay on the release before, current since then."""
    return since + DAYS_TO_FINISH * DAY


def first_material(
    context: Context, course: str, version: str, line: Sequence[Activation]
) -> Activation | None:
    """Return the first step after a release that is material for whoever is on it; None when none is.

    A step that was published as material counts, and so does one that several steps make material together.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """
    steps = after(line, version)
    called = next((one for one in steps if one.change == MATERIAL), None)
    return called or _together(context, course, version, steps)


def deadline(context: Context, course: str, version: str, line: Sequence[Activation]) -> int:
    """Return until when one may stay on a release (milliseconds); 0 when nothing material came after it.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """
    first = first_material(context, course, version, line)
    return last_day(first.active_from) if first else 0


def _together(context: Context, course: str, version: str, steps: Sequence[Activation]) -> Activation | None:
    """Find the first step that is material for whoever is on this release, though none was called so."""
    if not steps or (len(steps) == 1 and steps[0].change):
        return None
    old = sealed(context, course, version)
    changes = (
        (one, change_of(context, old, sealed(context, course, one.version))) for one in reversed(steps)
    )
    found = [one for one, change in changes if change is ChangeClass.MATERIAL]
    return found[-1] if steps[-1] in found else None
