"""The reading level of every lesson of every draft, in the order of courses, modules and lessons.

Holds the way through the files; the measure is `core.checks.wording.reading_levels`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.content.drafts.drafts import CourseDraft
from lms.content.library import Library
from lms.core.checks.legal_references import known_names
from lms.core.checks.wording.reading_levels import FORMULAS, Level, level
from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class LessonLevel:
    """One lesson with its level in each language that can be measured."""

    module: str
    lesson: str
    levels: tuple[Level, ...]

    def of(self, lang: str) -> Level | None:
        """Return the level in one language."""
        return next((one for one in self.levels if one.lang == lang), None)


@dataclass(frozen=True, slots=True)
class CourseLevels:
    """The lessons of one course."""

    id: str
    title: Words
    lessons: tuple[LessonLevel, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """Return all levels, whatever the lesson."""
        return tuple(one for lesson in self.lessons for one in lesson.levels)


def _lessons(draft: CourseDraft, names: dict[str, tuple[str, ...]]) -> tuple[LessonLevel, ...]:
    found: dict[tuple[str, str], list[Level]] = {}
    for module in draft.modules:
        for lesson in module.lessons:
            lang = lesson.locale.split("-", maxsplit=1)[0]
            measured = level(lesson.text.document, names.get(lang, ()))
            if measured is not None:
                found.setdefault((module.id, lesson.entry.id), []).append(measured)
    return tuple(LessonLevel(module, lesson, tuple(levels)) for (module, lesson), levels in found.items())


def course_levels(library: Library) -> tuple[CourseLevels, ...]:
    """Measure all drafts; official names count as one short word."""
    laws = library.register().laws.values()
    names = {lang: known_names(laws, lang).names() for lang in FORMULAS}
    return tuple(
        CourseLevels(draft.course.id, draft.course.title, _lessons(draft, names))
        for draft in library.drafts()
        if draft.course
    )
