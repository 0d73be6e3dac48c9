"""The page of reading levels: as fresh as the lessons, and each course plain in the middle."""

from __future__ import annotations

import pytest

from lms.core.checks.wording.reading_levels import FORMULAS, middle
from tests.builders_reading_levels import PAGE, measured, page


def test_the_page_of_reading_levels_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.builders_reading_levels"


@pytest.mark.parametrize("lang", FORMULAS)
def test_the_middle_of_each_course_is_plain(lang: str) -> None:
    hard = [
        course.id for course in measured() if (level := middle(course.levels, lang)) and not level.is_plain
    ]
    assert hard == []
