"""What is on record of a learner: the enrolment in a course, the attempts at its checks.

Shapes alone: `progress` judges them, the database fills them. Times are milliseconds since 1970 UTC, 0 where
something has not happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.courses.quiz import Answers
from lms.core.learning.draw import Drawn
from lms.core.learning.progress import LearnerRecord
from lms.core.legislation.held import HoldMark


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One enrolment with what happened in it; `holds` are those of its course, whatever the release."""

    id: str
    person: str
    organisation: str
    course: str
    version: str
    locale: str
    created_at: int
    completed_at: int
    stays_until: int
    facts: LearnerRecord
    holds: tuple[HoldMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt; `points` is exact text and empty until it is marked.

    One that has lapsed is marked like any other, but no longer counts: a material change asks for it again.
    `left_out` are the questions that were on hold when it was marked and that `points` and `out_of` do
    without, because that was better; `by_question` has them all.
    """

    id: str
    enrolment: str
    check: str
    version: str
    digest: str
    items: tuple[Drawn, ...]
    saved: int
    started_at: int
    submitted_at: int
    lapsed: bool = False
    points: str = ""
    out_of: int = 0
    passed: bool = False
    by_question: Mapping[str, str] | None = None
    left_out: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Return whether it can still be answered."""
        return not self.submitted_at

    @property
    def is_marked(self) -> bool:
        """Return whether there is a mark."""
        return self.by_question is not None


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt, whose it is with the facts, and the answers so far with their save numbers."""

    attempt: Attempt
    enrolled: Enrolled
    answers: Answers
    saves: Mapping[str, int]
