"""How a look at one thing is told: how it is, what it is, what to do.

Holds the four ways in which a look can end, and no look.
"""

from __future__ import annotations

from dataclasses import dataclass

GOOD, MISSING, BAD, UNSEEN = "ok", "–", "!!", "?"


@dataclass(frozen=True, slots=True)
class DoctorLine:
    """One thing looked at, or not: how it is, what it is, what to do or why nobody looked."""

    mark: str
    about: str
    words: str
