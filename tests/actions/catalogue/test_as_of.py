"""A lesson as it stood on a day, beside the law as it was known on a day."""

from __future__ import annotations

import pytest

from lms.actions.catalogue import as_of
from lms.actions.context import Context
from lms.core.errors import Invalid, NotFound
from lms.core.people.actors import NOBODY
from tests.builders_learning import SAMPLE, refused
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_published import publish


@pytest.fixture
def desk(context: Context) -> Context:
    publish(context, SAMPLE, "1.0.0")
    return context


def lesson(desk: Context, day: str) -> as_of.AsOf:
    return as_of.as_of(desk, NOBODY, CODE, law_on=day, place="m1/l1")


def test_a_lesson_stands_beside_what_had_happened_to_its_laws_by_then(desk: Context) -> None:
    today = lesson(desk, "")
    assert (today.on, today.law_on) == (desk.today(), desk.today())
    assert today.module
    assert today.lesson
    assert (today.module.code, today.lesson.code) == ("m1", "l1")
    assert today.laws
    assert all(law.events for law in today.laws)
    long_ago = lesson(desk, "1900-01-01")
    assert [law.id for law in long_ago.laws] == [law.id for law in today.laws]
    assert all(law.events == () for law in long_ago.laws)
    known = desk.library.register().laws
    for law in today.laws:
        assert law.events == tuple(one for one in known[law.id].events if one.date <= desk.today())


def test_without_a_lesson_the_course_alone_is_given(desk: Context) -> None:
    found = as_of.as_of(desk, NOBODY, CODE)
    assert (found.release.version, found.module, found.lesson, found.laws) == ("1.0.0", None, None, ())


def test_a_lesson_that_there_was_not_and_a_day_that_is_none_are_refused(desk: Context) -> None:
    with refused(NotFound, "lesson.unknown"):
        as_of.as_of(desk, NOBODY, CODE, place="m1/none")
    with refused(Invalid, "as-of.day-shape"):
        lesson(desk, "then")
