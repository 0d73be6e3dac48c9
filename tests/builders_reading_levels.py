"""The page `docs/review/reading-levels.md`, made from the lessons of the courses that this checkout brings.

Run as a module (`python -m tests.builders_reading_levels`) to write the page anew; a test holds the page to
this.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lms.content.checks.reading_levels import CourseLevels, course_levels
from lms.content.library import Library
from lms.core.checks.wording.reading_levels import Level, middle

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "review" / "reading-levels.md"
_HEAD = """# How hard the lessons are to read

This page is made from the lessons (`python -m tests.builders_reading_levels`); a test keeps it fresh.
`lms check --reading` tells the same at a terminal.

- **English**: Flesch-Kincaid school grade (Kincaid and others, 1975). Lower is easier; grade 8 or below is
  plain.
- **French**: Kandel-Moles reading ease (Kandel and Moles, 1958), from 0 to 100. Higher is easier; 55 or above
  is plain. The two scales cannot be compared with each other.
- **Words in a sentence**: on average.

Law boxes, headings and tables are left out, and an official name counts as one short word: their words are
not ours to choose. A short item of a list counts as a sentence, which makes texts with many lists look easier
than they are. A formula is a filter and never a verdict: only readers can judge.
"""
_TABLE = (
    "| lesson | English: grade | words in a sentence | French: ease | words in a sentence |\n"
    "|---|--:|--:|--:|--:|"
)


@cache
def measured() -> tuple[CourseLevels, ...]:
    """Measure the courses of this checkout."""
    return course_levels(Library(ROOT))


def _cells(level: Level | None) -> str:
    return f"{level.score:.1f} | {level.per_sentence:.1f}" if level else "– | –"


def _row(words: str, english: Level | None, french: Level | None) -> str:
    return f"| {words} | {_cells(english)} | {_cells(french)} |"


def _course(course: CourseLevels) -> str:
    rows = [_row(f"{one.module}/{one.lesson}", one.of("en"), one.of("fr")) for one in course.lessons]
    median = _row("**median**", middle(course.levels, "en"), middle(course.levels, "fr"))
    return "\n".join([f"## {course.title.text('en')}\n", _TABLE, *rows, median, ""])


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(_course(course) for course in course_levels(Library(ROOT)))])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
