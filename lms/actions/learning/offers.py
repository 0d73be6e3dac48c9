"""The choice that a material change offers: move now, or finish the release one is on by a date.

Holds what is offered to one learner; until when is judged by `publishing.deadlines`, and a date that was
promised to somebody stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.actions.catalogue.lookups import shelved_one
from lms.actions.context import Context
from lms.actions.publishing.deadlines import deadline
from lms.core.courses.course import Release
from lms.core.learning.records import Enrolled
from lms.core.publishing.activations import Activation
from lms.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Offer:
    """The newer release (no texts), until when one may stay (milliseconds), and whether that was chosen."""

    release: Release
    until: int
    chosen: bool


def offer_for(context: Context, tx: Tx, mine: Enrolled, line: Sequence[Activation]) -> Offer | None:
    """Return the choice that somebody has; none while nothing material is newer, or when they are complete.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """
    if not line or line[-1].version == mine.version or mine.completed_at:
        return None
    until = mine.stays_until or deadline(context, mine.course, mine.version, line)
    if not until:
        return None
    newest = shelved_one(context, tx, mine.course, line[-1].version)
    return Offer(newest.outline, until, chosen=bool(mine.stays_until))
