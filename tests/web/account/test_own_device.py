"""One's own device in a browser: asked for, said plainly, kept when the window is closed, renewed, listed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people import sessions
from lms.core.people.actors import Role
from lms.storage.people import persons
from tests import builders_learning as make
from tests.builders_accounts import PASSWORD, Hand, clock, joined, joined_by_mail, known_by

DAY = 24 * 60


def cookie(client: FlaskClient) -> str:
    held = client.get_cookie("parvis")
    assert held
    return held.value


def days_kept(client: FlaskClient, context: Context) -> float:
    """Return for how many days the browser keeps the session; 0 for until it is closed."""
    held = client.get_cookie("parvis")
    assert held
    return (held.max_age or 0) / 86_400


def signed_in(client: FlaskClient, *, own: bool = False) -> Hand:
    hand = Hand(client)
    hand.look("sign-in")
    wish = "y" if own else ""
    assert hand.send("sign-in", who="lac.bleu", password=PASSWORD, own_device=wish).status_code == 303
    return hand


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_it_is_never_the_default_and_its_risk_is_said(client: FlaskClient, locale: str) -> None:
    hand = Hand(client, locale)
    hand.look("sign-in")
    box = hand.page.partition('name="own_device"')[2].partition(">")[0]
    assert "checked" not in box
    assert ("other people use" in hand.page) or ("d’autres personnes utilisent" in hand.page)


def test_without_it_the_browser_forgets_and_idles_out(client: FlaskClient, context: Context) -> None:
    joined(context)
    hand = signed_in(client)
    assert days_kept(client, context) == 0
    clock(context).move(minutes=31)
    assert hand.look("account").status_code == 303


def test_with_it_one_stays_in_for_thirty_days(client: FlaskClient, context: Context) -> None:
    joined(context)
    hand = signed_in(client, own=True)
    assert days_kept(client, context) == 30
    clock(context).move(minutes=29 * DAY)
    assert hand.look("account").status_code == 200
    clock(context).move(minutes=DAY + 1)
    assert hand.look("account").status_code == 303


def test_the_value_changes_with_the_first_form_of_another_day(client: FlaskClient, context: Context) -> None:
    joined(context)
    hand = signed_in(client, own=True)
    first = cookie(client)
    clock(context).move(minutes=DAY + 1)
    assert hand.look("reading").status_code == 200
    assert cookie(client) == first
    assert hand.send("reading", theme="dark").status_code == 303
    second = cookie(client)
    assert second.split(".")[0] != first.split(".")[0]
    assert round(days_kept(client, context)) == 29
    assert hand.look("account").status_code == 200
    hand.look("reading")
    hand.send("reading", theme="light")
    assert cookie(client).split(".")[0] == second.split(".")[0]


def old(client: FlaskClient, context: Context) -> tuple[Hand, str]:
    """Sign in on one's own device and let a day pass; return the value that the browser holds."""
    joined(context)
    hand = signed_in(client, own=True)
    clock(context).move(minutes=DAY + 1)
    hand.look("reading")
    return hand, cookie(client)


def test_a_session_that_ended_elsewhere_spoils_no_answer(client: FlaskClient, context: Context) -> None:
    hand, held = old(client, context)
    sessions.sign_out_everywhere(context, known_by(context, held.split(".")[0]).actor)
    assert hand.send("reading", theme="dark").status_code < 500
    assert hand.send("account").status_code < 500
    assert client.post("/en/nowhere").status_code == 404


def test_what_is_refused_renews_nothing(client: FlaskClient, context: Context) -> None:
    hand, held = old(client, context)
    statuses = [client.post("/en/nowhere").status_code, client.post("/en/courses").status_code]
    statuses.append(client.post("/en/reading", data={"theme": "x" * 1_100_000}).status_code)
    statuses.append(client.post("/en/reading", data={"theme": "dark", "csrf_token": "0"}).status_code)
    assert statuses == [404, 405, 413, 403]
    assert cookie(client) == held
    assert hand.send("reading", theme="dark").status_code == 303
    assert cookie(client) != held


def test_an_answer_that_is_lost_signs_nobody_out(client: FlaskClient, context: Context) -> None:
    hand, held = old(client, context)
    assert hand.send("reading", theme="dark").status_code == 303
    fresh = cookie(client).split(".")[0]
    client.set_cookie("parvis", held)
    clock(context).move(minutes=DAY)
    assert hand.look("account").status_code == 200
    hand.look("reading")
    assert hand.send("reading", theme="light").status_code == 303
    assert cookie(client).split(".")[0] == fresh, "the same value is given again"
    assert hand.look("account").status_code == 200
    client.set_cookie("parvis", held)
    assert hand.look("account").status_code == 200, "for two minutes, for pages asked for in that moment"
    hand.look("reading")
    hand.send("reading", theme="dark")
    assert cookie(client) == held, "it brings nothing more"
    clock(context).move(minutes=3)
    assert hand.look("account").status_code == 303


def test_a_lesson_knows_the_old_value_too(client: FlaskClient, context: Context) -> None:
    shelf = make.with_sample(context)
    hand, held = old(client, shelf)
    token = held.split(".")[0]
    learning.enrol(shelf, known_by(shelf, token).actor, make.SAMPLE_CODE, "en")
    lesson = f"c/{make.SAMPLE_CODE}/m2/l1"
    before = hand.look(lesson).status_code
    assert hand.send("reading", theme="dark").status_code == 303
    client.set_cookie("parvis", held)
    assert hand.look(lesson).status_code == before != 403


def test_a_forged_mark_opens_nothing(client: FlaskClient, context: Context) -> None:
    joined(context)
    hand = signed_in(client)
    token, minute, _ = cookie(client).split(".")
    client.set_cookie("parvis", f"{token}.{minute}.{'x' * 22}")
    assert hand.look("account").status_code == 303


def test_the_page_of_sessions_says_so(client: FlaskClient, context: Context) -> None:
    joined(context)
    hand = signed_in(client, own=True)
    hand.look("account/sessions")
    until = datetime.fromtimestamp(context.now() / 1000, UTC)
    assert "Your own device, until " in hand.page
    assert str(until.year) in hand.page.partition("Your own device, until ")[2][:30]
    assert "you stay signed in on it for 30 days" in hand.page
    assert "Because you have a role" not in hand.page
    assert hand.send("sign-out-everywhere").status_code == 303
    assert hand.look("account").status_code == 303


def test_who_runs_the_site_reads_their_own_limit(client: FlaskClient, context: Context) -> None:
    who = known_by(context, joined(context).token).actor
    with context.database.writing() as tx:
        persons.give_role(tx, who.person, Role.ADMIN, context.now())
    hand = signed_in(client, own=True)
    assert days_kept(client, context) == 0.5
    hand.look("account/sessions")
    assert "you stay signed in for 12 hours at most" in hand.page
    assert "Your own device, until" not in hand.page


def test_the_page_of_the_code_remembers_the_wish(client: FlaskClient, context: Context) -> None:
    joined_by_mail(context)
    hand = Hand(client)
    hand.look("sign-in")
    hand.send("sign-in", follow=True, who="zoe@example.org", do="code", own_device="y")
    assert "checked" in hand.page.partition('name="own_device"')[2].partition(">")[0]
