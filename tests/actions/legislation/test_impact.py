"""Impact: exactly what rests on a law, or on one event of it, and never who."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.legislation.impact import impact
from lms.content.site_folder import SiteFolder
from lms.core.authoring.impact import Crowd
from lms.core.errors import NotFound
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, refused, statements
from tests.builders_legislation import LAW, a_written_site, an_author, with_event

MOST = 4


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_written_site(tmp_path)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


def test_exactly_what_rests_on_a_law_is_found(context: Context, author: Actor) -> None:
    (course,) = impact(context, author, LAW).courses
    found = {(one.kind, one.place): tuple(one.words) for one in course.statements}
    assert found["statement", "welcome/greeting#st1"] == ("en", "fr", "ar")
    assert ("question", "welcome/quiz#w-q03") in found
    assert {kind for kind, _ in found} <= {"statement", "question", "finder"}
    assert course.course.id == SAMPLE
    assert "welcome/greeting" in course.lessons
    assert course.aids == ()
    (other,) = impact(context, author, "sample-code").courses
    assert ("mention", "forms/first-form#s1") in {(one.kind, one.place) for one in other.statements}


def test_an_event_reaches_what_was_checked_before_it(context: Context, author: Actor) -> None:
    event = with_event(context, author)
    assert impact(context, author, LAW, "1").courses == ()
    reached = impact(context, author, LAW, "2")
    assert reached.event == impact(context, author, LAW, event).event
    assert reached.courses[0].statements
    for name in ("0", "3", "nothing"):
        with refused(NotFound, "law.event-unknown"):
            impact(context, author, LAW, name)


def test_people_are_counted_in_four_statements_and_never_named(context: Context, author: Actor) -> None:
    assert impact(context, author, LAW).courses[0].under_way == Crowd()
    learning.enrol(context, a_member(context), SAMPLE_CODE, "en")
    with statements(context) as few:
        assert impact(context, author, LAW).courses[0].under_way == Crowd(is_few=True)
    for _ in range(12):
        learning.enrol(context, a_member(context), SAMPLE_CODE, "fr")
    with statements(context) as many:
        assert impact(context, author, LAW).courses[0].under_way == Crowd(15)
    assert len(few) == len(many) <= MOST


def test_a_release_that_cannot_be_read_is_left_out(context: Context, author: Actor, tmp_path: Path) -> None:
    (tmp_path / f"site/courses/{SAMPLE}/releases/1.0.0.tree.json").unlink()
    elsewhere = replace(context, library=SiteFolder(tmp_path / "site"))
    assert impact(elsewhere, author, LAW).courses == ()
