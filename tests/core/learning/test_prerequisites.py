"""What comes first: met by the course or by recognition, and asked of nobody who has gone on."""

from __future__ import annotations

import pytest

from lms.core.courses.course import Need
from lms.core.learning.prerequisites import Met, RecognitionAnswer, has_gone_on, is_first, judge
from lms.core.learning.progress import FINAL, LearnerRecord
from tests.builders_learning import release, words

NEED = Need("sample", words("It builds on it."))


@pytest.mark.parametrize(
    ("completed", "asked", "met", "is_met"),
    [
        ({"sample"}, {}, Met.DONE, True),
        ({"sample"}, {"sample": RecognitionAnswer(granted=False)}, Met.DONE, True),
        ({"other"}, {}, Met.LEFT, False),
        ({}, {"sample": RecognitionAnswer(granted=None)}, Met.WAITING, False),
        ({}, {"sample": RecognitionAnswer(granted=True)}, Met.RECOGNISED, True),
        ({}, {"sample": RecognitionAnswer(granted=False, reason="Why not")}, Met.DECLINED, False),
    ],
)
def test_a_need_is_met_by_the_course_or_by_recognition(
    completed: set[str], asked: dict[str, RecognitionAnswer], met: Met, *, is_met: bool
) -> None:
    (found,) = judge([NEED], completed, asked)
    assert (found.met, found.is_met) == (met, is_met)
    assert found.reason == ("Why not" if met is Met.DECLINED else "")


def test_nothing_is_asked_where_nothing_is_needed() -> None:
    assert judge([], {"sample"}, {}) == ()


def test_the_first_module_is_the_first() -> None:
    first, second = release().modules
    assert [is_first(release(), one) for one in (first, second, None)] == [True, False, False]


@pytest.mark.parametrize(
    ("facts", "gone_on"),
    [
        (LearnerRecord(), False),
        (LearnerRecord({("m1", "l1"): "x"}, frozenset({"m1"})), False),
        (LearnerRecord({("m2", "l1"): "x"}), True),
        (LearnerRecord(passed=frozenset({FINAL})), True),
        (LearnerRecord(completed=True), True),
    ],
)
def test_whoever_is_beyond_the_first_module_has_gone_on(facts: LearnerRecord, *, gone_on: bool) -> None:
    assert has_gone_on(release(), facts) is gone_on
