"""Quarters: what counts as having come, what is coming, and dates whose day is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.core.legislation.quarters import Quarter, happens_between, law_of_quarter, quarter_of, read_quarter
from tests.builders_lessons import TODAY, a_law, an_event

NOW = Quarter(2026, 4)


def test_a_quarter_knows_its_days_and_its_neighbours() -> None:
    assert (NOW.begins, NOW.ends) == ("2026-10-01", "2026-12-31")
    assert (Quarter(2026, 2).begins, Quarter(2026, 2).ends) == ("2026-04-01", "2026-06-30")
    assert [str(NOW.moved(by)) for by in (-4, -1, 0, 1, 5)] == [
        "2025-Q4",
        "2026-Q3",
        "2026-Q4",
        "2027-Q1",
        "2028-Q1",
    ]
    assert quarter_of(TODAY) == NOW


@pytest.mark.parametrize("text", ["", "2026", "2026-Q0", "2026-Q5", "2026-q4", "9999-Q1", "2026-Q4 "])
def test_nonsense_is_no_quarter(text: str) -> None:
    assert read_quarter(text) is None


def test_material_comes_first_newest_first_and_what_is_coming_soonest_first() -> None:
    early = a_law("early", events=(an_event("2026-10-02"), an_event("2026-11-01", material=False)))
    late = a_law("late", events=(an_event("2026-11-20"), an_event("2027-01-01", effect="pending")))
    soon = a_law("soon", events=(an_event("2026-12-01", effect="pending"), an_event("2026-09-30")))
    found = law_of_quarter((early, late, soon), NOW, TODAY)
    assert [one.law.id for one in found.material] == ["late", "early"]
    assert [one.law.id for one in found.coming] == ["soon", "late"]
    assert [one.event.date for one in found.other] == ["2026-11-01"]


def test_another_quarter_holds_only_its_own() -> None:
    law = a_law(events=(an_event("2026-08-01"), an_event("2027-02-01", effect="pending")))
    before = law_of_quarter((law,), NOW.moved(-1), TODAY)
    assert [one.event.date for one in before.material] == ["2026-08-01"]
    assert before.coming == ()
    after = law_of_quarter((law,), NOW.moved(1), TODAY)
    assert [one.event.date for one in after.coming] == ["2027-02-01"]
    assert law_of_quarter((law,), NOW.moved(2), TODAY).coming == ()


def test_a_day_that_has_come_counts_though_the_register_still_waits() -> None:
    exact = a_law(events=(an_event("2026-11-22", effect="pending"),))
    [one] = law_of_quarter((exact,), NOW, TODAY).material
    assert not one.is_confirmed
    vague = replace(exact, events=(an_event("2026-10", effect="pending"),))
    assert law_of_quarter((vague,), NOW, TODAY).coming[0].event.date == "2026-10"


def test_an_event_whose_day_is_not_known_stands_at_the_end_of_its_time() -> None:
    law = a_law(events=(an_event("2025"), an_event("2026-11")))
    assert law_of_quarter((law,), Quarter(2025, 4), TODAY).material
    assert not law_of_quarter((law,), Quarter(2025, 1), TODAY).material
    assert law_of_quarter((law,), NOW, TODAY).coming
    assert law_of_quarter((law,), NOW, "2026-12-01").material


def test_between_two_days_takes_both_ends_and_either_open() -> None:
    law = a_law(events=(an_event("2026-03"),))
    assert happens_between(law, "2026-03-31", "2026-04-30")
    assert happens_between(law, "2026-01-01", "2026-03-01")
    assert happens_between(law, "2026-01-01", "")
    assert happens_between(law, "", "2026-12-31")
    assert not happens_between(law, "2026-04-01", "")
    assert not happens_between(law, "", "2026-02-28")
