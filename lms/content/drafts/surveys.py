"""The survey of a course: `courses/<course>/survey.yaml`, which a course may do without.

Holds the file's shape and its conversion to core.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from lms.content.shapes.reading import Source
from lms.content.shapes.schemas import Ident, LanguageTag, Strict, gathered
from lms.content.shapes.validation import validate
from lms.content.shapes.wording import words
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding
from lms.core.courses.survey import ConfidenceTask, Survey

Line = Annotated[str, StringConstraints(pattern=r"^\S[^\n]*$", max_length=160)]


class TaskEntry(Strict):
    """A task: an id and, beside it, its words in each language, on one line."""

    id: Ident
    words: Annotated[dict[LanguageTag, Line], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _languages(cls, value: object) -> object:
        return gathered(value, frozenset({"id"}))


class SurveyFile(Strict):
    """`courses/<course>/survey.yaml`."""

    confidence: Annotated[tuple[TaskEntry, ...], Field(min_length=3, max_length=3)]
    intention: Annotated[tuple[TaskEntry, ...], Field(min_length=2, max_length=3)]
    obstacles: Annotated[tuple[TaskEntry, ...], Field(min_length=4, max_length=6)]


def survey_file(course_id: str) -> str:
    """Return where the survey of a course lies, when it has one."""
    return f"courses/{course_id}/survey.yaml"


def _tasks(entries: tuple[TaskEntry, ...]) -> tuple[ConfidenceTask, ...]:
    return tuple(ConfidenceTask(entry.id, words(entry.words)) for entry in entries)


def _doubled(found: SurveyFile, source: Source) -> Iterator[Finding]:
    seen: set[str] = set()
    for part in ("confidence", "intention", "obstacles"):
        for at, entry in enumerate(getattr(found, part)):
            if entry.id in seen:
                yield broken("duplicate-id", source.place((part, at, "id")), id=entry.id)
            seen.add(entry.id)


def read_survey(source: Source) -> tuple[Survey | None, tuple[Finding, ...]]:
    """Read a survey; None when the file is not whole."""
    found, findings = validate(SurveyFile, source)
    if found is None:
        return None, findings
    survey = Survey(_tasks(found.confidence), _tasks(found.intention), _tasks(found.obstacles))
    return survey, (*findings, *_doubled(found, source))
