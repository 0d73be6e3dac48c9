"""Results: the mark that was written, the words that answer each reply, and what to read again."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from sqlalchemy import update

from lms.actions.context import Context
from lms.actions.learning import learning, quizzing, results
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.learning.completion import own_sitting
from lms.core.errors import NotFound
from lms.core.people.actors import NOBODY, Actor
from lms.storage.tables.learning import answer
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused

QUIZ = make.quiz("m1", draw=11, questions=make.every_kind())


@pytest.fixture
def open_desk(context: Context) -> Context:
    return make.with_shelf(context, make.release("1.0.0", make.module("m1", bank=QUIZ), make.module("m2")))


@pytest.fixture
def sam(open_desk: Context) -> Actor:
    made = make.a_member(open_desk)
    learning.enrol(open_desk, made, "smpl", "en")
    return made


def _sit(context: Context, actor: Actor, module: str = "m1") -> AttemptView:
    return make.sit(context, actor, module, "smpl")


def test_a_result_says_what_to_read_again(open_desk: Context, sam: Actor) -> None:
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


def test_whoever_did_not_pass_has_started(open_desk: Context, sam: Actor) -> None:
    """Said on the course's page, on My learning and on the home page."""

    def said() -> str:
        mine = learning.my_course(open_desk, sam, "smpl")
        assert mine
        return mine.standing.phrase.code

    assert said() == "progress.not-started"
    paper = _sit(open_desk, sam)
    assert said() == "progress.lessons-left"
    quizzing.submit_check(open_desk, sam, paper.attempt.id, {}, known=0, confirmed=True)
    assert said() == "progress.lessons-left"


def test_a_mark_that_was_given_is_shown_as_it_was_given(open_desk: Context, sam: Actor) -> None:
    """A later program may read typed answers in another way: the result of then stays whole."""
    paper = _sit(open_desk, sam)
    quizzing.submit_check(open_desk, sam, paper.attempt.id, make.answer_all(paper), known=0)
    typed = [asked.question.id for asked in paper.asked if asked.question.kind in {"text", "number"}]
    with open_desk.database.writing() as tx:
        other = json.dumps({"text": ["none of it"]})
        tx.execute(update(answer).where(answer.c.question.in_(typed)).values(reply=other))
    view = results.result(open_desk, sam, paper.attempt.id)
    shown = {entry.asked.question.id: entry for entry in view.answered}
    assert {(str(shown[name].marked.result), shown[name].marked.remarks[0].state) for name in typed} == {
        ("right", "right")
    }
    assert sum(entry.marked.points for entry in view.answered) == Fraction(view.paper.attempt.points)


def test_there_is_no_result_before_there_is_a_mark(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    with refused(NotFound, "attempt.unknown"):
        results.result(open_desk, sam, paper.attempt.id)


def test_all_results_newest_first(open_desk: Context, sam: Actor) -> None:
    make.pass_check(open_desk, sam, "m1", "smpl")
    open_desk.now.move(minutes=5)  # type: ignore[attr-defined]  # the clock of tests
    make.pass_check(open_desk, sam, "m2", "smpl")
    _sit(open_desk, sam, "m1")
    with make.statements(open_desk) as sent:
        found = results.results(open_desk, sam, "smpl")
    assert [one.check for one in found.attempts] == ["m2", "m1"]
    assert [Fraction(one.points) for one in found.attempts] == [3, 9]
    assert len(sent) == 2


def test_nobody_has_no_attempts(open_desk: Context) -> None:
    with open_desk.database.reading() as tx, refused(NotFound, "attempt.unknown"):
        own_sitting(tx, NOBODY, "x")


def test_the_sample_site_is_sat_the_same_way(context: Context) -> None:
    make.with_sample(context)
    pat = make.a_member(context)
    assert make.finish(context, pat).complete
    assert len(results.results(context, pat, CODE).attempts) == 3
