"""The quiz of a draft as an author edits it: what its file says, whole or not, and what is wrong where.

Holds shapes and look-ups. Values are those of the file: maps, tuples, texts, numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.core.courses.course import Course, Outcome
from lms.core.courses.findings import Finding
from lms.core.locales import Words

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding, and the path in the file of what it speaks of."""

    path: Path
    finding: Finding


@dataclass(frozen=True, slots=True)
class QuizDraft:
    """One quiz file; `entries` are its questions, `digest` that of the whole file.

    `is_readable` is false where the file is no YAML: then it can only be put right as text.
    """

    file: str
    digest: str
    course: Course
    module: str
    title: Words
    outcomes: tuple[Outcome, ...]
    value: Mapping[str, Any]
    findings: tuple[PlacedFinding, ...]
    is_readable: bool

    @property
    def locales(self) -> tuple[str, ...]:
        """Return the languages in which the course is written."""
        return (*self.course.required_locales, *self.course.offered_locales)

    @property
    def entries(self) -> tuple[Mapping[str, Any], ...]:
        """Return the questions that are maps with an id."""
        items = self.value.get("items")
        listed = items if isinstance(items, tuple) else ()
        return tuple(one for one in listed if isinstance(one, Mapping) and isinstance(one.get("id"), str))

    def place_of(self, question: str) -> int | None:
        """Return at which place of the list a question stands, from 0; None when it is not there."""
        items = self.value.get("items")
        listed = items if isinstance(items, tuple) else ()
        found = (
            at for at, one in enumerate(listed) if isinstance(one, Mapping) and one.get("id") == question
        )
        return next(found, None)

    def entry(self, question: str) -> Mapping[str, Any] | None:
        """Return a question by its id."""
        return next((one for one in self.entries if one["id"] == question), None)

    def findings_of(self, question: str) -> tuple[PlacedFinding, ...]:
        """Return what is wrong with one question, each with its path inside it."""
        start = ("items", self.place_of(question))
        return tuple(
            PlacedFinding(one.path[2:], one.finding) for one in self.findings if one.path[:2] == start
        )

    @property
    def other_findings(self) -> tuple[PlacedFinding, ...]:
        """Return what is wrong with the quiz as a whole."""
        return tuple(one for one in self.findings if not one.path[1:] or one.path[0] != "items")
