"""Checks: drawn once, saved as one goes, marked once, whatever is pressed twice."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, event, func, insert, select, update

from lms.actions.context import Context
from lms.actions.learning import learning, quizzing, results
from lms.actions.learning.attempt_views import AttemptView
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.learning.replies import marks_of
from lms.core.people.actors import Actor
from lms.storage.tables.learning import attempt, mark
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


def _paper(context: Context, actor: Actor, module: str = "m1") -> AttemptView:
    found = quizzing.open_check(context, actor, "smpl", module).paper
    assert found
    return found


def _replies(context: Context, actor: Actor) -> dict[str, object]:
    return {name: dict(reply) for name, reply in _paper(context, actor).sitting.answers.items()}


# --- starting -----------------------------------------------------------------------------------------
def test_before_the_start_there_is_nothing_to_answer(open_desk: Context, sam: Actor) -> None:
    view = quizzing.open_check(open_desk, sam, "smpl", "m1")
    assert (view.paper, view.last) == (None, None)
    assert view.module
    assert view.module.code == "m1"
    assert quizzing.open_check(open_desk, sam, "smpl", "").module is None


def test_starting_twice_is_starting_once(open_desk: Context, sam: Actor) -> None:
    name = open_desk.new_id()
    assert quizzing.start_check(open_desk, sam, "smpl", "m1", name) == name
    assert quizzing.start_check(open_desk, sam, "smpl", "m1", name) == name
    assert quizzing.start_check(open_desk, sam, "smpl", "m1", open_desk.new_id()) == name
    assert quizzing.start_check(open_desk, sam, "smpl", "m2", open_desk.new_id()) != name


def test_a_start_that_comes_late_begins_nothing(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    quizzing.submit_check(open_desk, sam, paper.attempt.id, {}, known=0, confirmed=True)
    assert quizzing.start_check(open_desk, sam, "smpl", "m1", paper.attempt.id) == paper.attempt.id
    assert quizzing.open_check(open_desk, sam, "smpl", "m1").paper is None


def test_an_id_of_somebody_else_starts_nothing(open_desk: Context, sam: Actor) -> None:
    other = make.a_member(open_desk)
    learning.enrol(open_desk, other, "smpl", "en")
    taken = _sit(open_desk, other).attempt.id
    with refused(Conflict, "attempt.id"):
        quizzing.start_check(open_desk, sam, "smpl", "m1", taken)
    with refused(Invalid, "attempt.id"):
        quizzing.start_check(open_desk, sam, "smpl", "m1", "../../etc")


def test_an_unknown_module_has_no_check(open_desk: Context, sam: Actor) -> None:
    with refused(NotFound, "module.unknown"):
        quizzing.open_check(open_desk, sam, "smpl", "m9")


def test_the_final_check_draws_from_all_modules(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam, "")
    assert [asked.module.code for asked in paper.asked] == ["m1", "m1", "m2", "m2"]


def test_a_retake_asks_what_was_missed_first(open_desk: Context, sam: Actor) -> None:
    first = _sit(open_desk, sam, "m2")
    answers = make.answer_all(first)
    missed = first.asked[0].question
    answers[missed.id] = {"choice": ("a",)}
    quizzing.submit_check(open_desk, sam, first.attempt.id, answers, known=0)
    second = _sit(open_desk, sam, "m2")
    assert sum(asked.question.outcome == missed.outcome for asked in second.asked) == 2


# --- saving -------------------------------------------------------------------------------------------
def test_answers_are_kept_and_a_late_save_changes_nothing(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    assert quizzing.save_answers(open_desk, sam, name, {"choice": {"choice": ("a",)}}, save=2).number == 2
    late = quizzing.save_answers(open_desk, sam, name, {"choice": {"choice": ("b",)}}, save=1)
    assert (late.number, late.late) == (2, True)
    assert _replies(open_desk, sam) == {"choice": {"choice": ("a",)}}
    quizzing.save_answers(open_desk, sam, name, {"choice": {}, "text": {"text": ("consent",)}}, save=3)
    assert _replies(open_desk, sam) == {"choice": {}, "text": {"text": ("consent",)}}


def test_what_a_question_cannot_take_is_left_out(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    sent: dict[str, dict[str, tuple[str, ...]]] = {
        "choice": {"choice": ("a", "b"), "else": ("x",)},
        "choices": {"choice": ("a", "a", "z", "c")},
        "match": {"x": ("trap0",), "y": ("s1",)},
        "order": {"s1": ("4",), "s2": ("9",)},
        "text": {"text": ("w" * 999,)},
        "number": {"text": ("   ",)},
        "gaps": {"g1": ("a",), "g3": ("a",)},
        "likert": {"point": ("6",)},
        "reflection": {"text": ("long " * 2000,)},
        "unknown": {"choice": ("a",)},
    }
    quizzing.save_answers(open_desk, sam, name, sent, save=1)
    kept = _replies(open_desk, sam)
    assert kept["choice"] == {"choice": ("a",)}
    assert kept["choices"] == {"choice": ("a", "c")}
    assert kept["match"] == {"x": ("trap0",)}
    assert kept["order"] == {"s1": ("4",)}
    assert kept["text"] == {"text": ("w" * 200,)}
    assert (kept.get("number", {}), kept.get("likert", {})) == ({}, {})
    assert kept["gaps"] == {"g1": ("a",)}
    assert "unknown" not in kept


def test_a_save_number_far_ahead_is_refused(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    with refused(Invalid, "attempt.save-number"):
        quizzing.save_answers(open_desk, sam, name, {}, save=10**12)


def test_a_second_tab_never_wipes_out_the_first(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    quizzing.keep_answers(open_desk, sam, name, {"choice": {"choice": ("a",)}, "text": {}}, known=0)
    saved = quizzing.keep_answers(
        open_desk, sam, name, {"choice": {}, "text": {"text": ("from tab two",)}}, known=0
    )
    assert saved.number == 2
    assert _replies(open_desk, sam) == {"choice": {"choice": ("a",)}, "text": {"text": ("from tab two",)}}
    quizzing.keep_answers(open_desk, sam, name, {"choice": {}}, known=2)
    assert _replies(open_desk, sam)["choice"] == {}


def test_a_page_that_saves_itself_wipes_out_nothing_it_has_not_seen(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    quizzing.save_answers(open_desk, sam, name, {"text": {"text": ("tab one",)}}, save=1, known=0)
    late = quizzing.save_answers(
        open_desk, sam, name, {"text": {}, "choice": {"choice": ("a",)}}, save=1, known=0
    )
    assert late.late
    quizzing.save_answers(
        open_desk, sam, name, {"text": {}, "choice": {"choice": ("a",)}}, save=late.number + 1, known=0
    )
    assert _replies(open_desk, sam) == {"text": {"text": ("tab one",)}, "choice": {"choice": ("a",)}}
    quizzing.save_answers(open_desk, sam, name, {"text": {}}, save=3, known=2)
    assert _replies(open_desk, sam)["text"] == {}


def test_an_old_page_puts_no_older_answer_back(open_desk: Context, sam: Actor) -> None:
    """Laptop and phone show one page; the phone changes an answer, then the laptop answers another one."""
    paper = _sit(open_desk, sam)
    name, laptop = paper.attempt.id, {"choice": {"choice": ("a",)}, "text": {}}
    first = quizzing.save_answers(open_desk, sam, name, laptop, save=1, known=0)
    phone = {"choice": {"choice": ("b",)}, "text": {}}
    was = marks_of(paper.questions, _paper(open_desk, sam).sitting.answers)
    assert was == {"choice": first.was["choice"]}
    quizzing.keep_answers(open_desk, sam, name, phone, known=1, was=was)
    laptop = {"choice": {"choice": ("a",)}, "text": {"text": ("consent",)}}
    late = quizzing.save_answers(open_desk, sam, name, laptop, save=2, known=1, was=first.was)
    assert (late.late, late.was) == (True, {})
    quizzing.save_answers(open_desk, sam, name, laptop, save=3, known=1, was=first.was)
    assert _replies(open_desk, sam) == {"choice": {"choice": ("b",)}, "text": {"text": ("consent",)}}
    for act in (quizzing.keep_answers, quizzing.submit_check):
        act(open_desk, sam, name, laptop, known=1, was=first.was)
    assert _replies(open_desk, sam)["choice"] == {"choice": ("b",)}
    laptop["choice"] = {"choice": ("c",)}
    quizzing.keep_answers(open_desk, sam, name, laptop, known=1, was=first.was)
    assert _replies(open_desk, sam)["choice"] == {"choice": ("c",)}, "what is changed on purpose counts"


def test_sending_the_same_page_again_changes_nothing(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    page = {"choice": {"choice": ("a",)}}
    assert quizzing.keep_answers(open_desk, sam, name, page, known=0).number == 1
    with make.statements(open_desk) as sent:
        assert quizzing.keep_answers(open_desk, sam, name, page, known=1).number == 1
    assert len(sent) == 1


def test_after_weeks_everything_is_still_there(open_desk: Context, sam: Actor) -> None:
    first = _sit(open_desk, sam)
    quizzing.save_answers(open_desk, sam, first.attempt.id, {"text": {"text": ("consent",)}}, save=1)
    open_desk.now.move(days=60)  # type: ignore[attr-defined]  # the clock of tests
    again = _paper(open_desk, sam)
    assert again.attempt.id == first.attempt.id
    assert [asked.drawn for asked in again.asked] == [asked.drawn for asked in first.asked]
    assert next(asked for asked in again.asked if asked.question.id == "text").reply == {"text": ("consent",)}


def test_others_cannot_see_or_answer(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    other = make.a_member(open_desk)
    deeds: list[Callable[[], object]] = [
        lambda: quizzing.save_answers(open_desk, other, name, {}, save=1),
        lambda: quizzing.keep_answers(open_desk, other, name, {}, known=0),
        lambda: quizzing.submit_check(open_desk, other, name, {}, known=0),
        lambda: quizzing.ask_instead(open_desk, other, name, "text", {}, known=0, instead=True),
        lambda: results.result(open_desk, other, name),
    ]
    for deed in deeds:
        with refused(NotFound, "attempt.unknown"):
            deed()
    with refused(NotFound, "learning.not-enrolled"):
        quizzing.open_check(open_desk, other, "smpl", "m1")


def test_saving_and_handing_in_take_few_statements(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    with make.statements(open_desk) as save:
        quizzing.save_answers(open_desk, sam, paper.attempt.id, {"text": {"text": ("x",)}}, save=1)
    with make.statements(open_desk) as submit:
        quizzing.submit_check(open_desk, sam, paper.attempt.id, make.answer_all(paper), known=1)
    assert (len(save), len(submit)) == (3, 5)


# --- a choice instead ---------------------------------------------------------------------------------
def test_a_choice_question_instead_and_back_keeps_what_was_typed(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    typed = {"text": {"text": ("consen",)}, "choice": {"choice": ("a",)}}
    quizzing.ask_instead(open_desk, sam, name, "text", typed, known=0, instead=True)
    kept = _replies(open_desk, sam)
    assert kept == {"text": {"text": ("consen",), "instead": ("1",)}, "choice": {"choice": ("a",)}}
    quizzing.keep_answers(open_desk, sam, name, {"text": {"instead": ("1",), "choice": ("b",)}}, known=1)
    assert _replies(open_desk, sam)["text"] == {"text": ("consen",), "instead": ("1",), "choice": ("b",)}
    quizzing.ask_instead(open_desk, sam, name, "text", {}, known=2, instead=False)
    back = _paper(open_desk, sam).sitting.answers["text"]
    assert back["text"] == ("consen",)
    assert not back["instead"]


def test_only_questions_with_an_equivalent_have_one(open_desk: Context, sam: Actor) -> None:
    name = _sit(open_desk, sam).attempt.id
    for question in ("choice", "nothing"):
        with refused(Invalid, "question.no-choice"):
            quizzing.ask_instead(open_desk, sam, name, question, {}, known=0, instead=True)


# --- handing in ---------------------------------------------------------------------------------------
def test_everything_right_passes(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    done = quizzing.submit_check(open_desk, sam, paper.attempt.id, make.answer_all(paper), known=0)
    assert (done.missing, done.passed, done.complete) == ((), True, False)
    view = quizzing.open_check(open_desk, sam, "smpl", "m1")
    assert view.paper is None
    assert view.last
    assert (view.last.points, view.last.out_of, view.last.passed) == ("9", 9, True)
    assert view.standing.modules[0].check_passed


def test_what_has_no_answer_is_asked_for_first_and_kept(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    answers = make.answer_all(paper)
    del answers["gaps"]
    answers.pop("reflection", None)
    answers.pop("likert", None)
    answers["text"] = {}
    done = quizzing.submit_check(open_desk, sam, paper.attempt.id, answers, known=0)
    assert set(done.missing) == {"gaps", "text"}
    assert _replies(open_desk, sam)["choice"] == {"choice": ("b",)}
    done = quizzing.submit_check(open_desk, sam, paper.attempt.id, answers, known=1, confirmed=True)
    assert done.missing == ()
    assert done.passed is False
    view = results.result(open_desk, sam, paper.attempt.id)
    assert (view.paper.attempt.points, view.paper.attempt.by_question) == (
        "7",
        {
            **dict.fromkeys(("choice", "choices", "true-false", "branch", "match", "order", "number"), "1"),
            "text": "0",
            "gaps": "0",
        },
    )


def test_what_was_saved_counts_even_if_it_is_not_sent_again(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    quizzing.save_answers(open_desk, sam, paper.attempt.id, make.answer_all(paper), save=1)
    assert quizzing.submit_check(open_desk, sam, paper.attempt.id, {}, known=0).passed


def test_a_second_press_gets_the_first_result(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    first = quizzing.submit_check(open_desk, sam, paper.attempt.id, make.answer_all(paper), known=0)
    wrong = {"choice": {"choice": ("a",)}}
    assert quizzing.submit_check(open_desk, sam, paper.attempt.id, wrong, known=0, confirmed=True) == first
    deeds: list[Callable[[], object]] = [
        lambda: quizzing.save_answers(open_desk, sam, paper.attempt.id, wrong, save=9),
        lambda: quizzing.keep_answers(open_desk, sam, paper.attempt.id, wrong, known=9),
        lambda: quizzing.keep_answers(open_desk, sam, paper.attempt.id, {}, known=9),
    ]
    for deed in deeds:
        with refused(Conflict, "attempt.submitted"):
            deed()
    assert results.result(open_desk, sam, paper.attempt.id).paper.attempt.points == "9"


def _at_once(count: int, deed: Callable[[], object]) -> list[object]:
    barrier, found = Barrier(count), list[object]()

    def run() -> None:
        barrier.wait()
        found.append(deed())

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_many_presses_at_once_make_one_attempt_and_one_mark(open_desk: Context, sam: Actor) -> None:
    names = [open_desk.new_id() for _ in range(8)]
    started = _at_once(8, lambda: quizzing.start_check(open_desk, sam, "smpl", "m1", names.pop()))
    assert len(set(started)) == 1
    paper = _paper(open_desk, sam)
    answers = make.answer_all(paper)
    done = _at_once(8, lambda: quizzing.submit_check(open_desk, sam, paper.attempt.id, answers, known=0))
    assert len(done) == 8
    assert len(set(done)) == 1
    with open_desk.database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(attempt)).scalar() == 1
        assert tx.execute(select(func.count()).select_from(mark)).scalar() == 1


def test_enrolling_at_once_makes_one_enrolment(open_desk: Context) -> None:
    pat = make.a_member(open_desk)
    found = _at_once(6, lambda: learning.enrol(open_desk, pat, "smpl", "en").enrolled.id)
    assert len(set(found)) == 1


def test_an_attempt_that_was_handed_in_meanwhile_keeps_its_first_result(
    open_desk: Context, sam: Actor
) -> None:
    """As where rows are not locked: another transaction hands in between our look and our change."""
    paper, first = _sit(open_desk, sam), list[str]()

    def hand_in_first(tx: Connection, _cursor: object, sql: str, *_more: object) -> None:
        if sql.startswith("UPDATE attempt SET submitted_at") and not first:
            first.append(sql)
            tx.execute(update(attempt).values(submitted_at=1))
            tx.execute(
                insert(mark).values(
                    attempt_id=paper.attempt.id, points="1", out_of=1, passed=True, items="{}", at=1
                )
            )

    event.listen(open_desk.database.engine, "before_cursor_execute", hand_in_first)
    done = quizzing.submit_check(open_desk, sam, paper.attempt.id, {}, known=0, confirmed=True)
    assert first
    assert done.passed, "nothing was answered here: it is the other one's result"


def test_other_questions_than_at_the_start_are_never_marked(open_desk: Context, sam: Actor) -> None:
    paper = _sit(open_desk, sam)
    with open_desk.database.writing() as tx:
        tx.execute(update(attempt).values(digest="other"))
    with refused(Conflict, "attempt.other-questions"):
        quizzing.submit_check(open_desk, sam, paper.attempt.id, {}, known=0)
    with open_desk.database.writing() as tx:
        tx.execute(
            update(attempt).values(
                digest=paper.attempt.digest, items='[{"module":"gone","question":"q","order":{}}]'
            )
        )
    with refused(Conflict, "attempt.other-questions"):
        quizzing.submit_check(open_desk, sam, paper.attempt.id, {}, known=0)
