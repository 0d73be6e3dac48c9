"""Making an account in a browser, with and without e-mail."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.web.shell.cookies import MINUTE
from tests.builders_accounts import PASSWORD, Hand, clock, code_in, joined, joined_by_mail, letters
from tests.builders_learning import a_visit


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_an_account_with_a_mailed_code_and_no_password(
    client: FlaskClient, context: Context, locale: str
) -> None:
    hand = Hand(client, locale)
    hand.look("sign-up")
    sent = hand.send("sign-up", follow=True, name="Zoé", email="zoe@example.org")
    assert sent.request.path == f"/{locale}/sign-in/code"
    sent = hand.send("sign-in/code", code=code_in(letters(context)[-1]))
    assert sent.location == f"/{locale}/my-learning"
    hand.look("account")
    assert "zoe@example.org" in hand.page


def test_the_password_is_asked_for_beside_the_code_and_its_faults_keep_the_page(
    client: FlaskClient, context: Context
) -> None:
    hand = Hand(client)
    hand.look("sign-up")
    hand.send("sign-up", follow=True, name="Zoé", email="zoe@example.org")
    code = code_in(letters(context)[-1])
    weak = hand.send("sign-in/code", code=code, password="password1")
    assert weak.status_code == 422
    assert f'value="{code}"' in hand.page
    assert hand.send("sign-in/code", code=code, password=PASSWORD).status_code == 303


def test_the_page_is_the_same_when_the_address_has_an_account(client: FlaskClient, context: Context) -> None:
    joined_by_mail(context)
    hand = Hand(client)
    hand.look("sign-up")
    hand.send("sign-up", follow=True, name="Other", email="zoe@example.org")
    assert 'We sent an eight-digit code to <span translate="no">zoe@example.org</span>' in hand.page
    assert "already have an account with this email address" in letters(context)[-1].text
    hand.send("sign-in/code", code=code_in(letters(context)[-1]))
    hand.look("account")
    assert "Zoé" in hand.page


def test_everything_that_is_wrong_is_said_at_once_with_what_was_typed(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look("sign-up")
    sent = hand.send("sign-up", name="", email="not an address")
    assert sent.status_code == 422
    assert hand.page.count('class="error"') == 2
    assert 'value="not an address"' in hand.page
    hand.look("sign-up/without-email")
    sent = hand.send("sign-up/without-email", name="", sign_in_name="a b", password="short")
    assert sent.status_code == 422
    assert hand.page.count('class="error"') == 3


def test_without_email_the_recovery_codes_come_first(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look("sign-up/without-email", next="/en/account/name")
    sent = hand.send(
        "sign-up/without-email",
        follow=True,
        name="Zoé",
        sign_in_name="lac.bleu",
        password=PASSWORD,
        next="/en/account/name",
    )
    assert sent.request.path == "/en/account/recovery-codes"
    assert hand.page.count('<li><code translate="no">') == 10
    assert hand.send("account/recovery-codes/noted").location == "/en/account/name"
    hand.look("account/recovery-codes")
    assert '<li><code translate="no">' not in hand.page


def test_a_sign_in_name_that_is_taken_is_said_beside_its_field(client: FlaskClient, context: Context) -> None:
    joined(context)
    hand = Hand(client)
    hand.look("sign-up/without-email")
    sent = hand.send("sign-up/without-email", name="B", sign_in_name="LAC.bleu", password=PASSWORD)
    assert sent.status_code == 422
    assert 'id="sign_in_name-error"' in hand.page


def test_the_form_without_email_changes_language_too(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look("sign-up/without-email")
    sent = hand.send("sign-up/without-email", name="Zoé", switch_to="fr")
    assert sent.status_code == 200
    assert 'value="Zoé"' in hand.page


def test_password_managers_are_told_which_field_is_which(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look("sign-in")
    assert 'autocomplete="username"' in hand.page
    assert 'autocomplete="current-password"' in hand.page
    hand.look("sign-up/without-email")
    assert 'autocomplete="nickname"' in hand.page
    assert 'autocomplete="new-password"' in hand.page
    hand.look("sign-up")
    assert 'autocomplete="email"' in hand.page


@pytest.mark.parametrize("cookie", ["old", "new"])
def test_a_second_press_of_whoever_tried_the_course_gets_the_first_ones_result(
    client: FlaskClient, context: Context, cookie: str
) -> None:
    """The page was drawn for the visitor, whom the first press let in before its answer was there."""
    token = a_visit(context).token
    minute = context.now() // MINUTE
    held = f"{token}.{minute}.{context.keys.mac('session-minute', token, str(minute))[:22]}"
    client.set_cookie("parvis", held)
    hand = Hand(client)
    hand.look("sign-up")
    hand.send("sign-up", follow=True, name="Zoé", email="zoe@example.org")
    page, code = hand.page, code_in(letters(context)[-1])
    first = hand.send("sign-in/code", code=code)
    assert first.location == "/en/account/was-this-you"
    if cookie == "old":
        client.set_cookie("parvis", held)
    hand.page = page
    assert hand.send("sign-in/code", code=code).location == "/en/account/was-this-you"
    hand.look("account")
    assert "zoe@example.org" in hand.page


def test_an_old_page_of_a_visitor_is_taken_for_ten_minutes_alone(
    client: FlaskClient, context: Context
) -> None:
    token = a_visit(context).token
    minute = context.now() // MINUTE
    held = f"{token}.{minute}.{context.keys.mac('session-minute', token, str(minute))[:22]}"
    client.set_cookie("parvis", held)
    hand = Hand(client)
    hand.look("sign-up")
    hand.send("sign-up", follow=True, name="Zoé", email="zoe@example.org")
    page, code = hand.page, code_in(letters(context)[-1])
    hand.send("sign-in/code", code=code)
    clock(context).move(minutes=11)
    client.set_cookie("parvis", held)
    hand.page = page
    assert hand.send("sign-in/code", code=code).status_code == 403
