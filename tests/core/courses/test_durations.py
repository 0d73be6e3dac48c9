"""One figure for each thing: sections add up to the lesson, lessons to the module, modules to the course."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.courses import durations
from lms.core.courses.course import Lesson
from lms.core.courses.document import Document, Figure, Heading, InShort, Paragraph, Text
from lms.core.courses.durations import (
    check_minutes,
    course_minutes,
    lesson_minutes,
    minutes_from,
    module_minutes,
    section_minutes,
    word_count,
)
from lms.core.learning.progress import LearnerRecord, progress_of
from tests import builders_learning as make


def _with(documents: dict[str, Document], minutes: int = 1) -> Lesson:
    return replace(make.lesson(), documents=documents, minutes=minutes)


def _words(count: int) -> Paragraph:
    return Paragraph((Text("word " * count),))


@given(st.integers(1, 40), st.lists(st.integers(0, 900), min_size=1, max_size=9), st.integers(0, 300))
def test_sections_add_up_to_their_lesson(minutes: int, sizes: list[int], before: int) -> None:
    blocks: list[Heading | Paragraph] = [_words(before)] if before else []
    for number, size in enumerate(sizes):
        blocks += [Heading(2, (), f"s{number}"), _words(size)]
    made = _with({"en": Document("en", tuple(blocks))}, minutes)
    shares = section_minutes(made)
    assert list(shares) == [f"s{number}" for number in range(len(sizes))]
    assert min(shares.values()) >= 1
    assert sum(shares.values()) == lesson_minutes(made)
    assert lesson_minutes(made) == max(minutes, -(-(before + sum(sizes)) // 150), len(sizes))


@given(st.integers(1, 12), st.integers(2, 9))
def test_what_is_left_of_a_lesson_goes_down_section_by_section(minutes: int, sections: int) -> None:
    made = _with({"en": make.document("en", sections)}, minutes)
    shares = section_minutes(made)
    left = [minutes_from(made, anchor) for anchor in shares]
    assert left[0] == minutes_from(made, "") == minutes_from(made, "gone") == lesson_minutes(made)
    assert [before - after for before, after in zip(left, [*left[1:], 0], strict=True)] == list(
        shares.values()
    )


def test_a_lesson_takes_what_its_author_timed_and_never_less_than_its_words() -> None:
    short, long = make.document("en", 2, 75), make.document("en", 2, 300)
    assert lesson_minutes(_with({"en": short}, 8)) == 8
    assert lesson_minutes(_with({"en": long}, 3)) == 4
    assert lesson_minutes(_with({})) == 1


def test_the_language_with_the_most_words_decides_for_all() -> None:
    both = _with({"en": make.document("en", 2, 75), "fr": make.document("fr", 2, 225)})
    assert lesson_minutes(both) == 3
    assert section_minutes(both) == {"s1": 2, "s2": 1}


def test_a_block_with_an_anchor_lies_in_its_section() -> None:
    blocks = list(make.document("en", 3, 100).blocks)
    blocks[3:3] = [Figure("f1", "x.svg", "A picture", (_words(60),)), Heading(3, (), "deep")]
    made = _with({"en": Document("en", tuple(blocks))}, 9)
    assert list(section_minutes(made)) == ["s1", "s2", "s3"]
    assert minutes_from(made, "f1") == minutes_from(made, "deep") == minutes_from(made, "s2")
    assert minutes_from(made, "s3") < minutes_from(made, "s2") < minutes_from(made, "s1") == 9


def test_words_are_counted_wherever_they_stand() -> None:
    assert word_count(InShort(((Text("three short words"),), (Text("and two"),)))) == 5


@pytest.mark.parametrize(("questions", "minutes"), [(0, 1), (1, 1), (16, 16)])
def test_a_question_takes_a_minute(questions: int, minutes: int) -> None:
    assert check_minutes(questions) == minutes


def test_a_course_is_its_modules_and_what_is_left_at_the_beginning_is_all_of_it() -> None:
    release = make.release()
    final = check_minutes(release.course.final_items)
    assert course_minutes(release) == sum(map(module_minutes, release.modules)) + final
    assert progress_of(release, LearnerRecord()).minutes_left == course_minutes(release)
    module = release.modules[0]
    assert module_minutes(module) == sum(map(lesson_minutes, module.lessons)) + check_minutes(
        module.quiz.draw
    )


def test_words_are_counted_once_and_forgotten_with_the_lesson() -> None:
    made = _with({"en": make.document("en")})
    assert durations.timing(made) is durations.timing(made)
    gc.collect()
    known = len(durations.KNOWN)
    del made
    gc.collect()
    assert len(durations.KNOWN) == known - 1
