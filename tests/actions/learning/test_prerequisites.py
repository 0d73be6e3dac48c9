"""A course that needs another one: the first module is open, the rest waits, whatever page one comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.actions import visits
from lms.actions.context import Context
from lms.actions.learning import learning, offline, prerequisites, quizzing
from lms.actions.people import sessions
from lms.actions.publishing import adopting
from lms.core.errors import NotAllowed
from lms.core.learning.prerequisites import Access, Met
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.storage.learning import enrolments
from tests import builders_learning as make
from tests.builders_learning import refused
from tests.builders_needs import (
    FIRST,
    NEXT,
    a_next_course,
    asked,
    declined,
    ready_for,
    recognised,
    with_needs,
)


@pytest.fixture
def next_desk(context: Context) -> Context:
    return with_needs(context)


def access(context: Context, who: Actor, module: str) -> str:
    """Return how a lesson and a whole module are open; they agree beyond the first module."""
    ticket = sessions.ticket_of(make.a_session(context, who))
    view = learning.open_lesson(context, ticket, NEXT, module, "l1")
    assert view
    whole = offline.open_module(context, ticket, NEXT, module)
    assert whole.access == (Access.OPEN if module == "m1" else view.access)
    return view.access


def first(context: Context, who: Actor) -> prerequisites.ComesFirst:
    return prerequisites.comes_first(context, who, context.library.release("next", "1.0.0"))


def test_a_member_enrols_once_the_course_before_is_complete(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    with refused(NotAllowed, "learning.needs-first"):
        learning.enrol(next_desk, sam, NEXT, "en")
    assert learning.my_course(next_desk, sam, NEXT) is None
    assert access(next_desk, sam, "m2") == Access.ENROL
    make.finish(next_desk, sam, FIRST)
    assert first(next_desk, sam).is_ready
    assert [one.at.met for one in first(next_desk, sam).lines] == [Met.DONE]
    make.finish(next_desk, sam, NEXT)
    assert access(next_desk, sam, "m2") == Access.OPEN


def test_the_first_module_can_be_tried_and_nothing_more(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    learning.try_first_module(next_desk, sam, NEXT, "en")
    make.read_all(next_desk, sam, NEXT, only="m1")
    make.pass_check(next_desk, sam, "m1", NEXT)
    assert (access(next_desk, sam, "m1"), access(next_desk, sam, "m2")) == (Access.OPEN, Access.NEEDS)
    with refused(NotAllowed, "learning.needs-first"):
        learning.read_lesson(next_desk, sam, NEXT, "m2", "l1", locale="en")
    for module in ("m2", ""):
        with refused(NotAllowed, "learning.needs-first"):
            quizzing.start_check(next_desk, sam, NEXT, module, next_desk.new_id())
        with refused(NotAllowed, "learning.needs-first"):
            quizzing.open_check(next_desk, sam, NEXT, module)
    assert learning.enrol(next_desk, sam, NEXT, "en").enrolled.course == "next"
    recognised(next_desk, sam)
    assert access(next_desk, sam, "m2") == Access.OPEN


def test_a_visitor_tries_and_brings_no_more_along(next_desk: Context) -> None:
    visit = make.a_visit(next_desk)
    learning.enrol(next_desk, visit.actor, NEXT, "en")
    assert access(next_desk, visit.actor, "m2") == Access.SIGN_UP
    sam = make.a_member(next_desk)
    assert visits.answer(next_desk, make.waiting_for(next_desk, sam, visit.actor), was_me=True) == 1
    assert (access(next_desk, sam, "m1"), access(next_desk, sam, "m2")) == (Access.OPEN, Access.NEEDS)


def test_waiting_and_a_no_open_nothing_and_a_yes_stays(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    assert [one.at.met for one in first(next_desk, sam).lines] == [Met.LEFT]
    declined(next_desk, sam, "Another subject.")
    (line,) = first(next_desk, sam).lines
    assert (line.at.met, line.at.reason) == (Met.DECLINED, "Another subject.")
    asked(next_desk, sam)
    assert [one.at.met for one in first(next_desk, sam).lines] == [Met.WAITING]
    with refused(NotAllowed, "learning.needs-first"):
        learning.enrol(next_desk, sam, NEXT, "en")
    alex = make.a_member(next_desk, "Alex")
    declined(next_desk, alex)
    recognised(next_desk, alex)
    assert [one.at.met for one in first(next_desk, alex).lines] == [Met.RECOGNISED]
    assert learning.enrol(next_desk, alex, NEXT, "en").enrolled.course == "next"
    assert not first(next_desk, sam).is_ready, "somebody else's"


def test_a_need_that_comes_later_holds_nobody_up_who_has_gone_on(context: Context) -> None:
    plain = replace(a_next_course(), course=replace(a_next_course().course, needs=()))
    newer = replace(a_next_course(), version="1.1.0", digest="newer", parent="1.0.0", change="informative")
    shelf = make.with_shelf(context, plain, newer, make.release())
    sam, alex = make.a_member(shelf), make.a_member(shelf, "Alex")
    for who in (sam, alex):
        learning.enrol(shelf, who, NEXT, "en")
    learning.read_lesson(shelf, sam, NEXT, "m2", "l1", locale="en")
    with shelf.database.writing() as tx:
        for who in (sam, alex):
            mine = enrolments.find(tx, who.person, "next")
            assert mine
            enrolments.move(tx, mine.id, "1.1.0")
    adopting.adopt(shelf, SYSTEM, "sample", "1.0.0")
    assert [access(shelf, who, "m2") for who in (sam, alex)] == [Access.OPEN, Access.NEEDS]


def test_a_course_that_is_not_there_yet_still_comes_first(context: Context) -> None:
    held = with_needs(context, "sample", "third")
    sam = make.a_member(held)
    make.finish(held, sam, FIRST)
    found = first(held, sam)
    assert [(one.course is None, one.is_published, one.at.met) for one in found.lines] == [
        (False, True, Met.DONE),
        (True, False, Met.LEFT),
    ]
    assert not found.is_ready


def test_a_sealed_course_that_is_not_published_is_named(context: Context) -> None:
    held = make.with_shelf(context, a_next_course(), make.release())
    (line,) = first(held, make.a_member(held)).lines
    assert line.course
    assert (line.course.code, line.is_published) == (FIRST, False)


def test_whoever_has_everything_recognised_is_ready(next_desk: Context) -> None:
    sam = ready_for(next_desk, make.a_member(next_desk), a_next_course())
    assert first(next_desk, sam).is_ready


def test_where_nothing_is_needed_nothing_is_asked_of_the_database(next_desk: Context) -> None:
    with make.statements(next_desk) as sent:
        found = prerequisites.comes_first(next_desk, NOBODY, next_desk.library.release("sample", "1.0.0"))
    assert (found.is_ready, sent) == (True, [])
    with make.statements(next_desk) as sent:
        first(next_desk, NOBODY)
    assert len(sent) == 3
