"""Asking to have earlier learning recognised: three lines, one task, an answer with a reason."""

from __future__ import annotations

import pytest

from lms.actions.context import Context
from lms.actions.learning import recognition
from lms.actions.operations import personal_data, tasks
from lms.actions.people import sessions
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.learning.prerequisites import RecognitionRequest
from lms.core.people.actors import NOBODY, SYSTEM, Role
from tests import builders_learning as make
from tests.builders_accounts import letters
from tests.builders_learning import refused
from tests.builders_needs import FIRST, NEXT, TOLD, asked, declined, recognised, with_email, with_needs


@pytest.fixture
def next_desk(context: Context) -> Context:
    return with_needs(context)


def tasks_of(context: Context) -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in tasks.waiting_tasks(context, SYSTEM).rows]


def test_a_request_waits_for_an_admin_and_opens_a_task(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    told = RecognitionRequest(f" {TOLD.learned} ", TOLD.provider, TOLD.period)
    request = asked(next_desk, sam, told)
    (line,) = recognition.waiting(next_desk, make.a_member(next_desk, "Ada", Role.ADMIN))
    assert line.course
    assert (line.request.told, line.request.name, line.course.code) == (TOLD, "Sam", FIRST)
    assert tasks_of(next_desk) == [("recognition", request)]
    assert not recognition.ask(next_desk, sam, NEXT, FIRST, TOLD), "a double tap is one request"
    assert len(tasks_of(next_desk)) == 1


def test_only_members_ask_and_only_admins_answer(next_desk: Context) -> None:
    visitor, sam = make.a_visitor(next_desk), make.a_member(next_desk)
    with refused(NotAllowed, "deed.sign-in-first"):
        recognition.ask(next_desk, visitor, NEXT, FIRST, TOLD)
    with refused(NotAllowed, "deed.sign-in-first"):
        recognition.open_request(next_desk, NOBODY, NEXT, FIRST)
    request = asked(next_desk, sam)
    with refused(NotAllowed, "deed.not-allowed"):
        recognition.answer(next_desk, sam, request, granted=True)
    with refused(NotAllowed, "deed.not-allowed"):
        recognition.waiting(next_desk, sam)


def test_what_is_missing_or_too_long_is_named_at_once(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    with pytest.raises(Invalid) as caught:
        recognition.ask(next_desk, sam, NEXT, FIRST, RecognitionRequest(" ", "x" * 201, ""))
    assert [(one.place.file, one.rule) for one in caught.value.findings] == [
        ("learned", "recognition.learned-missing"),
        ("provider", "recognition.too-long"),
        ("period", "recognition.period-missing"),
    ]
    assert recognition.waiting(next_desk, SYSTEM) == ()


@pytest.mark.parametrize(("course", "need"), [(NEXT, NEXT), (NEXT, "nope"), (FIRST, NEXT)])
def test_only_what_is_needed_can_be_recognised(next_desk: Context, course: str, need: str) -> None:
    sam = make.a_member(next_desk)
    with refused(NotFound, "recognition.not-needed"):
        recognition.ask(next_desk, sam, course, need, TOLD)
    with refused(NotFound, "recognition.not-needed"):
        recognition.open_request(next_desk, sam, course, need)


def test_a_course_that_is_not_there_cannot_be_asked_for(context: Context) -> None:
    held = with_needs(context, "third", "sample")
    sam = make.a_member(held)
    assert recognition.open_request(held, sam, NEXT, FIRST).is_open
    with refused(NotFound, "recognition.not-needed"):
        recognition.open_request(held, sam, NEXT, "third")


def test_one_may_ask_again_after_a_no_and_never_after_a_yes(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    assert recognition.open_request(next_desk, sam, NEXT, FIRST).is_open
    asked(next_desk, sam)
    assert not recognition.open_request(next_desk, sam, NEXT, FIRST).is_open
    (line,) = recognition.waiting(next_desk, SYSTEM)
    recognition.answer(next_desk, SYSTEM, line.request.id, granted=False, reason="Another subject.")
    assert recognition.open_request(next_desk, sam, NEXT, FIRST).is_open
    recognised(next_desk, sam)
    assert not recognition.open_request(next_desk, sam, NEXT, FIRST).is_open
    assert not recognition.ask(next_desk, sam, NEXT, FIRST, TOLD)


def test_an_answer_is_given_once_and_a_no_says_why(next_desk: Context) -> None:
    sam = make.a_member(next_desk)
    request = asked(next_desk, sam)
    with refused(Invalid, "recognition.reason-missing"):
        recognition.answer(next_desk, SYSTEM, request, granted=False, reason=" ")
    with refused(Invalid, "recognition.too-long"):
        recognition.answer(next_desk, SYSTEM, request, granted=False, reason="x" * 501)
    with refused(NotFound, "recognition.unknown"):
        recognition.answer(next_desk, SYSTEM, "0" * 26, granted=True)
    recognition.answer(next_desk, SYSTEM, request, granted=False, reason="Another subject.")
    with refused(Conflict, "recognition.answered"):
        recognition.answer(next_desk, SYSTEM, request, granted=True)
    assert tasks_of(next_desk) == []


def test_the_answer_stands_in_my_learning(next_desk: Context) -> None:
    sam, alex = make.a_member(next_desk), make.a_member(next_desk, "Alex")
    with make.statements(next_desk) as sent:
        assert recognition.my_requests(next_desk, sam) == ()
    assert len(sent) == 1
    declined(next_desk, sam, "Another subject.")
    (line,) = recognition.my_requests(next_desk, sam)
    assert (line.request.granted, line.request.reason, line.opens) == (False, "Another subject.", ())
    asked(next_desk, sam)
    (line,) = recognition.my_requests(next_desk, sam)
    assert line.request.granted is None
    recognised(next_desk, alex)
    with make.statements(next_desk) as sent:
        (line,) = recognition.my_requests(next_desk, alex)
    assert (line.request.granted, [one.code for one in line.opens], len(sent)) == (True, [NEXT], 2)


def test_whoever_has_an_address_gets_a_letter_that_names_no_course(next_desk: Context) -> None:
    sam = with_email(next_desk, make.a_member(next_desk))
    recognised(next_desk, sam)
    recognised(next_desk, make.a_member(next_desk, "Alex"))
    (letter,) = letters(next_desk)
    assert letter.to == "sam@example.org"
    assert "/en/my-learning" in letter.text
    assert [word for word in ("course", "recogn", "Welcome") if word in letter.text] == []
    assert letter.subject == "We have answered your request"


def test_everything_about_me_has_it_and_deleting_erases_what_was_told(next_desk: Context) -> None:
    sam = with_email(next_desk, make.a_member(next_desk))
    declined(next_desk, sam, "Another subject.")
    asked(next_desk, sam)
    kept = personal_data.everything(next_desk, sam)["recognitions"]
    assert [(one["learned"], one["granted"]) for one in kept] == [(TOLD.learned, False), (TOLD.learned, None)]
    known = sessions.recognise(next_desk, sessions.ticket_of(make.a_session(next_desk, sam)))
    personal_data.delete_me(next_desk, known.actor, is_sure=True, keep_certificates=False, current="")
    assert recognition.waiting(next_desk, SYSTEM) == ()
    assert tasks_of(next_desk) == []
    (left,) = personal_data.everything(next_desk, sam)["recognitions"]
    assert (left["granted"], left["learned"], left["provider"], left["period"], left["reason"]) == (
        False,
        "",
        "",
        "",
        "",
    )
    request = recognised(next_desk, make.a_member(next_desk, "Alex"))
    assert len(request) == 26
