"""Learners move silently when nothing is lost, and by choice when a change is material."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lms.actions.context import Context
from lms.actions.learning import learning, moving, quizzing, results
from lms.actions.people.sessions import ticket_of
from lms.actions.publishing import adopting
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Unavailable
from lms.core.operations.jobs import ReleaseActivated
from lms.core.people.actors import SYSTEM, Actor
from lms.jobs import run_due
from lms.storage.learning import enrolments
from lms.storage.operations import audit, outbox
from lms.storage.search import search_index
from tests import builders_learning as make
from tests.builders_learning import refused
from tests.builders_shelf import Shelf

FIRST = make.release("1.0.0")
_MORE = make.module("m1", lessons=3)
BETTER = make.release("1.1.0", _MORE, FIRST.modules[1], parent="1.0.0", change="informative")
_KEYED = replace(
    FIRST.modules[0],
    quiz=replace(
        FIRST.modules[0].quiz,
        questions=tuple(
            make.choice(one.id, "c", outcome=one.outcome) for one in FIRST.modules[0].quiz.questions
        ),
        digest="other",
    ),
    lessons=tuple(replace(one, digest=one.digest + "+") for one in FIRST.modules[0].lessons),
)
OTHER = make.release("2.0.0", _KEYED, FIRST.modules[1], parent="1.0.0", change="material")


def _mine(context: Context, actor: Actor) -> learning.Learning:
    found = learning.my_course(context, actor, "smpl")
    assert found
    return found


def _publish(context: Context, release: Release) -> None:
    shelf: Any = context.library
    shelf.releases.append(release)
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(context, SYSTEM, "sample", release.version)


@pytest.fixture
def shelf(context: Context) -> Context:
    return make.with_shelf(context, FIRST)


@pytest.fixture
def sam(shelf: Context) -> Actor:
    made = make.a_member(shelf)
    learning.enrol(shelf, made, "smpl", "en")
    make.read_all(shelf, made, "smpl", only="m1")
    make.pass_check(shelf, made, "m1", "smpl")
    return made


def test_better_words_reach_everybody_and_nobody_goes_back(shelf: Context, sam: Actor) -> None:
    others = [make.a_member(shelf) for _ in range(3)]
    for other in others:
        learning.enrol(shelf, other, "smpl", "en")
    before = _mine(shelf, sam).standing
    _publish(shelf, BETTER)
    assert _mine(shelf, sam).release.version == "1.0.0"
    assert _mine(shelf, sam).offer is None
    moving.follow_activation(shelf, ReleaseActivated("sample"))
    after = _mine(shelf, sam)
    assert after.release.version == "1.1.0"
    assert after.standing.modules[0].done
    assert [one.state for one in after.standing.modules[0].lessons] == ["read", "read", "new"]
    assert after.standing.steps_done >= before.steps_done
    assert moving.move_learners(shelf, SYSTEM, "sample") == 0
    assert _mine(shelf, others[0]).release.version == "1.1.0"


def test_a_new_lesson_is_new_until_it_is_read_and_never_updated(shelf: Context, sam: Actor) -> None:
    ticket = ticket_of(make.a_session(shelf, sam))
    _publish(shelf, BETTER)
    moving.follow_activation(shelf, ReleaseActivated("sample"))

    def shown() -> tuple[str, bool]:
        view = learning.open_lesson(shelf, ticket, "smpl", "m1", "l3")
        assert view is not None
        return _mine(shelf, sam).standing.modules[0].lessons[2].state, view.updated

    assert shown() == ("new", False)
    newer = replace(_MORE.lessons[2], digest="m1-l3+")
    _publish(
        shelf,
        make.release(
            "1.2.0",
            replace(_MORE, lessons=(*_MORE.lessons[:2], newer)),
            FIRST.modules[1],
            parent="1.1.0",
            change="informative",
        ),
    )
    moving.follow_activation(shelf, ReleaseActivated("sample"))
    assert shown() == ("new", False)
    for _ in range(2):
        learning.read_lesson(shelf, sam, "smpl", "m1", "l3", locale="en")
        assert shown() == ("read", False)
    with shelf.database.reading() as tx:
        noted = [one for one in audit.trail(tx) if one.object.endswith(" m1/l3")]
    assert len(noted) == 1


def test_many_learners_move_some_at_a_time(shelf: Context) -> None:
    for _ in range(4):
        learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    _publish(shelf, BETTER)
    assert moving.move_learners(shelf, SYSTEM, "sample", at_a_time=2) == 4
    assert moving.move_learners(shelf, SYSTEM, "sample", at_a_time=2) == 0


def _indexed(context: Context) -> int:
    with context.database.reading() as tx:
        return search_index.count(tx)


def test_what_follows_an_activation_is_done_in_parts_and_the_index_comes_last(shelf: Context) -> None:
    for _ in range(2):
        learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    _publish(shelf, BETTER)
    parts = [ReleaseActivated("sample")]
    while rest := moving.follow_activation(shelf, parts[-1], at_a_time=1):
        parts.append(rest)
        assert _indexed(shelf) == 0
    assert _indexed(shelf) > 0
    assert [one.version for one in parts] == ["", "1.0.0", "1.0.0"]
    assert moving.move_learners(shelf, SYSTEM, "sample") == 0
    moving.follow_activation(shelf, parts[-1], at_a_time=1)


def test_an_attempt_under_way_is_marked_as_it_was_started(shelf: Context, sam: Actor) -> None:
    paper = make.sit(shelf, sam, "m1", "smpl")
    _publish(shelf, OTHER)
    moving.move_now(shelf, sam, "smpl")
    assert _mine(shelf, sam).release.version == "2.0.0"
    done = quizzing.submit_check(shelf, sam, paper.attempt.id, make.answer_all(paper), known=0)
    assert done.passed
    assert results.result(shelf, sam, paper.attempt.id).paper.attempt.lapsed
    assert not _mine(shelf, sam).standing.modules[0].check_passed


def test_before_a_material_change_one_chooses(shelf: Context, sam: Actor) -> None:
    _publish(shelf, OTHER)
    assert moving.move_learners(shelf, SYSTEM, "sample", at_a_time=1) == 0
    offer = _mine(shelf, sam).offer
    assert offer
    assert (offer.release.version, offer.chosen) == ("2.0.0", False)
    assert moving.stay(shelf, sam, "smpl") == offer.until
    again = _mine(shelf, sam)
    assert again.offer
    assert (again.release.version, again.offer.chosen) == ("1.0.0", True)
    assert again.standing.modules[0].done


def test_moving_keeps_what_the_change_does_not_touch(shelf: Context, sam: Actor) -> None:
    make.read_all(shelf, sam, "smpl", only="m2")
    _publish(shelf, OTHER)
    moving.move_now(shelf, sam, "smpl")
    after = _mine(shelf, sam)
    assert (after.release.version, after.offer) == ("2.0.0", None)
    assert [module.lessons_left for module in after.standing.modules] == [2, 0]
    assert not after.standing.modules[0].check_passed
    learning.read_lesson(shelf, sam, "smpl", "m1", "l1", locale="en")
    assert _mine(shelf, sam).standing.modules[0].lessons_left == 1


def test_when_the_time_is_over_the_rest_is_moved(shelf: Context, sam: Actor) -> None:
    _publish(shelf, OTHER)
    moving.move_learners(shelf, SYSTEM, "sample")
    with shelf.database.reading() as tx:
        assert outbox.counts(tx)[0] == 4
    shelf.now.move(days=91)  # type: ignore[attr-defined]  # the clock of tests
    assert moving.move_learners(shelf, SYSTEM, "sample") == 1
    assert _mine(shelf, sam).release.version == "2.0.0"


def test_whoever_is_complete_is_not_asked_and_stays_complete(shelf: Context, sam: Actor) -> None:
    make.read_all(shelf, sam, "smpl")
    for code in ("m2", ""):
        make.pass_check(shelf, sam, code, "smpl")
    assert _mine(shelf, sam).standing.complete
    _publish(shelf, OTHER)
    assert _mine(shelf, sam).offer is None
    assert moving.move_learners(shelf, SYSTEM, "sample") == 1
    assert _mine(shelf, sam).standing.complete


def test_without_a_choice_there_is_nothing_to_choose(shelf: Context, sam: Actor) -> None:
    for deed in (moving.move_now, moving.stay):
        with refused(Conflict, "learning.nothing-to-choose"):
            deed(shelf, sam, "smpl")
    assert moving.move_learners(shelf, SYSTEM, "unknown") == 0


# --- promises that hold when time passes ------------------------------------------------------------
def _patches(
    context: Context, who: Actor, base: Release, count: int, *, every: int
) -> list[tuple[int, str, int]]:
    """Publish patches on a release, some days apart, and do what is due; say how it went each time."""
    seen, parent, started = [], base.version, context.now()
    for number in range(1, count + 1):
        version = f"2.0.{number}"
        patch = replace(base, version=version, digest=version, parent=parent, change="editorial")
        parent = version
        context.now.move(days=every)  # type: ignore[attr-defined]  # the clock of tests
        _publish(context, patch)
        context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
        run_due(context)
        days = round((context.now() - started) / 86_400_000)
        with context.database.reading() as tx:
            (mine,) = enrolments.of_person(tx, who.person)
        seen.append((days, mine.version, mine.stays_until))
    return seen


@pytest.mark.parametrize("chooses", [True, False])
def test_a_promise_of_time_never_slides(shelf: Context, sam: Actor, chooses: bool) -> None:
    _publish(shelf, OTHER)
    moving.move_learners(shelf, SYSTEM, "sample")
    until = _mine(shelf, sam).offer
    assert until
    if chooses:
        assert moving.stay(shelf, sam, "smpl") == until.until
    seen = _patches(shelf, sam, OTHER, 4, every=25)
    assert [version for _, version, _ in seen] == ["1.0.0", "1.0.0", "1.0.0", "2.0.4"]
    assert {end for _, version, end in seen if version == "1.0.0"} <= {until.until, 0}


def test_the_date_is_the_same_on_every_page_and_every_day(shelf: Context, sam: Actor) -> None:
    _publish(shelf, OTHER)
    first = _mine(shelf, sam).offer
    assert first
    for number in (1, 2):
        parent = "2.0.0" if number == 1 else "2.0.1"
        patch = replace(
            OTHER, version=f"2.0.{number}", digest=f"p{number}", parent=parent, change="editorial"
        )
        shelf.now.move(days=20)  # type: ignore[attr-defined]  # the clock of tests
        _publish(shelf, patch)
        offer = _mine(shelf, sam).offer
        assert offer
        assert (offer.until, offer.release.version) == (first.until, patch.version)
        assert moving.stay(shelf, sam, "smpl") == first.until


def test_a_date_that_was_promised_stays_whatever_is_published_later(shelf: Context, sam: Actor) -> None:
    """Also a date that an earlier version of the program promised, which counted from another day."""
    _publish(shelf, OTHER)
    promised = shelf.now() + 120 * 86_400_000
    with shelf.database.writing() as tx:
        (mine,) = enrolments.of_person(tx, sam.person)
        enrolments.stay(tx, mine.id, promised)
    run_due(shelf)
    shelf.now.move(days=100)  # type: ignore[attr-defined]  # the clock of tests
    run_due(shelf)
    offer = _mine(shelf, sam).offer
    assert offer
    assert (_mine(shelf, sam).release.version, offer.until) == ("1.0.0", promised)
    shelf.now.move(days=21)  # type: ignore[attr-defined]  # the clock of tests
    run_due(shelf)
    assert _mine(shelf, sam).release.version == "2.0.0"


def test_several_steps_that_are_material_together_give_time_from_the_first_of_them(
    shelf: Context, sam: Actor
) -> None:
    unnamed = replace(OTHER, change="editorial", version="1.0.1")
    _publish(shelf, unnamed)
    patch = replace(OTHER, version="1.0.2", digest="p", parent="1.0.1", change="editorial")
    _publish(shelf, patch)
    offer = _mine(shelf, sam).offer
    assert offer
    assert offer.until == shelf.now() + 90 * 86_400_000
    back = replace(FIRST, version="1.0.3", digest="b", parent="1.0.2", change="editorial")
    _publish(shelf, back)
    assert _mine(shelf, sam).offer is None, "nothing has changed for whoever is on the first"
    assert moving.move_learners(shelf, SYSTEM, "sample") == 1


def test_one_release_that_cannot_be_read_keeps_nobody_else_waiting(shelf: Context, sam: Actor) -> None:
    _publish(shelf, BETTER)
    alex = make.a_member(shelf)
    learning.enrol(shelf, alex, "smpl", "en")
    newest = replace(BETTER, version="1.2.0", digest="n", parent="1.1.0", change="editorial")
    _publish(shelf, newest)
    library: Any = shelf.library
    fresh = replace(shelf, library=Shelf([one for one in library.releases if one.version != "1.0.0"]))  # type: ignore[arg-type]  # as much of a site as is asked for
    assert moving.move_learners(fresh, SYSTEM, "sample") == 1
    assert _mine(shelf, alex).release.version == "1.2.0"
    assert _mine(shelf, sam).release.version == "1.0.0"
    shelf.now.move(minutes=61)  # type: ignore[attr-defined]  # the clock of tests
    run_due(shelf)
    assert _mine(shelf, sam).release.version == "1.2.0", "the files have come back since"
    gone = replace(shelf, library=Shelf([FIRST]))  # type: ignore[arg-type]  # as before
    learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    _publish(shelf, replace(newest, version="1.2.1", digest="nn", parent="1.2.0"))
    with refused(Unavailable, "release.not-here"):
        moving.move_learners(gone, SYSTEM, "sample")
