"""Comments as one goes, and what the final check asks after the checks of modules."""

from __future__ import annotations

import pytest

from lms.actions.context import Context
from lms.actions.learning import learning, quizzing, results
from lms.actions.learning.attempt_views import AttemptView
from lms.core.courses.quiz import TOLD
from lms.core.errors import Invalid
from lms.core.people.actors import Actor
from tests import builders_learning as make
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


def _replies(context: Context, actor: Actor) -> dict[str, object]:
    found = quizzing.open_check(context, actor, "smpl", "m1").paper
    assert found
    return {name: dict(reply) for name, reply in found.sitting.answers.items()}


# --- comments as one goes -----------------------------------------------------------------------------
@pytest.fixture
def telling(context: Context) -> Context:
    bank = make.quiz("m1", draw=11, questions=make.every_kind(), comments="each")
    return make.with_shelf(context, make.release("1.0.0", make.module("m1", bank=bank), make.module("m2")))


def test_an_answer_that_was_commented_on_stays(telling: Context) -> None:
    sam = make.a_member(telling)
    learning.enrol(telling, sam, "smpl", "en")
    paper = _sit(telling, sam)
    assert paper.comments_now
    name = paper.attempt.id
    sent = {"choice": {"choice": ("a",)}, "text": {"text": ("consen",)}}
    assert not quizzing.comment_now(telling, sam, name, "choice", sent, known=0).missing
    assert _replies(telling, sam)["choice"] == {"choice": ("a",), TOLD: ("1",)}
    assert _replies(telling, sam)["text"] == {"text": ("consen",)}, "the whole page is kept"
    quizzing.comment_now(telling, sam, name, "text", {}, known=1)
    quizzing.ask_instead(telling, sam, name, "text", {}, known=2, instead=True)
    quizzing.comment_now(telling, sam, name, "choice", {"choice": {"choice": ("b",)}}, known=2)
    quizzing.save_answers(telling, sam, name, {"choice": {"choice": ("b",)}}, save=9)
    quizzing.submit_check(telling, sam, name, {"choice": {"choice": ("b",)}}, known=9, confirmed=True)
    view = results.result(telling, sam, name)
    answered = {one.asked.question.id: one for one in view.answered}
    assert answered["choice"].asked.reply["choice"] == ("a",)
    assert not answered["choice"].marked.points
    assert not answered["text"].marked.instead


def test_half_an_answer_is_not_commented_on(telling: Context) -> None:
    sam = make.a_member(telling)
    learning.enrol(telling, sam, "smpl", "en")
    name = _sit(telling, sam).attempt.id
    half = {"match": {"x": ("x",)}}
    assert quizzing.comment_now(telling, sam, name, "match", half, known=0).missing == ("match",)
    assert _replies(telling, sam) == {"match": {"x": ("x",)}}


def test_most_checks_comment_at_their_end(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    with refused(Invalid, "question.no-comment"):
        quizzing.comment_now(open_desk, sam, name, "choice", {"choice": {"choice": ("a",)}}, known=0)


def test_only_what_is_asked_is_commented_on_and_nothing_of_the_final_check(telling: Context) -> None:
    pat = make.a_member(telling)
    learning.enrol(telling, pat, "smpl", "en")
    name = _sit(telling, pat).attempt.id
    with refused(Invalid, "question.no-comment"):
        quizzing.comment_now(telling, pat, name, "nothing", {}, known=0)
    assert not _sit(telling, pat, "").comments_now, "nor does the final one"


# --- what the final check asks --------------------------------------------------------------------------
def test_the_final_check_asks_what_the_module_checks_did_not(context: Context) -> None:
    banks = [make.module(name, bank=make.quiz(name, count=6, draw=3)) for name in ("m1", "m2")]
    desk = make.with_shelf(context, make.release("1.0.0", *banks))
    sam = make.a_member(desk)
    learning.enrol(desk, sam, "smpl", "en")
    for _ in range(2):  # what the newest attempt asked counts, not what an earlier one did
        for code in ("m1", "m2"):
            make.pass_check(desk, sam, code, "smpl")
    asked = {code: _newest(desk, sam, code) for code in ("m1", "m2")}
    paper = _sit(desk, sam, "")
    final = {one.id for one in paper.questions}
    assert len(final) == 4
    assert not final & (asked["m1"] | asked["m2"])
    quizzing.submit_check(desk, sam, paper.attempt.id, {}, known=0, confirmed=True)
    again = {one.id for one in _sit(desk, sam, "").questions}
    assert again != final, "after a final check what was least recently asked comes first"


def _newest(context: Context, actor: Actor, code: str) -> set[str]:
    last = quizzing.open_check(context, actor, "smpl", code).last
    assert last
    return {item.question for item in last.items}
