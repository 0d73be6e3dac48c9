"""Who may take a module along: whoever may read its lessons; the first one anybody."""

from __future__ import annotations

from lms.actions import learning
from lms.actions.desk import Desk
from lms.actions.learning import ENROL, OPEN, SIGN_UP
from lms.actions.sessions import ticket_of
from lms.actions.taking_along import open_module
from lms.core.errors import NotFound
from tests.builders_learning import (
    SAMPLE_CODE,
    a_member,
    a_session,
    a_visitor,
    refused,
    statements,
    with_choice,
    with_sample,
)


def test_the_first_module_is_open_to_anybody_and_the_second_is_not(desk: Desk) -> None:
    with_sample(desk)
    assert open_module(desk, "", SAMPLE_CODE, "m1").access == OPEN
    assert open_module(desk, "", SAMPLE_CODE, "m2").access == SIGN_UP
    visitor = a_visitor(desk)
    learning.enrol(desk, visitor, SAMPLE_CODE, "en")
    ticket = ticket_of(a_session(desk, visitor))
    assert open_module(desk, ticket, SAMPLE_CODE, "m2").access == SIGN_UP


def test_a_member_starts_the_course_first_and_keeps_to_their_release(desk: Desk) -> None:
    shelf, sam = with_choice(desk)
    ticket = ticket_of(a_session(shelf, sam))
    found = open_module(shelf, ticket, "smpl", "m2")
    assert (found.access, found.release.version) == (OPEN, "1.0.0")
    other = ticket_of(a_session(shelf, a_member(shelf)))
    fresh = open_module(shelf, other, "smpl", "m2")
    assert (fresh.access, fresh.release.version) == (ENROL, "2.0.0")


def test_it_costs_two_statements_at_most(desk: Desk) -> None:
    with_sample(desk)
    open_module(desk, "", SAMPLE_CODE, "m1")
    with statements(desk) as sent:
        open_module(desk, "", SAMPLE_CODE, "m1")
    assert len(sent) == 2


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with_sample(desk)
    with refused(NotFound, "module.unknown"):
        open_module(desk, "", SAMPLE_CODE, "none")
    with refused(NotFound, "course.unknown"):
        open_module(desk, "", "none", "m1")
