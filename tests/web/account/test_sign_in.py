"""Signing in and out in a browser: the same answer for everybody, nothing left, back to where one was."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.people.visitors import fresh_recovery
from tests.builders_accounts import (
    PASSWORD,
    Hand,
    clock,
    code_in,
    joined,
    joined_by_mail,
    known_by,
    letters,
)
from tests.builders_pages import told


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_person_signs_in_with_a_password_and_out_again(
    client: FlaskClient, context: Context, locale: str
) -> None:
    joined(context)
    hand = Hand(client, locale)
    assert hand.look("sign-in").status_code == 200
    sent = hand.send("sign-in", who="lac.bleu", password=PASSWORD)
    assert (sent.status_code, sent.location) == (303, f"/{locale}/my-learning")
    assert hand.look("account").status_code == 200
    out = hand.send("sign-out")
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert out.headers["Cache-Control"] == "no-store, no-cache"
    assert hand.look("account").status_code == 303


def test_a_wrong_password_keeps_what_was_typed_and_says_nothing_about_the_account(
    client: FlaskClient, context: Context
) -> None:
    joined(context)
    hand = Hand(client)
    pages = []
    for who in ("lac.bleu", "nobody.here"):
        hand.look("sign-in")
        sent = hand.send("sign-in", who=who, password="some other words")
        assert sent.status_code == 422
        assert f'value="{who}"' in hand.page
        assert "some other words" not in hand.page
        pages.append(hand.page.replace(who, "X"))
    assert _without_tokens(pages[0]) == _without_tokens(pages[1])


def test_what_was_left_empty_is_named(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look("sign-in")
    assert hand.send("sign-in", who="", password="").status_code == 422
    assert "Enter your email address or your sign-in name." in hand.page
    assert "Enter a password." in hand.page
    assert "does not match" not in hand.page


def test_a_mailed_code_signs_in_and_its_page_is_the_same_for_an_unknown_address(
    client: FlaskClient, context: Context
) -> None:
    joined_by_mail(context)
    pages = []
    for who in ("zoe@example.org", "nobody@example.org"):
        hand = Hand(client)
        hand.look("sign-in")
        sent = hand.send("sign-in", follow=True, who=who, do="code")
        assert sent.request.path == "/en/sign-in/code"
        pages.append(hand.page.replace(who, "X"))
        client.delete_cookie("parvis")
        client.delete_cookie("parvis-form")
    assert _without_tokens(pages[0]) == _without_tokens(pages[1])
    assert "No account uses this address" in next(one.text for one in letters(context) if one.to == who)


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf_token" not in line]


def test_the_code_is_typed_on_its_own_page(client: FlaskClient, context: Context) -> None:
    joined_by_mail(context)
    hand = Hand(client)
    hand.look("sign-in", next="/en/account/name")
    hand.send("sign-in", follow=True, who="zoe@example.org", do="code", next="/en/account/name")
    code = code_in(letters(context)[-1])
    wrong = hand.send("sign-in/code", code="0000 0000")
    assert wrong.status_code == 422
    right = hand.send("sign-in/code", code=code)
    assert (right.status_code, right.location) == (303, "/en/account/name")
    used = hand.send("sign-in/code", code=code)
    assert used.status_code in {403, 404}


def test_without_a_code_to_wait_for_the_code_page_leads_back(client: FlaskClient) -> None:
    hand = Hand(client)
    assert hand.look("sign-in/code").location == "/en/sign-in"
    hand.look("sign-in")
    assert hand.send("sign-in/code", code="1").status_code == 404


def test_a_form_is_drawn_in_the_other_language_with_what_was_typed(client: FlaskClient) -> None:
    hand = Hand(client)
    for path, field in (("sign-in", "who"), ("sign-in/recovery", "who"), ("sign-up", "name")):
        hand.look(path)
        sent = hand.send(path, follow=False, **{field: "typed here", "switch_to": "fr"})
        assert sent.status_code == 200
        assert '<html lang="fr"' in hand.page
        assert 'value="typed here"' in hand.page


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "/en/nowhere",
        "/en/sign-in",
        "/en/a\nb",
        "x" * 600,
    ],
)
def test_one_comes_back_to_pages_of_ours_alone(client: FlaskClient, context: Context, address: str) -> None:
    joined(context)
    hand = Hand(client)
    hand.look("sign-in", next=address)
    sent = hand.send("sign-in", who="lac.bleu", password=PASSWORD, next=address)
    assert sent.location == "/en/my-learning"


def test_whoever_was_away_comes_back_to_the_same_page_with_what_was_typed_kept(
    client: FlaskClient, context: Context
) -> None:
    hand = Hand(client)
    hand.join()
    hand.look("account/name")
    clock(context).move(minutes=31)
    away = hand.send("account/name", name="Another\0 name", password="never kept")
    assert away.status_code == 303
    assert (away.location, told(away)) == ("/en/sign-in?next=/en/account/name", "kept")
    hand.look("sign-in", next="/en/account/name")
    back = hand.send("sign-in", who="lac.bleu", password=PASSWORD, next="/en/account/name")
    assert back.location == "/en/account/name"
    everything = client.get("/en/account/everything.json").get_data(as_text=True)
    assert "Another name" in everything
    assert "never kept" not in everything


def test_what_somebody_else_typed_is_not_given_to_the_next_person(
    client: FlaskClient, context: Context
) -> None:
    joined(context, "second.person")
    hand = Hand(client)
    hand.join()
    hand.look("account/name")
    clock(context).move(minutes=31)
    hand.send("account/name", name="My own secret")
    hand.look("sign-in")
    hand.send("sign-in", who="second.person", password=PASSWORD)
    assert "My own secret" not in client.get("/en/account/everything.json").get_data(as_text=True)


def test_a_page_that_needs_an_account_sends_to_the_sign_in_page(client: FlaskClient) -> None:
    hand = Hand(client)
    sent = hand.look("account/sessions")
    assert (sent.location, told(sent)) == ("/en/sign-in?next=/en/account/sessions", "sign-in-first")


def test_too_many_wrong_passwords_are_answered_with_429_and_other_ways_in(
    client: FlaskClient, context: Context
) -> None:
    joined(context)
    hand = Hand(client)
    for _ in range(10):
        hand.look("sign-in")
        assert hand.send("sign-in", who="lac.bleu", password="wrong words here").status_code == 422
    hand.look("sign-in")
    sent = hand.send("sign-in", who="lac.bleu", password=PASSWORD)
    assert sent.status_code == 429
    assert "15" in hand.page


def test_a_recovery_code_signs_in_once(client: FlaskClient, context: Context) -> None:
    hand = Hand(client)
    hand.join()
    code = hand.page.split('<li><code translate="no">')[1].split("<")[0]
    hand.look("account")
    hand.send("sign-out")
    for status in (303, 422):
        hand.look("sign-in/recovery")
        assert hand.send("sign-in/recovery", who="lac.bleu", code=code.upper()).status_code == status
        hand.look("account")
        hand.send("sign-out")


def test_a_form_from_somewhere_else_is_refused(client: FlaskClient, context: Context) -> None:
    joined(context)
    sent = client.post("/en/sign-in", data={"who": "lac.bleu", "password": PASSWORD})
    assert sent.status_code == 403


def test_a_second_press_with_a_mailed_code_lets_in_as_the_first(
    client: FlaskClient, context: Context
) -> None:
    """The answer to the first press was lost on a slow line: the browser has the cookie of before."""
    hand = Hand(client)
    joined_by_mail(context)
    hand.look("sign-in")
    hand.send("sign-in", who="zoe@example.org", do="code", follow=True)
    page, cookie, typed = hand.page, client.get_cookie("parvis"), code_in(letters(context)[-1])
    assert cookie
    first = hand.send("sign-in/code", code=typed)
    for before in (cookie.value, None):
        if before:
            client.set_cookie("parvis", before)
        hand.page = page
        again = hand.send("sign-in/code", code=typed)
        assert (again.status_code, again.location) == (303, first.location)
        assert client.get("/en/account").status_code == 200


def test_a_second_press_with_a_recovery_code_lets_in_as_the_first(
    client: FlaskClient, context: Context
) -> None:
    recovery = fresh_recovery(context, known_by(context, joined(context).token))
    hand = Hand(client)
    hand.look("sign-in/recovery")
    page = hand.page
    for _ in range(2):
        hand.page = page
        client.delete_cookie("parvis")
        assert hand.send("sign-in/recovery", who="lac.bleu", code=recovery[0]).status_code == 303
        assert client.get("/en/account").status_code == 200
