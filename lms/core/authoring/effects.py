"""Whom an activation touches: by release and language, never who.

Holds the counts; how a number of people may be said is `core.authoring.impact.crowd`, who is moved and who
chooses is judged by `core.learning.moving`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LearnerGroup:
    """Learners of one release in one language: how many are moved at once, may choose, were complete."""

    version: str
    locale: str
    moves: int = 0
    chooses: int = 0
    complete: int = 0


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What activating a release would do: what it replaces, whom it touches, what is taken back.

    `follows` is False where the release that it follows is not the current one on that day; `waits` names one
    that was made to follow this very release and already has its day.
    """

    replaces: str
    follows: bool
    groups: tuple[LearnerGroup, ...] = ()
    taken_back: tuple[str, ...] = ()
    waits: str = ""
