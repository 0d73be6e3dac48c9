"""What was typed in a quiz before an idle end comes back: as typed, never as a mark of ours."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people import accounts
from lms.actions.people.sessions import begin_session, ticket_of
from lms.core.courses.quiz import TOLD, UNGRADED
from lms.core.people.actors import Actor
from lms.core.people.reader_settings import ReaderSettings
from tests import builders_learning as make
from tests.builders_pages import MINUTE, Reader, right_fields

CHECKS = ("/c/smpl/m1/check", "/c/smpl/check")


@pytest.fixture(params=["end", "each"])
def teller(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> tuple[Reader, Actor]:
    bank = make.quiz("m1", draw=11, questions=make.every_kind(), comments=request.param)
    shelf = make.with_shelf(context, make.release("1.0.0", make.module("m1", bank=bank)))
    client.application.extensions["parvis"] = shelf
    sam = make.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    reader = Reader(client, shelf)
    reader.sign_in(sam)
    return reader, sam


def idle_and_back(reader: Reader, sam: Actor) -> None:
    """Sign in again as the sign-in page does: the session that idled out hands over what it kept."""
    held = reader.client.get_cookie("parvis")
    assert held
    with reader.context.database.writing() as tx:
        token = begin_session(tx, reader.context, sam.person, before=ticket_of(held.value.partition(".")[0]))
    minute = str(reader.context.now() // MINUTE)
    seal = reader.context.keys.mac("session-minute", token, minute)[:22]
    reader.client.set_cookie("parvis", f"{token}.{minute}.{seal}")


def idle(reader: Reader) -> None:
    reader.context.now.move(minutes=45)  # type: ignore[attr-defined]  # the clock of tests


@pytest.mark.parametrize("check", CHECKS)
def test_nobody_reads_the_key_by_idling_out(teller: tuple[Reader, Actor], check: str) -> None:
    reader, sam = teller
    page = reader.begin_check(check)
    asked = reader.paper(sam, "smpl", "m1" if "m1" in check else "").questions
    forged: dict[str, str | list[str]] = {f"{one.id}:{TOLD}": "1" for one in asked}
    idle(reader)
    assert "/sign-in" in reader.send(page, check, right_fields(asked) | forged, do="leave").to
    idle_and_back(reader, sam)
    back = reader.get(check)
    assert "We restored your answers" in back.html
    assert 'class="remark' not in back.html
    assert '<span class="state done">' not in back.html
    sent = back.form(check)
    for name, value in right_fields(asked).items():
        assert sent[name] == (value if isinstance(value, list) else [value])
    counted = sum(one.kind not in UNGRADED for one in asked)
    assert back.html.count('name="tell"') in {0, counted}


@pytest.mark.parametrize("check", CHECKS)
def test_nobody_sends_a_mark_of_ours(teller: tuple[Reader, Actor], check: str) -> None:
    reader, sam = teller
    page = reader.begin_check(check)
    module = "m1" if "m1" in check else ""
    asked = reader.paper(sam, "smpl", module).questions
    forged: dict[str, str | list[str]] = {f"{one.id}:{TOLD}": "1" for one in asked}
    reader.send(page, check, right_fields(asked) | forged, do="leave")
    assert not any(TOLD in reply for reply in reader.paper(sam, "smpl", module).sitting.answers.values())
    assert 'class="remark' not in reader.get(check).html


# --- one question a screen ------------------------------------------------------------------------------
@pytest.fixture
def stepper(teller: tuple[Reader, Actor]) -> tuple[Reader, Actor]:
    reader, sam = teller
    accounts.change_reading(reader.context, sam, ReaderSettings(questions="one"))
    return reader, sam


def test_one_comes_back_to_the_question_that_was_sent(stepper: tuple[Reader, Actor]) -> None:
    reader, sam = stepper
    check = CHECKS[0]
    reader.begin_check(check)
    asked = reader.paper(sam, "smpl").questions
    number = next(at for at, one in enumerate(asked, start=1) if one.id == "text")
    page = reader.get(f"{check}?question={number}")
    idle(reader)
    assert "/sign-in" in reader.send(page, check, {"text:text": "con"}, do="next").to
    idle_and_back(reader, sam)
    elsewhere = number % len(asked) + 1
    other = reader.get(f"{check}?question={elsewhere}")
    assert "We restored your answers" not in other.html, "it stands on another screen"
    reader.send(other, check, do="previous")
    back = reader.get(check)
    assert back.form(check)["at"] == [str(number)]
    assert back.form(check)["text:text"] == ["con"]
    assert "We restored your answers" in back.html
    reader.send(back, check, do="next")
    assert reader.paper(sam, "smpl").sitting.answers["text"]["text"] == ("con",)
    assert "We restored your answers" not in reader.get(f"{check}?question={number}").html


def test_enter_in_a_field_stays_on_its_screen(stepper: tuple[Reader, Actor]) -> None:
    reader, _ = stepper
    page = reader.begin_check(CHECKS[0])
    sent = reader.send(page, CHECKS[0], {"at": "q3-text"})
    assert f"{CHECKS[0]}?question=3&" in sent.to
    assert sent.to.endswith("#q3-text")


def test_a_page_that_is_answered_shows_what_was_sent_last(teller: tuple[Reader, Actor]) -> None:
    reader, sam = teller
    check = CHECKS[0]
    page = reader.begin_check(check)
    idle(reader)
    reader.send(page, check, {"text:text": "one"}, do="leave")
    idle_and_back(reader, sam)
    asked = reader.send(reader.get(check), check, {"text:text": "two"}, do="check")
    assert asked.status == 422
    assert asked.form(check)["text:text"] == ["two"]
    assert "We restored your answers" not in asked.html


def test_nothing_typed_is_nothing_restored(teller: tuple[Reader, Actor]) -> None:
    reader, sam = teller
    reader.begin_check(CHECKS[0])
    review = reader.get(f"{CHECKS[0]}/review")
    idle(reader)
    assert "/sign-in" in reader.send(review, "/submit").to
    idle_and_back(reader, sam)
    assert "We restored your answers" not in reader.get(CHECKS[0]).html
