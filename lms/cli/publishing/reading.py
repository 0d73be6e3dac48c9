"""How `lms check --reading` tells reading levels: one line for each lesson, the middle of each course.

Holds columns and words; the measure is `core.checks.wording.reading_levels`.
"""

from __future__ import annotations

from collections.abc import Sequence

from lms.content.checks.reading_levels import CourseLevels, course_levels
from lms.content.library import Library
from lms.core.checks.wording.reading_levels import FORMULAS, Level, middle
from lms.rendering.words.translator import Translator

_WIDE, _NARROW = 56, 9


def _figures(level: Level | None) -> list[str]:
    if level is None:
        return ["–", "–"]
    return [f"{level.score:.1f}{'' if level.is_plain else ' !'}", f"{level.per_sentence:.1f}"]


def _line(words: str, levels: Sequence[Level | None]) -> str:
    figures = (figure for level in levels for figure in _figures(level))
    return words[:_WIDE].ljust(_WIDE) + "".join(figure.rjust(_NARROW) for figure in figures)


def _course(course: CourseLevels, voice: Translator) -> list[str]:
    lines = [
        _line(f"{one.module}/{one.lesson}", [one.of(lang) for lang in FORMULAS]) for one in course.lessons
    ]
    median = [middle(course.levels, lang) for lang in FORMULAS]
    last = _line(voice.gettext("median"), median)
    return [course.id, *(f"  {line}" for line in lines), f"  {last}", ""]


def reading_table(library: Library, only: Sequence[str], voice: Translator) -> str:
    """Return the table of all courses, or of those named in `only` by id or folder."""
    named = {path.removeprefix("courses/").split("/")[0] for path in only}
    courses = [course for course in course_levels(library) if not named or course.id in named]
    heads = [head for lang in FORMULAS for head in (lang, voice.gettext("words"))]
    return "\n".join(
        [
            voice.gettext("en: Flesch-Kincaid grade level. 8 or lower: plain language."),
            voice.gettext("fr: Kandel-Moles reading ease. 55 or higher: plain language."),
            voice.gettext(
                "words: average number of words per sentence. “!” means that the text is "
                "harder to read than plain language."
            ),
            voice.gettext(
                "Law boxes, headings and tables are not included. An official name is counted as one "
                "short word."
            ),
            "",
            "  " + " " * _WIDE + "".join(head.rjust(_NARROW) for head in heads),
            *(line for course in courses for line in _course(course, voice)),
        ]
    ).rstrip()
