"""A course that builds on another one: said kindly, with a way on at every step."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.people.actors import Actor
from tests import builders_learning as make
from tests.builders_needs import FIRST, NEXT, asked, declined, recognised, with_needs
from tests.builders_pages import Reader, Sheet

COURSE = f"/c/{NEXT}"
ASK = f"{COURSE}/earlier-learning/{FIRST}"
TOLD: dict[str, str | list[str]] = {
    "learned": "Welcome at the desk",
    "provider": "Lakeside school",
    "period": "2024",
}


@pytest.fixture
def context(context: Context) -> Context:
    return with_needs(context)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, context, request.param)


@pytest.fixture
def sam(reader: Reader) -> Actor:
    found = make.a_member(reader.context)
    reader.sign_in(found)
    return found


def refused_to(reader: Reader, answer: Sheet) -> bool:
    """Return whether one is led to the course's page, which says what comes first."""
    assert (answer.to, answer.told) == (f"/{reader.locale}{COURSE}", "needs-first")
    return 'id="first"' in reader.go(answer.to).html


def test_anybody_reads_what_comes_first_and_may_try(reader: Reader) -> None:
    page = reader.get(COURSE)
    assert f'href="/{reader.locale}/c/{FIRST}"' in page.html
    assert "It builds on the words of the first course." in page.html
    assert "earlier-learning" not in page.html
    assert "/questions/" not in page.html, "nobody is asked before they may begin"
    begun = reader.send(page, "/start")
    assert begun.to == f"/{reader.locale}{COURSE}/m1/l1"
    assert reader.go(begun.to).status == 200
    assert 'id="first"' in reader.get(COURSE).html


def test_a_member_tries_the_first_module_and_is_led_back_after_it(reader: Reader, sam: Actor) -> None:
    begun = reader.send(reader.get(COURSE), "/try")
    assert begun.to == f"/{reader.locale}{COURSE}/m1/l1"
    make.read_all(reader.context, sam, NEXT, only="m1")
    make.pass_check(reader.context, sam, "m1", NEXT)
    page = reader.get(COURSE)
    assert f"{COURSE}/m2" not in page.html
    assert f"{COURSE}#first" in reader.get("/my-learning").html
    for path in ("/m2/l1", "/m2/check", "/check", "/m2/offline"):
        assert refused_to(reader, reader.get(f"{COURSE}{path}"))


def test_a_stale_start_button_leads_to_what_comes_first(reader: Reader, sam: Actor) -> None:
    make.finish(reader.context, sam, FIRST)
    page = reader.get(COURSE)
    other = make.a_member(reader.context, "Alex")
    token = page.form("/start")
    reader.sign_in(other)
    fresh = reader.get(f"/c/{FIRST}").form("/start")
    sent = Sheet(reader.client.post(page.address("/start"), data={**token, **fresh}))
    assert refused_to(reader, sent)


def test_three_lines_ask_for_recognition(reader: Reader, sam: Actor) -> None:
    assert ASK in reader.get(COURSE).html
    sent = reader.send(reader.get(ASK), f"/{FIRST}", TOLD)
    assert (sent.to, sent.told) == (f"/{reader.locale}{COURSE}", "recognition-asked")
    page = reader.go(sent.to)
    assert 'class="state due"' in page.html
    assert ASK not in page.html
    assert reader.get(ASK).to == f"/{reader.locale}{COURSE}"
    assert reader.get("/my-learning").html.count('id="earlier"') == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(reader: Reader, sam: Actor) -> None:
    sent = reader.send(reader.get(ASK), f"/{FIRST}", {"learned": "A workshop", "period": "x" * 101})
    assert sent.status == 422
    assert 'href="#provider"' in sent.html
    assert sent.form(f"/{FIRST}")["learned"] == ["A workshop"]


def test_the_language_can_be_switched_while_writing(reader: Reader, sam: Actor) -> None:
    other = {"en": "fr", "fr": "en"}[reader.locale]
    page = reader.send(reader.get(ASK), f"/{FIRST}", {"learned": "Half a sen"}, switch_to=other)
    assert f'<html lang="{other}"' in page.html
    assert page.form(f"/{FIRST}")["learned"] == ["Half a sen"]


def test_a_no_gives_its_reason_and_ways_on(reader: Reader, sam: Actor) -> None:
    declined(reader.context, sam, "Another subject.")
    for path in (COURSE, "/my-learning"):
        assert "Another subject." in reader.get(path).html
    assert ASK in reader.get(COURSE).html


def test_a_yes_opens_the_course(reader: Reader, sam: Actor) -> None:
    recognised(reader.context, sam)
    assert f'href="/{reader.locale}{COURSE}"' in reader.get("/my-learning").html
    page = reader.get(COURSE)
    assert 'class="state done"' in page.html
    assert "/questions/before" in page.html
    assert reader.send(page, "/start").to == f"/{reader.locale}{COURSE}/m1/l1"
    make.read_all(reader.context, sam, NEXT)
    assert 'id="first"' not in reader.get(COURSE).html, "whoever has gone on is asked nothing"


def test_a_request_that_waits_is_said_in_my_learning(reader: Reader, sam: Actor) -> None:
    asked(reader.context, sam)
    assert reader.get("/my-learning").html.count('id="earlier"') == 1


def test_asking_needs_an_account(reader: Reader) -> None:
    assert reader.get(ASK).told == "sign-in-first"


def test_pages_ask_little_of_the_database(reader: Reader, sam: Actor) -> None:
    with make.statements(reader.context) as course:
        reader.get(COURSE)
    reader.send(reader.get(COURSE), "/try")
    with make.statements(reader.context) as begun:
        reader.get(COURSE)
    with make.statements(reader.context) as mine:
        reader.get("/my-learning")
    with make.statements(reader.context) as lesson:
        reader.get(f"{COURSE}/m1/l1")
    with make.statements(reader.context) as held_up:
        reader.get(f"{COURSE}/m2/l1")
    with make.statements(reader.context) as form:
        reader.get(ASK)
    counts = [len(one) for one in (course, begun, mine, lesson, held_up, form)]
    assert counts == [6, 7, 7, 1, 3, 5]
