"""What a hold does to learners: seen on the next request in every process, and nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.actions.context import Context
from lms.actions.learning import learning, offline, quizzing, results
from lms.actions.legislation import holds
from lms.actions.people.sessions import ticket_of
from lms.core.courses.quiz import Question, Reply
from lms.core.errors import NotAllowed
from lms.core.people.actors import SYSTEM, Actor
from tests import builders_holds as make
from tests import builders_learning as build
from tests.builders_learning import refused


@pytest.fixture
def shelf(context: Context) -> Context:
    """Return a desk with a course that says something about a law."""
    return build.with_shelf(context, make.release())


def enrolled(shelf: Context) -> Actor:
    sam = build.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    return sam


def seen(shelf: Context, sam: Actor) -> tuple[str, ...]:
    ticket = ticket_of(build.a_session(shelf, sam))
    view = learning.open_lesson(shelf, ticket, "smpl", "m1", "l1")
    assert view
    return view.held.key


def wrong(question: Question) -> Reply:
    return {"choice": ("a",)}


def test_a_lesson_shows_it_in_every_process_and_asks_one_statement(
    shelf: Context,
) -> None:
    sam = enrolled(shelf)
    assert seen(shelf, sam) == ()
    other = replace(shelf)  # has kept nothing in memory
    made = make.hold(shelf)
    assert seen(shelf, sam) == seen(other, sam) == (made,)
    ticket = ticket_of(build.a_session(shelf, sam))
    with build.statements(shelf) as sent:
        learning.open_lesson(shelf, ticket, "smpl", "m1", "l1")
    assert len(sent) == 1
    holds.release_hold(shelf, SYSTEM, made, "Nothing has changed.")
    assert seen(other, sam) == ()


def test_a_file_has_it_for_whoever_is_enrolled_and_for_others(shelf: Context) -> None:
    sam, made = enrolled(shelf), make.hold(shelf)
    ticket = ticket_of(build.a_session(shelf, sam))
    for who in (ticket, ""):
        assert offline.open_module(shelf, who, "smpl", "m1").held.key == (made,)


def test_a_draw_avoids_what_is_on_hold_in_a_module_and_at_the_end(shelf: Context) -> None:
    sam = enrolled(shelf)
    for number in (1, 2, 3):
        make.hold(shelf, ("item", f"m1/m1-q{number}"))
    for code in ("m1", ""):
        asked = {one.id for one in build.sit(shelf, sam, code, "smpl").questions}
        assert not asked & {"m1-q1", "m1-q2", "m1-q3"}


def test_an_attempt_under_way_is_marked_with_and_without_and_the_better_counts(shelf: Context) -> None:
    sam = enrolled(shelf)
    paper = build.sit(shelf, sam, "m1", "smpl")
    first, *rest = paper.questions
    make.hold(shelf, ("item", f"m1/{first.id}"))
    answers = {**{one.id: build.right_reply(one) for one in rest}, first.id: wrong(first)}
    done = quizzing.submit_check(shelf, sam, paper.attempt.id, answers, known=0)
    assert done.passed
    view = results.result(shelf, sam, paper.attempt.id)
    attempt = view.paper.attempt
    assert (attempt.points, attempt.out_of, set(attempt.left_out)) == ("2", 2, {first.id})
    assert attempt.by_question is not None
    assert set(attempt.by_question) == {one.id for one in paper.questions}  # both results are kept
    assert attempt.by_question[first.id] == "0"
    assert view.paper.held_questions == {first.id}
    for entry in view.paper.asked:
        held = [one.statement for one in view.paper.holds_on(entry)]
        assert held == ([f"m1/{first.id}"] if entry.question.id == first.id else [])


def test_a_right_answer_to_a_held_question_still_helps_and_none_is_asked_for(shelf: Context) -> None:
    sam = enrolled(shelf)
    paper = build.sit(shelf, sam, "m1", "smpl")
    first, *rest = paper.questions
    hold = make.hold(shelf, ("item", f"m1/{first.id}"))
    answers = {one.id: build.right_reply(one) for one in paper.questions}
    answers[rest[0].id] = dict(wrong(rest[0]))
    open_one = quizzing.open_check(shelf, sam, "smpl", "m1").paper
    assert open_one
    assert quizzing.missing_in(open_one, {}) == tuple(one.id for one in rest)
    assert not quizzing.submit_check(shelf, sam, paper.attempt.id, answers, known=0).passed
    before = results.result(shelf, sam, paper.attempt.id).paper.attempt
    assert (before.points, before.out_of, before.left_out) == ("2", 3, frozenset())
    holds.release_hold(shelf, SYSTEM, hold, "Nothing has changed.")
    assert results.result(shelf, sam, paper.attempt.id).paper.attempt == before


def test_lifting_a_hold_never_lowers_a_result_or_progress(shelf: Context) -> None:
    sam = enrolled(shelf)
    paper = build.sit(shelf, sam, "m1", "smpl")
    first, *rest = paper.questions
    hold = make.hold(shelf, ("item", f"m1/{first.id}"))
    answers = {one.id: build.right_reply(one) for one in rest}
    assert quizzing.submit_check(shelf, sam, paper.attempt.id, answers, known=0).passed
    before = learning.my_course(shelf, sam, "smpl")
    holds.release_hold(shelf, SYSTEM, hold, "Nothing has changed.")
    after = learning.my_course(shelf, sam, "smpl")
    assert before
    assert after
    assert after.standing.steps_done == before.standing.steps_done
    assert results.result(shelf, sam, paper.attempt.id).paper.attempt.passed


def test_a_check_waits_when_everything_that_was_drawn_is_on_hold(shelf: Context) -> None:
    sam = enrolled(shelf)
    paper = build.sit(shelf, sam, "m1", "smpl")
    made = [make.hold(shelf, ("item", f"m1/{one.id}")) for one in paper.questions]
    answers = build.answer_all(paper)
    done = quizzing.submit_check(shelf, sam, paper.attempt.id, answers, known=0)
    assert (done.waits, done.passed, done.missing) == (True, False, ())
    view = quizzing.open_check(shelf, sam, "smpl", "m1")
    assert view.waits
    assert view.paper
    assert view.paper.sitting.answers == answers  # nothing is lost
    holds.release_hold(shelf, SYSTEM, made[0], "Nothing has changed.")
    done = quizzing.submit_check(shelf, sam, paper.attempt.id, {}, known=view.paper.attempt.saved)
    assert done.passed


def test_a_check_cannot_begin_when_its_whole_bank_is_on_hold(shelf: Context) -> None:
    sam = enrolled(shelf)
    for number in range(1, 7):
        make.hold(shelf, ("item", f"m1/m1-q{number}"))
    assert quizzing.open_check(shelf, sam, "smpl", "m1").waits
    with refused(NotAllowed, "attempt.on-hold"):
        quizzing.start_check(shelf, sam, "smpl", "m1", shelf.new_id())
    assert not quizzing.open_check(shelf, sam, "smpl", "").waits
    quizzing.start_check(shelf, sam, "smpl", "", shelf.new_id())


def test_a_law_on_hold_holds_every_question_that_names_it(context: Context) -> None:
    shelf = build.with_shelf(context, make.release(bank=make.quiz(resting=2)))
    make.hold(shelf, make.LAW)
    paper = build.sit(shelf, enrolled(shelf), "m1", "smpl")
    assert not {"m1-q1", "m1-q2"} & {one.id for one in paper.questions}
