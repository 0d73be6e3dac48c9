"""What came of publishing sealed releases, and whom it touches.

Shapes alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.errors import ParvisError


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of adopting one release.

    `fresh` is False when it was published already; `taken_back` names what waited and cannot follow any more.
    """

    course: str
    version: str
    fresh: bool
    active_from: int
    taken_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A release that could not be adopted, and why."""

    course: str
    version: str
    problem: ParvisError


@dataclass(frozen=True, slots=True)
class Effect:
    """Whom an activation touches: how many are moved at once, how many may choose, how many were complete."""

    replaces: str
    moves: int = 0
    chooses: int = 0
    complete: int = 0
    taken_back: tuple[str, ...] = ()

    @property
    def learners(self) -> int:
        """Count all of them."""
        return self.moves + self.chooses + self.complete
