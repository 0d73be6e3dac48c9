"""How `lms check --reading` tells reading levels: one line for each lesson, the middle of each course.

Holds columns and words; the measure is `core.reading_levels`. Called by `check`.
"""

from __future__ import annotations

from collections.abc import Sequence

from lms.content.library import Library
from lms.content.reading_levels import CourseLevels, course_levels
from lms.core.reading_levels import FORMULAS, Level, middle
from lms.rendering.words import Voice

_WIDE, _NARROW = 56, 9


def _figures(level: Level | None) -> list[str]:
    if level is None:
        return ["–", "–"]
    return [f"{level.score:.1f}{'' if level.is_plain else ' !'}", f"{level.per_sentence:.1f}"]


def _line(words: str, levels: Sequence[Level | None]) -> str:
    figures = (figure for level in levels for figure in _figures(level))
    return words[:_WIDE].ljust(_WIDE) + "".join(figure.rjust(_NARROW) for figure in figures)


def _course(course: CourseLevels, voice: Voice) -> list[str]:
    lines = [
        _line(f"{one.module}/{one.lesson}", [one.of(lang) for lang in FORMULAS]) for one in course.lessons
    ]
    median = [middle(course.levels, lang) for lang in FORMULAS]
    last = _line(voice.gettext("median"), median)
    return [course.id, *(f"  {line}" for line in lines), f"  {last}", ""]


def reading_table(library: Library, only: Sequence[str], voice: Voice) -> str:
    """Give the table of all courses, or of those named in `only` by id or folder."""
    named = {path.removeprefix("courses/").split("/")[0] for path in only}
    courses = [course for course in course_levels(library) if not named or course.id in named]
    heads = [head for lang in FORMULAS for head in (lang, voice.gettext("words"))]
    return "\n".join(
        [
            voice.gettext("en: Flesch-Kincaid school grade, 8 or below is plain."),
            voice.gettext("fr: Kandel-Moles reading ease, 55 or above is plain."),
            voice.gettext("words: words in a sentence, on average. “!” is harder than plain."),
            voice.gettext(
                "Law boxes, headings and tables are left out; an official name counts as one short word."
            ),
            "",
            "  " + " " * _WIDE + "".join(head.rjust(_NARROW) for head in heads),
            *(line for course in courses for line in _course(course, voice)),
        ]
    ).rstrip()
