"""Results: the mark that was written, the words that answer each reply, and what to read again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lms.actions import learning, quizzing, results
from lms.actions.desk import Desk
from lms.actions.papers import Paper, own_sitting
from lms.core.errors import NotFound
from lms.core.people import NOBODY, Actor
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused

QUIZ = make.quiz("m1", draw=11, questions=make.every_kind())


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    return make.with_shelf(desk, make.release("1.0.0", make.module("m1", bank=QUIZ), make.module("m2")))


@pytest.fixture
def sam(open_desk: Desk) -> Actor:
    made = make.a_member(open_desk)
    learning.enrol(open_desk, made, "smpl", "en")
    return made


def _sit(desk: Desk, actor: Actor, module: str = "m1") -> Paper:
    return make.sit(desk, actor, module, "smpl")


def test_a_result_says_what_to_read_again(open_desk: Desk, sam: Actor) -> None:
    paper = _sit(open_desk, sam, "m2")
    answers = make.answer_all(paper)
    wrong = next(asked.question for asked in paper.asked if asked.question.outcome == "o1")
    answers[wrong.id] = {"choice": ("a",)}
    quizzing.submit_check(open_desk, sam, paper.attempt.id, answers, known=0)
    view = results.result(open_desk, sam, paper.attempt.id)
    again = {entry.asked.question.id: [one.id for one in entry.again] for entry in view.answered}
    assert again[wrong.id] == ["l1", "l2"]
    assert [names for name, names in again.items() if name != wrong.id] == [[], []]
    assert view.current.version == "1.0.0"
    assert not view.standing.modules[1].check_passed


def test_there_is_no_result_before_there_is_a_mark(open_desk: Desk, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    with refused(NotFound, "attempt.unknown"):
        results.result(open_desk, sam, paper.attempt.id)


def test_all_results_newest_first(open_desk: Desk, sam: Actor) -> None:
    make.pass_check(open_desk, sam, "m1", "smpl")
    open_desk.now.move(minutes=5)  # type: ignore[attr-defined]  # the clock of tests
    make.pass_check(open_desk, sam, "m2", "smpl")
    _sit(open_desk, sam, "m1")
    with make.statements(open_desk) as sent:
        found = results.results(open_desk, sam, "smpl")
    assert [one.check for one in found.attempts] == ["m2", "m1"]
    assert [Fraction(one.points) for one in found.attempts] == [3, 9]
    assert len(sent) == 2


def test_nobody_has_no_attempts(open_desk: Desk) -> None:
    with open_desk.database.reading() as tx, refused(NotFound, "attempt.unknown"):
        own_sitting(tx, NOBODY, "x")


def test_the_sample_site_is_sat_the_same_way(desk: Desk) -> None:
    make.with_sample(desk)
    pat = make.a_member(desk)
    assert make.finish(desk, pat).complete
    assert len(results.results(desk, pat, CODE).attempts) == 3
