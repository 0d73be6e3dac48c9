"""The choice that a material change offers: move now, or finish the release one is on by a date.

Holds the judgement over two sealed releases, made once for each pair. Called by `learning` and `moving`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.desk import Desk
from lms.core.change import Change
from lms.core.course import Release
from lms.core.moving import DAYS_TO_FINISH, change_for
from lms.storage.enrolments import Enrolled

DAY = 86_400_000
_changes: dict[tuple[str, str], Change] = {}


@dataclass(frozen=True, slots=True)
class Offer:
    """The newer release, until when one may stay (milliseconds), and whether that was chosen."""

    release: Release
    until: int
    chosen: bool


def change_of(old: Release, new: Release) -> Change:
    """Say how much a move between two sealed releases changes; they never change, so neither does this."""
    pair = (old.digest, new.digest)
    if pair not in _changes:
        _changes[pair] = change_for(old, new)
    return _changes[pair]


def last_day(since: int) -> int:
    """Give the moment until which one may stay on the release before, current since then."""
    return since + DAYS_TO_FINISH * DAY


def offer_for(desk: Desk, mine: Enrolled, current: tuple[str, int] | None) -> Offer | None:
    """Give the choice that somebody has; none while nothing material is newer, or when they are complete."""
    if current is None or current[0] == mine.version or mine.completed_at:
        return None
    version, since = current
    old, new = desk.library.release(mine.course, mine.version), desk.library.release(mine.course, version)
    if change_of(old, new) is not Change.MATERIAL:
        return None
    return Offer(new, last_day(since), chosen=bool(mine.stays_until))
