"""Who may take a module along: whoever may read its lessons; the first one anybody."""

from __future__ import annotations

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.learning.offline import open_module
from lms.actions.people.sessions import ticket_of
from lms.core.errors import NotFound
from lms.core.learning.prerequisites import Access
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


def test_the_first_module_is_open_to_anybody_and_the_second_is_not(context: Context) -> None:
    with_sample(context)
    assert open_module(context, "", SAMPLE_CODE, "m1").access == Access.OPEN
    assert open_module(context, "", SAMPLE_CODE, "m2").access == Access.SIGN_UP
    visitor = a_visitor(context)
    learning.enrol(context, visitor, SAMPLE_CODE, "en")
    ticket = ticket_of(a_session(context, visitor))
    assert open_module(context, ticket, SAMPLE_CODE, "m2").access == Access.SIGN_UP


def test_a_member_starts_the_course_first_and_keeps_to_their_release(context: Context) -> None:
    shelf, sam = with_choice(context)
    ticket = ticket_of(a_session(shelf, sam))
    found = open_module(shelf, ticket, "smpl", "m2")
    assert (found.access, found.release.version) == (Access.OPEN, "1.0.0")
    other = ticket_of(a_session(shelf, a_member(shelf)))
    fresh = open_module(shelf, other, "smpl", "m2")
    assert (fresh.access, fresh.release.version) == (Access.ENROL, "2.0.0")


def test_it_costs_three_statements_at_most(context: Context) -> None:
    with_sample(context)
    open_module(context, "", SAMPLE_CODE, "m1")
    with statements(context) as sent:
        open_module(context, "", SAMPLE_CODE, "m1")
    assert len(sent) == 3


def test_what_is_not_there_is_not_found(context: Context) -> None:
    with_sample(context)
    with refused(NotFound, "module.unknown"):
        open_module(context, "", SAMPLE_CODE, "none")
    with refused(NotFound, "course.unknown"):
        open_module(context, "", "none", "m1")
