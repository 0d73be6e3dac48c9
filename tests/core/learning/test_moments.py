"""What is asked when, which replies count, and in which quarter."""

from __future__ import annotations

import pytest

from lms.core.learning.moments import Moment, accepted, asks, cohort_of, invited
from tests.builders_surveys import a_survey

NAMES = {
    Moment.BEFORE: ["confidence-c1", "confidence-c2", "confidence-c3"],
    Moment.AFTER: ["confidence-c1", "confidence-c2", "confidence-c3", "intention-i1", "intention-i2"],
    Moment.LATER: ["confidence-c1", "confidence-c2", "confidence-c3", "done-i1", "done-i2", "obstacles"],
}


@pytest.mark.parametrize("moment", list(Moment))
def test_each_moment_asks_its_own(moment: Moment) -> None:
    assert [ask.name for ask in asks(a_survey(), moment)] == NAMES[moment]


def test_nothing_is_required() -> None:
    for moment in Moment:
        assert accepted(asks(a_survey(), moment), {}) == {}
    assert accepted(asks(a_survey(), Moment.AFTER), {"confidence-c1": [""], "intention-i2": ["unsure"]}) == {
        "intention": {"i2": "unsure"}
    }


def test_everything_can_be_answered() -> None:
    sent = {
        "confidence-c1": ["1"],
        "confidence-c3": ["5"],
        "done-i1": ["partly"],
        "obstacles": ["b3", "b1"],
        "name": ["Sam"],
    }
    assert accepted(asks(a_survey(), Moment.LATER), sent) == {
        "confidence": {"c1": 1, "c3": 5},
        "done": {"i1": "partly"},
        "obstacles": ["b1", "b3"],
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"confidence-c1": ["6"]},
        {"confidence-c1": ["1", "2"]},
        {"done-i1": ["unsure"]},
        {"obstacles": ["b1", "b9"]},
    ],
)
def test_only_what_was_offered_is_taken(sent: dict[str, list[str]]) -> None:
    assert accepted(asks(a_survey(), Moment.LATER), sent) is None


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", "2026-Q1"), ("2026-06-30", "2026-Q2"), ("2027-12-31", "2027-Q4")]
)
def test_a_day_becomes_its_quarter(day: str, quarter: str) -> None:
    assert cohort_of(day) == quarter


def test_people_are_asked_at_their_own_moment() -> None:
    found = [
        invited(a_survey(), steps_done=steps, days_since=days)
        for steps, days in ((0, None), (3, None), (9, 0), (9, 90), (9, 91), (9, 364), (9, 365))
    ]
    assert found == [
        Moment.BEFORE,
        None,
        Moment.AFTER,
        Moment.AFTER,
        Moment.LATER,
        Moment.LATER,
        None,
    ]
    assert invited(None, steps_done=0, days_since=None) is None
