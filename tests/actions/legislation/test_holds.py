"""Holds: who may make and lift them, what is refused, and what publishing does to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.actions.context import Context
from lms.actions.legislation import held, holds
from lms.actions.legislation.statements import named, statements_in
from lms.actions.publishing import adopting
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.legislation.held import HeldKind
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Extent, Role, grants
from tests import builders_holds as make
from tests import builders_learning as learning
from tests.builders_learning import refused


@pytest.fixture
def shelf(context: Context) -> Context:
    """Return a desk with a course that says something about a law."""
    return learning.with_shelf(context, make.release())


def author(context: Context, **extent: str) -> Actor:
    someone = learning.a_member(context, "Ann", Role.AUTHOR)
    return replace(someone, grants=grants(Role.LEARNER) | grants(Role.AUTHOR, extent=Extent(**extent)))


# --- making -------------------------------------------------------------------------------------------------
def test_one_author_alone_holds_a_statement_in_both_languages(shelf: Context) -> None:
    ann = author(shelf)
    made = make.hold(shelf, actor=ann)
    (found,) = held.of_course(shelf, NOBODY, "sample", "1.0.0").holds
    assert (found.id, found.kind, found.statement, found.by) == (made, HeldKind.BOX, "m1/st1", ann.person)
    assert dict(found.words.by_locale) == make.CAUTION
    (line,) = holds.listed(shelf, ann)
    assert line.hold == found
    assert line.statement is not None
    assert line.statement.words["fr"] == "Offer a seat. (fr)"


def test_pressed_twice_it_is_one_hold_and_other_words_are_refused(shelf: Context) -> None:
    made = make.hold(shelf)
    assert make.hold(shelf) == made
    with refused(Conflict, "hold.already"):
        make.hold(shelf, said={"en": "Something else."})
    assert make.hold(shelf, make.ITEM) != made
    assert make.hold(shelf, make.LAW) != made
    assert len(holds.listed(shelf, SYSTEM)) == 3


def test_a_statement_can_be_named_by_its_bare_id(shelf: Context) -> None:
    for name in ("st1", "m1-q1", "act"):
        make.hold(shelf, ("", name))
    assert {line.hold.kind for line in holds.listed(shelf, SYSTEM)} == set(HeldKind)
    assert named(statements_in(make.release()), "", "st2") is None


def test_what_cannot_be_held_is_refused_with_every_fault_at_once(shelf: Context) -> None:
    with refused(NotFound, "hold.statement-unknown"):
        make.hold(shelf, ("box", "m1/none"))
    with refused(NotFound, "course.unknown"):
        make.hold(shelf, course="none")
    with pytest.raises(Invalid) as caught:
        make.hold(shelf, since="soon", said={"en": " ", "fr": "x" * 401})
    assert {(one.place.file, one.rule) for one in caught.value.findings} == {
        ("since", "hold.since"),
        ("words-en", "hold.words-missing"),
        ("words-fr", "hold.too-long"),
    }
    for day, code in (("2026-02-30", "hold.since"), ("2999-01-01", "hold.since-ahead")):
        with pytest.raises(Invalid) as caught:
            make.hold(shelf, since=day)
        assert [one.rule for one in caught.value.findings] == [code]
    assert holds.listed(shelf, SYSTEM) == ()


# --- who ----------------------------------------------------------------------------------------------------
def test_a_grant_reaches_its_course_in_any_language_and_no_other(shelf: Context) -> None:
    mine, other = author(shelf, course="sample", locale="fr"), author(shelf, course="other")
    elsewhere = author(shelf, organisation="01ELSEWHERE")
    made = make.hold(shelf, actor=mine)
    assert [one.id for one in holds.courses(shelf, mine)] == ["sample"]
    for stranger in (other, elsewhere):
        assert holds.courses(shelf, stranger) == ()
        assert holds.listed(shelf, stranger) == ()
        with refused(NotFound, "course.unknown"):
            make.hold(shelf, make.ITEM, stranger)
        with refused(NotFound, "hold.unknown"):
            holds.release_hold(shelf, stranger, made, "Because.")
    with refused(NotAllowed, "deed.not-allowed"):
        make.hold(shelf, actor=learning.a_member(shelf))


# --- lifting ------------------------------------------------------------------------------------------------
def test_lifting_asks_for_a_reason_and_happens_once(shelf: Context) -> None:
    made = make.hold(shelf)
    for why, code in ((" ", "hold.why-missing"), ("x" * 401, "hold.too-long")):
        with pytest.raises(Invalid) as caught:
            holds.release_hold(shelf, SYSTEM, made, why)
        assert [one.rule for one in caught.value.findings] == [code]
    holds.release_hold(shelf, SYSTEM, made, "Nothing has changed.")
    assert not held.of_course(shelf, NOBODY, "sample", "1.0.0").holds
    with refused(Conflict, "hold.lifted"):
        holds.release_hold(shelf, SYSTEM, made, "Again.")
    (line,) = holds.listed(shelf, SYSTEM)
    assert line.hold.why_lifted == "Nothing has changed."
    assert make.hold(shelf) != made  # it can be held again


def test_publishing_new_words_lifts_it_and_the_old_release_keeps_it(context: Context) -> None:
    second = make.release("2.0.0", "Offer two seats.", parent="1.0.0", change="material")
    shelf = learning.with_shelf(context, make.release(), second)
    for about in (make.BOX, make.ITEM, make.LAW):
        make.hold(shelf, about)
    learning.wait(shelf, days=1)
    adopting.adopt(shelf, SYSTEM, "sample", "2.0.0")
    now = held.of_course(shelf, NOBODY, "sample", "2.0.0")
    assert {one.kind for one in now.holds} == {HeldKind.ITEM, HeldKind.LAW}  # its question is as it was
    before = held.of_course(shelf, NOBODY, "sample", "1.0.0")
    assert len(before.holds) == 3
    lifted = next(line.hold for line in holds.listed(shelf, SYSTEM) if line.hold.lifted_at)
    assert lifted.lifted_by_version == "2.0.0"
    assert held.on_laws(shelf, NOBODY).laws == {"act"}


def test_a_release_that_changes_something_else_lifts_nothing(context: Context) -> None:
    second = make.release("1.1.0", parent="1.0.0", change="informative", bank=make.quiz("reworded"))
    shelf = learning.with_shelf(context, make.release(), second)
    make.hold(shelf)
    learning.wait(shelf, days=1)
    adopting.adopt(shelf, SYSTEM, "sample", "1.1.0")
    assert len(held.of_course(shelf, NOBODY, "sample", "1.1.0").holds) == 1


def test_a_date_that_comes_lifts_what_was_held_before_it_and_no_later_hold(context: Context) -> None:
    second = make.release("2.0.0", "Offer two seats.", make.quiz("again"), parent="1.0.0", change="material")
    shelf = learning.with_shelf(context, make.release(), second)
    made = make.hold(shelf)
    learning.plan(shelf, "2.0.0", days=2)
    assert not next(iter(holds.listed(shelf, SYSTEM))).hold.lifted_at
    learning.wait(shelf, days=3)
    adopting.settle(shelf, SYSTEM, "sample")
    assert next(iter(holds.listed(shelf, SYSTEM))).hold.lifted_by_version == "2.0.0"
    again = make.hold(shelf)
    adopting.settle(shelf, SYSTEM, "sample")  # a job that is done twice
    assert again != made
    assert [one.id for one in held.of_course(shelf, NOBODY, "sample", "2.0.0").holds] == [again]


def test_two_dates_that_came_before_anybody_looked_lift_what_either_of_them_answers(context: Context) -> None:
    second = make.release("1.1.0", "Offer two seats.", parent="1.0.0", change="informative")
    reworded = make.quiz("in other words")
    third = make.release("1.2.0", "Offer two seats.", reworded, parent="1.1.0", change="informative")
    shelf = learning.with_shelf(context, make.release(), second, third)
    for about in (make.BOX, make.ITEM, make.LAW):
        make.hold(shelf, about)
    learning.plan(shelf, "1.1.0", days=1)
    learning.plan(shelf, "1.2.0", days=2)
    learning.wait(shelf, days=3)
    adopting.settle(shelf, SYSTEM, "sample")
    lifted = {line.hold.kind: line.hold.lifted_by_version for line in holds.listed(shelf, SYSTEM)}
    assert lifted == {HeldKind.BOX: "1.1.0", HeldKind.ITEM: "1.2.0", HeldKind.LAW: ""}


def test_what_cannot_be_read_stays_on_hold(context: Context) -> None:
    second = make.release("2.0.0", "Offer two seats.", parent="1.0.0", change="material")
    shelf = learning.with_shelf(context, make.release(), second)
    make.hold(shelf)
    learning.plan(shelf, "2.0.0", days=2)
    learning.wait(shelf, days=3)
    gone: list[object] = shelf.library.releases  # type: ignore[attr-defined]  # a shelf
    old = gone.pop(0)
    adopting.settle(shelf, SYSTEM, "sample")
    (line,) = holds.listed(shelf, SYSTEM)
    assert not line.hold.lifted_at
    gone.pop(0)
    assert holds.listed(shelf, SYSTEM) == ()
    with refused(NotFound, "course.unknown"):
        holds.holdable(shelf, SYSTEM, "sample")
    gone.append(old)


# --- what can be held ---------------------------------------------------------------------------------------
def test_everything_that_can_be_held_has_its_words_in_both_languages(shelf: Context) -> None:
    found = holds.holdable(shelf, SYSTEM, "sample")
    box = named(found.statements, "box", "m1/st1")
    assert box is not None
    assert box.lesson is not None
    assert set(box.words) == {"en", "fr"}
    assert found.hold_on(box) is None
    make.hold(shelf)
    again = holds.holdable(shelf, SYSTEM, "sample")
    assert again.hold_on(box) is not None
    kinds = [one.kind for one in again.statements]
    assert kinds.count(HeldKind.BOX) == 1
    assert kinds.count(HeldKind.ITEM) == 12
    assert [one.name for one in again.statements if one.kind is HeldKind.LAW] == ["act"]


def test_a_hold_on_what_is_nowhere_any_more_is_still_listed(context: Context) -> None:
    plain = learning.release("2.0.0", parent="1.0.0", change="material")
    shelf = learning.with_shelf(context, make.release(), plain)
    make.hold(shelf)
    learning.wait(shelf, days=1)
    adopting.adopt(shelf, SYSTEM, "sample", "2.0.0")
    shelf.library.releases.pop(0)  # type: ignore[attr-defined]  # a shelf
    (line,) = holds.listed(shelf, SYSTEM)
    assert line.statement is None
    assert line.hold.lifted_by_version == "2.0.0"
