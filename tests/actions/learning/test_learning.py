"""Learning: starting, reading, leaving off and coming back; what a visitor may; completion."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from lms.actions import visits
from lms.actions.context import Context
from lms.actions.learning import learning, quizzing
from lms.actions.people.sessions import ticket_of
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY
from lms.storage.tables.learning import completion, enrolment
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused


@pytest.fixture
def open_desk(context: Context) -> Context:
    return make.with_sample(context)


def test_starting_pins_the_current_release_once(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    first = learning.enrol(open_desk, sam, CODE, "en")
    again = learning.enrol(open_desk, sam, CODE, "fr")
    assert first.enrolled == again.enrolled
    assert (first.release.version, first.standing.steps_done) == ("1.0.0", 0)


def test_a_course_that_is_not_there_or_not_published(context: Context) -> None:
    sam = make.a_member(context)
    with refused(NotFound, "course.unknown"):
        learning.enrol(context, sam, "nope", "en")
    with refused(NotFound, "course.unknown"):
        learning.enrol(context, sam, CODE, "en")


def test_nobody_cannot_start(open_desk: Context) -> None:
    with refused(NotAllowed, "deed.sign-in-first"):
        learning.enrol(open_desk, NOBODY, CODE, "en")


def test_a_lesson_page_needs_one_statement(open_desk: Context) -> None:
    sam = make.a_member(open_desk, "Sam")
    ticket = ticket_of(make.a_session(open_desk, sam))
    with make.statements(open_desk) as before:
        view = learning.open_lesson(open_desk, ticket, CODE, "m1", "l1")
    assert view
    assert (view.access, view.enrolment, view.standing, len(before)) == ("enrol", "", None, 2)
    learning.enrol(open_desk, sam, CODE, "en")
    with make.statements(open_desk) as sent:
        view = learning.open_lesson(open_desk, ticket, CODE, "m1", "l1")
    assert view
    assert view.standing
    assert (view.access, view.known.name, view.known.actor.person) == ("open", "Sam", sam.person)
    assert len(sent) == 1


def test_the_number_of_statements_does_not_grow(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    ticket = ticket_of(make.a_session(open_desk, sam))
    make.finish(open_desk, sam)
    make.pass_check(open_desk, sam, "m1")
    with make.statements(open_desk) as lesson:
        learning.open_lesson(open_desk, ticket, CODE, "m1", "l1")
    with make.statements(open_desk) as mine:
        learning.my_learning(open_desk, sam)
    assert (len(lesson), len(mine)) == (1, 2)


def test_an_unknown_ticket_opens_nothing(open_desk: Context) -> None:
    assert learning.open_lesson(open_desk, "none", CODE, "m1", "l1") is None


@pytest.mark.parametrize(("module", "lesson"), [("m1", "l9"), ("m9", "l1")])
def test_a_lesson_that_is_not_there(open_desk: Context, module: str, lesson: str) -> None:
    sam = make.a_member(open_desk)
    ticket = ticket_of(make.a_session(open_desk, sam))
    learning.enrol(open_desk, sam, CODE, "en")
    with refused(NotFound, "lesson.unknown"):
        learning.open_lesson(open_desk, ticket, CODE, module, lesson)
    with refused(NotFound, "lesson.unknown"):
        learning.read_lesson(open_desk, sam, CODE, module, lesson, locale="en")
    with refused(NotFound, "lesson.unknown"):
        learning.keep_place(open_desk, sam, CODE, module, lesson, anchor="", locale="en")


def test_reading_goes_on_to_what_comes_next(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    learning.enrol(open_desk, sam, CODE, "en")
    step = learning.read_lesson(open_desk, sam, CODE, "m1", "l1", locale="en")
    assert (step.kind, step.module, step.lesson) == ("lesson", "m1", "l2")
    assert learning.read_lesson(open_desk, sam, CODE, "m1", "l1", locale="en") == step
    assert learning.read_lesson(open_desk, sam, CODE, "m1", "l2", locale="en").kind == "check"
    mine = learning.my_course(open_desk, sam, CODE)
    assert mine
    assert mine.standing.phrase.code == "progress.quiz-left"


def test_one_goes_on_at_the_section_where_one_left(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    learning.enrol(open_desk, sam, CODE, "en")
    learning.keep_place(open_desk, sam, CODE, "m2", "l1", anchor="s2", locale="fr")
    (mine,) = learning.my_learning(open_desk, sam)
    step = mine.standing.next()
    assert (step.module, step.lesson, step.anchor, mine.enrolled.locale) == ("m2", "l1", "s2", "fr")
    learning.keep_place(open_desk, sam, CODE, "m1", "l1", anchor="", locale="fr")
    (mine,) = learning.my_learning(open_desk, sam)
    assert mine.standing.place == "m1/l1"


def test_a_place_is_an_anchor_and_nothing_else(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    learning.enrol(open_desk, sam, CODE, "en")
    with refused(Invalid, "learning.place"):
        learning.keep_place(open_desk, sam, CODE, "m1", "l1", anchor="<script>", locale="en")


def test_a_visitor_tries_the_first_module_only(open_desk: Context) -> None:
    guest = make.a_visitor(open_desk)
    ticket = ticket_of(make.a_session(open_desk, guest))
    learning.enrol(open_desk, guest, CODE, "en")
    first = learning.open_lesson(open_desk, ticket, CODE, "m1", "l1")
    second = learning.open_lesson(open_desk, ticket, CODE, "m2", "l1")
    assert first
    assert second
    assert (first.access, second.access) == ("open", "sign-up")
    learning.read_lesson(open_desk, guest, CODE, "m1", "l1", locale="en")
    with refused(NotAllowed, "learning.sign-up-to-go-on"):
        learning.read_lesson(open_desk, guest, CODE, "m2", "l1", locale="en")
    make.pass_check(open_desk, guest, "m1")
    for module in ("m2", ""):
        with refused(NotAllowed, "learning.sign-up-to-go-on"):
            quizzing.open_check(open_desk, guest, CODE, module)
        with refused(NotAllowed, "learning.sign-up-to-go-on"):
            quizzing.start_check(open_desk, guest, CODE, module, open_desk.new_id())


def test_whoever_has_not_started_stands_nowhere(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    assert learning.my_course(open_desk, sam, CODE) is None
    assert learning.my_course(open_desk, NOBODY, CODE) is None
    assert learning.my_learning(open_desk, sam) == ()
    with refused(NotFound, "learning.not-enrolled"):
        learning.read_lesson(open_desk, sam, CODE, "m1", "l1", locale="en")


def test_a_whole_course_is_complete_once_and_for_ever(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    done = make.finish(open_desk, sam)
    assert (done.passed, done.complete) == (True, True)
    again = make.pass_check(open_desk, sam, "")
    assert (again.passed, again.complete) == (True, True)
    mine = learning.my_course(open_desk, sam, CODE)
    assert mine
    assert mine.standing.complete
    with open_desk.database.reading() as tx:
        assert tx.execute(select(completion.c.version)).scalars().all() == ["1.0.0"]


def test_the_last_lesson_can_complete_the_course(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    learning.enrol(open_desk, sam, CODE, "en")
    for code in ("m1", "m2", ""):
        assert not make.pass_check(open_desk, sam, code).complete
    with open_desk.database.reading() as tx:
        assert tx.execute(select(completion.c.version)).scalars().all() == []
    make.read_all(open_desk, sam)
    (after,) = learning.my_learning(open_desk, sam)
    assert after.standing.complete
    assert after.enrolled.completed_at == open_desk.now()


def test_a_completion_is_written_once_whoever_comes_first(open_desk: Context) -> None:
    sam = make.a_member(open_desk)
    make.finish(open_desk, sam)
    open_desk.now.move(minutes=9)  # type: ignore[attr-defined]  # the clock of tests
    with open_desk.database.writing() as tx:
        tx.execute(update(enrolment).values(completed_at=None))
    learning.read_lesson(open_desk, sam, CODE, "m1", "l1", locale="en")
    with open_desk.database.reading() as tx:
        assert tx.execute(select(completion.c.at)).scalars().all() == [open_desk.now() - 9 * 60_000]


def test_courses_of_others_are_not_shown(open_desk: Context) -> None:
    make.finish(open_desk, make.a_member(open_desk))
    assert learning.my_learning(open_desk, make.a_member(open_desk)) == ()


def test_joining_what_was_begun_twice_keeps_one_open_attempt(open_desk: Context) -> None:
    guest, sam = make.a_visitor(open_desk), make.a_member(open_desk)
    for who in (guest, sam):
        learning.enrol(open_desk, who, CODE, "en")
    make.read_all(open_desk, guest, only="m1")
    make.pass_check(open_desk, guest, "m1")
    make.sit(open_desk, guest, "m1")
    own = make.sit(open_desk, sam, "m1")
    assert visits.answer(open_desk, make.waiting_for(open_desk, sam, guest), was_me=True) == 1
    view = quizzing.open_check(open_desk, sam, CODE, "m1")
    assert view.paper
    assert view.paper.attempt.id == own.attempt.id
    assert view.standing.modules[0].done
