"""How far a grant reaches: everything, or one organisation, course or language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.people.actors import (
    EVERYTHING,
    NOTHING,
    SYSTEM,
    WHOLE_HOUSE,
    Actor,
    Extent,
    Grant,
    Role,
    Scope,
    grants,
)

PART = st.sampled_from(["", "a", "b"])
EXTENT = st.builds(Extent, PART, PART, PART)


@given(EXTENT, EXTENT, EXTENT)
def test_what_covers_is_an_order(one: Extent, two: Extent, three: Extent) -> None:
    assert EVERYTHING.covers(one)
    assert one.covers(one)
    assert not (one.covers(two) and two.covers(one)) or one == two
    assert not (one.covers(two) and two.covers(three)) or one.covers(three)


@pytest.mark.parametrize("limited", [Extent("a"), Extent(course="a"), Extent(locale="a")])
def test_a_limited_extent_covers_neither_the_whole_nor_another(limited: Extent) -> None:
    assert not limited.covers(EVERYTHING)
    assert not limited.covers(Extent("b", "b", "b"))
    assert limited.covers(Extent("a", "a", "a"))


@given(st.frozensets(EXTENT), EXTENT)
def test_a_scope_covers_what_one_of_its_extents_covers(extents: frozenset[Extent], one: Extent) -> None:
    assert Scope(extents).covers(one) is any(extent.covers(one) for extent in extents)
    assert WHOLE_HOUSE.covers(one)
    assert not NOTHING.covers(one)


def test_grants_of_one_role_say_nothing_of_another() -> None:
    actor = Actor("x", frozenset({Grant(Role.AUTHOR, Extent(course="a")), Grant(Role.LEARNER)}))
    assert actor.scope(Role.AUTHOR) == Scope(frozenset({Extent(course="a")}))
    assert actor.scope(Role.ADMIN) == NOTHING
    assert actor.roles == {Role.AUTHOR, Role.LEARNER}
    assert actor.is_member
    assert not actor.is_visitor
    assert Actor("x").is_visitor


def test_the_machine_reaches_everything() -> None:
    assert all(SYSTEM.scope(role) == WHOLE_HOUSE for role in Role)
    assert grants(Role.ADMIN, extent=Extent("a")) == {Grant(Role.ADMIN, Extent("a"))}
