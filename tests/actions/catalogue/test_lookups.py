"""Finding courses without opening them, and what is left when neither index nor files can say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lms.actions.catalogue import reading
from lms.actions.context import Context
from lms.actions.learning import learning, prerequisites
from lms.actions.publishing import adopting
from lms.core.courses.course import Release
from lms.core.errors import Invalid, NotFound, Unavailable
from lms.core.people.actors import NOBODY, SYSTEM
from tests import builders_learning as make
from tests.builders_learning import refused
from tests.builders_needs import a_next_course
from tests.builders_shelf import Shelf

FIRST = make.release("1.0.0", change="first")
NEWER = make.release("1.1.0", parent="1.0.0", change="informative")


def without(context: Context, version: str) -> Context:
    """Start once more where a version is neither in the index nor among the files."""
    with context.database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM release_index WHERE version = '%s'" % version)  # noqa: S608, UP031  # a constant
    library: Any = context.library
    fewer: Any = Shelf([one for one in library.releases if one.version != version])
    return replace(context, library=fewer)


def test_a_course_that_waits_for_its_day_is_unknown_until_then(context: Context) -> None:
    library: Any = Shelf([FIRST])
    shelf = replace(context, library=library)
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.0", active_from=shelf.now() + 86_400_000)
    for fresh in (shelf, replace(shelf)):
        with refused(NotFound, "course.unknown"):
            reading.course(fresh, NOBODY, "smpl")
        assert reading.courses(fresh, NOBODY) == ()


def test_what_neither_index_nor_files_know_is_left_out_and_has_not_arrived(context: Context) -> None:
    shelf = make.with_shelf(context, FIRST, NEWER)
    sam = make.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    shelf.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    fresh = without(shelf, "1.1.0")
    assert reading.courses(fresh, NOBODY) == ()
    assert learning.my_learning(fresh, sam) == ()
    with refused(Unavailable, "release.not-here"):
        reading.course(fresh, NOBODY, "smpl")
    with refused(Unavailable, "release.not-here"):
        learning.my_course(fresh, sam, "smpl")


class _Torn(Shelf):
    """A site whose newest seals cannot be read."""

    def latest(self, course_id: str) -> Release:
        """Refuse."""
        raise Invalid("release.broken-seal", course=course_id, version="1.0.0")


def test_a_course_that_comes_first_and_cannot_be_read_keeps_its_reason(context: Context) -> None:
    following, unpublished = a_next_course(), make.release("1.0.0")
    shelf = make.with_shelf(context, following, unpublished)
    torn: Any = _Torn([following, unpublished])
    (line,) = prerequisites.comes_first(replace(shelf, library=torn), NOBODY, following).lines
    assert (line.course, line.is_published) == (None, False)
    assert line.at.need.why["en"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_little_however_many_courses_there_are(context: Context, count: int) -> None:
    made = [
        make.release("1.0.0", course=make.course(id=f"course-{n}", code=f"cd{n}"), digest=f"d{n}")
        for n in range(count)
    ]
    shelf = make.with_shelf(context, *made)
    sam = make.a_member(shelf)
    for n in range(count):
        if n:
            adopting.adopt(shelf, SYSTEM, f"course-{n}", "1.0.0")
        learning.enrol(shelf, sam, f"cd{n}", "en")
    fresh = replace(shelf)
    with make.statements(fresh) as listed:
        assert len(reading.courses(fresh, NOBODY)) == count
    with make.statements(replace(shelf)) as mine:
        assert len(learning.my_learning(replace(shelf), sam)) == count
    with make.statements(fresh) as again:
        reading.courses(fresh, NOBODY)
    assert (len(listed), len(mine), len(again)) == (2, 3, 1)
