"""Learners move silently when nothing is lost, and by choice when a change is material."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lms.actions import adopting, learning, moving, quizzing, results
from lms.actions.desk import Desk
from lms.core.course import Release
from lms.core.errors import Conflict
from lms.core.people import SYSTEM, Actor
from lms.storage import outbox
from tests import builders_learning as make
from tests.builders_learning import refused

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


def _mine(desk: Desk, actor: Actor) -> learning.Learning:
    found = learning.my_course(desk, actor, "smpl")
    assert found
    return found


def _publish(desk: Desk, release: Release) -> None:
    shelf: Any = desk.library
    shelf.releases.append(release)
    desk.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
    adopting.adopt(desk, SYSTEM, "sample", release.version)


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    return make.with_shelf(desk, FIRST)


@pytest.fixture
def sam(shelf: Desk) -> Actor:
    made = make.a_member(shelf)
    learning.enrol(shelf, made, "smpl", "en")
    make.read_all(shelf, made, "smpl", only="m1")
    make.pass_check(shelf, made, "m1", "smpl")
    return made


def test_better_words_reach_everybody_and_nobody_goes_back(shelf: Desk, sam: Actor) -> None:
    others = [make.a_member(shelf) for _ in range(3)]
    for other in others:
        learning.enrol(shelf, other, "smpl", "en")
    before = _mine(shelf, sam).standing
    _publish(shelf, BETTER)
    assert _mine(shelf, sam).release.version == "1.0.0"
    assert _mine(shelf, sam).offer is None
    moving.follow_activation(shelf, {"course": "sample"})
    after = _mine(shelf, sam)
    assert after.release.version == "1.1.0"
    assert after.standing.modules[0].done
    assert after.standing.modules[0].lessons[2].state == "updated"
    assert after.standing.steps_done >= before.steps_done
    assert moving.move_learners(shelf, SYSTEM, "sample") == 0
    assert _mine(shelf, others[0]).release.version == "1.1.0"


def test_many_learners_move_some_at_a_time(shelf: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "AT_A_TIME", 2)
    for _ in range(4):
        learning.enrol(shelf, make.a_member(shelf), "smpl", "en")
    _publish(shelf, BETTER)
    assert moving.move_learners(shelf, SYSTEM, "sample") == 4


def test_an_attempt_under_way_is_marked_as_it_was_started(shelf: Desk, sam: Actor) -> None:
    paper = make.sit(shelf, sam, "m1", "smpl")
    _publish(shelf, OTHER)
    moving.move_now(shelf, sam, "smpl")
    assert _mine(shelf, sam).release.version == "2.0.0"
    done = quizzing.submit_check(shelf, sam, paper.attempt.id, make.answer_all(paper), known=0)
    assert done.passed
    assert results.result(shelf, sam, paper.attempt.id).paper.attempt.lapsed
    assert not _mine(shelf, sam).standing.modules[0].check_passed


def test_before_a_material_change_one_chooses(shelf: Desk, sam: Actor) -> None:
    _publish(shelf, OTHER)
    assert moving.move_learners(shelf, SYSTEM, "sample") == 0
    offer = _mine(shelf, sam).offer
    assert offer
    assert (offer.release.version, offer.chosen) == ("2.0.0", False)
    assert moving.stay(shelf, sam, "smpl") == offer.until
    again = _mine(shelf, sam)
    assert again.offer
    assert (again.release.version, again.offer.chosen) == ("1.0.0", True)
    assert again.standing.modules[0].done


def test_moving_keeps_what_the_change_does_not_touch(shelf: Desk, sam: Actor) -> None:
    make.read_all(shelf, sam, "smpl", only="m2")
    _publish(shelf, OTHER)
    moving.move_now(shelf, sam, "smpl")
    after = _mine(shelf, sam)
    assert (after.release.version, after.offer) == ("2.0.0", None)
    assert [module.lessons_left for module in after.standing.modules] == [2, 0]
    assert not after.standing.modules[0].check_passed
    learning.read_lesson(shelf, sam, "smpl", "m1", "l1", locale="en")
    assert _mine(shelf, sam).standing.modules[0].lessons_left == 1


def test_when_the_time_is_over_the_rest_is_moved(shelf: Desk, sam: Actor) -> None:
    _publish(shelf, OTHER)
    moving.move_learners(shelf, SYSTEM, "sample")
    with shelf.database.reading() as tx:
        assert outbox.counts(tx)[0] == 3
    shelf.now.move(days=91)  # type: ignore[attr-defined]  # the clock of tests
    assert moving.move_learners(shelf, SYSTEM, "sample") == 1
    assert _mine(shelf, sam).release.version == "2.0.0"


def test_whoever_is_complete_is_not_asked_and_stays_complete(shelf: Desk, sam: Actor) -> None:
    make.read_all(shelf, sam, "smpl")
    for code in ("m2", ""):
        make.pass_check(shelf, sam, code, "smpl")
    assert _mine(shelf, sam).standing.complete
    _publish(shelf, OTHER)
    assert _mine(shelf, sam).offer is None
    assert moving.move_learners(shelf, SYSTEM, "sample") == 1
    assert _mine(shelf, sam).standing.complete


def test_without_a_choice_there_is_nothing_to_choose(shelf: Desk, sam: Actor) -> None:
    for deed in (moving.move_now, moving.stay):
        with refused(Conflict, "learning.nothing-to-choose"):
            deed(shelf, sam, "smpl")
    assert moving.move_learners(shelf, SYSTEM, "unknown") == 0
