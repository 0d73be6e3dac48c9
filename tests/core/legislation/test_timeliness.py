"""Whether a statement still holds is judged from the register, day by day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.core.legislation.timeliness import ahead, awaits, falsified_by
from tests.builders_lessons import a_law, an_event


@pytest.mark.parametrize(
    ("date", "effect", "material", "today", "counts"),
    [
        ("2026-07-18", "in-force", True, "2026-07-18", True),
        ("2026-07-18", "in-force", True, "2026-07-17", False),
        ("2026-07-18", "in-force", False, "2026-08-01", False),
        ("2026-06-01", "in-force", True, "2026-08-01", False),  # before the statement was written
        ("2026-07-18", "pending", True, "2026-07-18", True),
        ("2026-07-18", "pending", True, "2026-07-17", False),
        ("2026-08", "in-force", True, "2026-08-30", False),
        ("2026-08", "in-force", True, "2026-08-31", True),
        ("2026-08", "pending", True, "2026-09-30", False),  # the day is not established
    ],
)
def test_a_statement_is_doubted_from_the_day_on(
    date: str, effect: str, material: bool, today: str, counts: bool
) -> None:
    law = a_law(events=(an_event(date, effect=effect, material=material),))
    assert bool(falsified_by(law, "2026-07-01", today)) is counts


def test_what_lies_ahead_comes_soonest_first_and_only_with_a_day() -> None:
    events = [an_event(date, effect="pending") for date in ("2028-12-05", "2027-12-05", "2027", "2026-01-01")]
    law = a_law(events=(*events, an_event("2027-01-01")))
    assert [event.date for event in ahead(law, "2026-11-22")] == ["2027-12-05", "2028-12-05"]


@pytest.mark.parametrize(
    ("day", "event", "awaited"),
    [
        ("2027-12-05", "amendment", True),
        ("2027-12-06", "amendment", False),  # another day
        ("2027-12-05", "assent", False),  # what announces a change makes none
    ],
)
def test_a_text_may_be_written_for_the_day_of_a_change(day: str, event: str, awaited: bool) -> None:
    coming = an_event("2027-12-05", effect="pending")
    assert awaits(a_law(events=(replace(coming, event=event),)), day) is awaited
    assert not awaits(a_law(events=(an_event("2027-12-05"),)), day)  # it has come
