"""Whether the clock on the wall can be believed.

A clock can be set, wrongly too; a steady one, which counts since the machine started, cannot. While the two
disagree, nothing may be deleted because it is old, and nothing that was planned for a day is done.
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60_000
HOUR = 60 * MINUTE
TOLERANCE = 10 * MINUTE  # by which a clock may be corrected without a word
LONGEST_PAUSE = 48 * HOUR  # for which a site may have been switched off without a word
HOLD = 24 * HOUR  # after which a new time is believed, unless it was put right before
TRUSTED = -1


@dataclass(frozen=True, slots=True)
class Belief:
    """What the time ought to be, and for how long the clock has said something else (-1: it does not)."""

    at: int
    doubted: int = TRUSTED

    @property
    def is_trusted(self) -> bool:
        """Return whether the clock agrees with what the time ought to be."""
        return self.doubted == TRUSTED


def judge(before: Belief | None, now: int, passed: int | None) -> Belief:
    """Compare the clock (`now`) with what it ought to say; `passed` is the steady time since `before`.

    `passed` is None after a start: then nobody knows how long the site was switched off.

    >>> judge(Belief(0), 365 * 24 * HOUR, MINUTE)
    Belief(at=60000, doubted=60000)
    >>> judge(Belief(MINUTE, MINUTE), 2 * MINUTE, MINUTE)
    Belief(at=120000, doubted=-1)
    """
    if before is None:
        return Belief(now)
    ought = before.at + (passed or 0)
    furthest = LONGEST_PAUSE if passed is None else TOLERANCE
    if -TOLERANCE <= now - ought <= furthest:
        return Belief(now)
    doubted = max(before.doubted, 0) + (passed or 0)
    return Belief(now) if doubted >= HOLD else Belief(ought, doubted)
