"""What anybody may read: courses, notes for a team talk, glossary, register, media, where to turn to."""

from __future__ import annotations

import pytest

from lms.actions.catalogue import reading
from lms.actions.context import Context
from lms.core.courses.opaque import opaque
from lms.core.errors import NotFound
from lms.core.people.actors import NOBODY
from tests.builders_learning import SAMPLE_CODE, course, refused, release, with_sample, with_shelf


@pytest.fixture(autouse=True)
def _published(context: Context) -> None:
    """Publish the sample course."""
    with_sample(context)


def test_a_course_and_what_came_before_it(context: Context) -> None:
    assert [one.course.code for one in reading.courses(context, NOBODY)] == [SAMPLE_CODE]
    page = reading.course(context, NOBODY, SAMPLE_CODE)
    assert [change.version for change in page.changes] == [page.release.version]
    with refused(NotFound, "course.unknown"):
        reading.course(context, NOBODY, "zzzz")


def test_a_lesson_and_the_notes_of_its_module(context: Context) -> None:
    found, module, lesson = reading.lesson(context, NOBODY, SAMPLE_CODE, "m1", "l1")
    assert lesson in module.lessons
    assert module in found.modules
    assert reading.facilitator(context, NOBODY, SAMPLE_CODE, "m1")[1] == module


def test_a_module_without_notes_has_no_page_for_them(context: Context) -> None:
    bare = with_shelf(context, release())
    with refused(NotFound, "module.unknown"):
        reading.facilitator(bare, NOBODY, course().code, "m1")


def test_the_words_of_a_course_are_those_that_it_uses(context: Context) -> None:
    every, some = reading.glossary(context, NOBODY), reading.glossary(context, NOBODY, SAMPLE_CODE)
    assert len(every.terms) == every.every
    assert some.terms
    assert all(lessons for _, lessons in some.terms)
    assert not reading.glossary(context, NOBODY, "zzzz").terms


def test_laws_are_found_by_place_topic_state_and_day(context: Context) -> None:
    every = reading.laws(context, NOBODY)
    assert len(every.lines) == every.every == len(reading.register(context, NOBODY).laws)
    law = every.lines[0].law
    here = reading.laws(
        context, NOBODY, jurisdiction=law.jurisdiction, status=law.status, topic=law.topics[0]
    )
    assert law in [line.law for line in here.lines]
    assert not reading.laws(context, NOBODY, topic="nothing-of-the-kind").lines
    assert not reading.laws(context, NOBODY, since="1800-01-01", until="1800-12-31").lines


def test_a_law_by_itself(context: Context) -> None:
    for line in reading.laws(context, NOBODY).lines:
        page = reading.law(context, NOBODY, line.code)
        assert page.line.law == line.law
        assert all(near.code == opaque(near.law.id) for near in page.near)
    with refused(NotFound, "law.unknown"):
        reading.law(context, NOBODY, "zzzz")


def test_a_picture_by_its_digest(context: Context) -> None:
    with refused(NotFound, "media.unknown"):
        reading.medium(context, NOBODY, "0" * 64)


def test_where_to_turn_to_from_a_region(context: Context) -> None:
    lines = [one.line for kind in reading.support(context, NOBODY, "ca-on").values() for one in kind]
    assert lines
    assert all(line.serves("ca-on") for line in lines)
    nowhere = [one.line for kind in reading.support(context, NOBODY).values() for one in kind]
    assert len(nowhere) <= len(lines)
