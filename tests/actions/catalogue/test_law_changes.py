"""What changed in a quarter, with the lessons that it touches: of published courses alone."""

from __future__ import annotations

import pytest

from lms.actions.catalogue import law_changes, reading
from lms.actions.context import Context
from lms.core.courses.opaque import opaque
from lms.core.errors import NotFound
from lms.core.legislation.quarters import Quarter
from lms.core.people.actors import NOBODY
from tests.builders_learning import statements, with_sample


@pytest.mark.parametrize("asked", ["", "nonsense", "2026-Q4"])
def test_this_quarter_unless_another_is_asked_for(context: Context, asked: str) -> None:
    found = law_changes.quarter(context, NOBODY, asked)
    assert found.found.quarter == Quarter(2026, 4)
    assert found.is_now
    assert "sample-code" in [one.law.id for one in found.found.coming]


def test_a_quarter_names_the_lessons_that_are_touched(context: Context) -> None:
    assert law_changes.quarter(context, NOBODY, "2020-Q1").touched["sample-act"] == ()
    with_sample(context)
    with statements(context) as sent:
        found = law_changes.quarter(context, NOBODY, "2020-Q1")
    assert len(sent) == 1
    assert not found.is_now
    assert found.watch == ()
    assert [one.lesson.title.text("en") for one in found.touched["sample-act"]][:1] == ["The first minute"]


def test_the_register_is_filtered_by_what_happens_between_two_days(context: Context) -> None:
    found = reading.laws(context, NOBODY, since="2027-01-01")
    kept = {line.law.id for line in found.lines}
    assert "sample-code" in kept
    assert not kept & {"sample-act", "old-sample-act"}
    assert found.every == len(reading.laws(context, NOBODY).lines) > len(kept)


def test_the_glossary_names_the_lessons_and_can_be_that_of_a_course(context: Context) -> None:
    everything = reading.glossary(context, NOBODY)
    assert (len(everything.terms), everything.courses) == (everything.every, ())
    with_sample(context)
    words = reading.glossary(context, NOBODY, "s4mp")
    assert 0 < len(words.terms) <= words.every
    assert all(lessons for _, lessons in words.terms)
    assert [course.code for course in words.courses] == ["s4mp"]
    assert reading.glossary(context, NOBODY, "none").terms == ()


def test_a_law_that_is_not_there_is_not_found(context: Context) -> None:
    assert reading.law(context, NOBODY, opaque("sample-act")).line.law.id == "sample-act"
    with pytest.raises(NotFound):
        reading.law(context, NOBODY, "none")
