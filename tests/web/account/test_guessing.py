"""Guessing at the door, through the pages: it ends, and the owner is told which ways are left and gets in."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.people import limits
from lms.web.shell.cookies import DEVICE_DAYS
from tests.builders_accounts import PASSWORD, Hand, clock, code_in, joined, joined_by_mail, letters, use_up
from tests.builders_pages import Reader

DEVICE = "parvis-device"


def from_(client: FlaskClient, address: str) -> Hand:
    """Give a fresh browser at another address."""
    fresh = client.application.test_client()
    fresh.environ_base = {**fresh.environ_base, "REMOTE_ADDR": address}
    return Hand(fresh)


def sign_in(hand: Hand, password: str = PASSWORD, who: str = "lac.bleu") -> int:
    hand.look("sign-in")
    return hand.send("sign-in", who=who, password=password).status_code


@pytest.mark.slow
def test_one_address_guesses_for_a_while_and_then_for_nobody(client: FlaskClient, context: Context) -> None:
    joined(context)
    stranger = from_(client, "2001:db8:7::1")
    answers = [
        sign_in(stranger, "wrong words here", f"user{n}") for n in range(limits.PASSWORDS_FROM.most + 3)
    ]
    assert answers == [422] * limits.PASSWORDS_FROM.most + [429] * 3
    assert sign_in(from_(client, "2001:db8:7::ffff"), "wrong words here") == 429, "the same /64"
    assert sign_in(from_(client, "2001:db8:8::1")) == 303


def test_a_known_browser_gets_in_after_weeks_and_signing_out_while_others_guess(
    client: FlaskClient, context: Context
) -> None:
    hand = Hand(client)
    hand.join()
    line = next(one for one in hand.responses[1].headers.getlist("Set-Cookie") if one.startswith(DEVICE))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={DEVICE_DAYS * 86_400}"} <= set(line.split("; "))
    hand.look("account")
    hand.send("sign-out")
    clock(context).move(days=60)
    use_up(context, limits.PASSWORDS_OF_ALL)
    use_up(context, limits.PASSWORDS_FROM, "127.0.0.1")
    assert sign_in(from_(client, "127.0.0.1")) == 429
    assert sign_in(hand) == 303


def test_a_new_browser_gets_in_while_others_guess_from_elsewhere(
    client: FlaskClient, context: Context
) -> None:
    joined(context)
    use_up(context, limits.PASSWORDS_OF_ALL)
    sprayer = from_(client, "2001:db8:7::1")
    guesses = [sign_in(sprayer, "wrong words here", f"user{n}") for n in range(5)]
    assert guesses == [422] * limits.FEW + [429] * (5 - limits.FEW)
    assert sign_in(from_(client, "198.51.100.1")) == 303


@pytest.mark.parametrize(
    ("locale", "ways"),
    [
        ("en", ("code that we email you", "recovery codes")),
        ("fr", ("code reçu par courriel", "codes de récupération")),
    ],
)
def test_whoever_is_refused_is_told_of_the_other_ways(
    client: FlaskClient, context: Context, locale: str, ways: tuple[str, ...]
) -> None:
    use_up(context, limits.PASSWORDS_FROM, "127.0.0.1")
    hand = Hand(client, locale)
    assert sign_in(hand) == 429
    summary = hand.page.split("<main")[1]
    assert [way for way in ways if way not in summary] == []


def test_what_the_browser_holds_tells_nothing_and_opens_nothing(
    client: FlaskClient, context: Context
) -> None:
    hand = Hand(client)
    hand.join()
    held = client.get_cookie(DEVICE)
    assert held is not None
    assert "lac" not in held.value
    thief = client.application.test_client()
    thief.set_cookie(DEVICE, held.value)
    assert thief.get("/en/account", lint=False).status_code == 303
    for odd in ("", "~~~~", "x" * 3000, held.value[::-1], held.value.replace(".", "~")):
        thief.set_cookie(DEVICE, odd)
        assert sign_in(Hand(thief), "wrong words here") in {422, 429}


def test_deleting_the_account_leaves_no_trace_in_the_browser(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.join()
    hand.look("account/delete")
    hand.send("account/delete", is_sure="y")
    assert not client.get_cookie(DEVICE)


def test_the_names_of_others_cannot_be_listed_at_the_door(client: FlaskClient, context: Context) -> None:
    joined(context)
    stranger = from_(client, "198.51.100.1")
    answers = []
    for _ in range(limits.NAMES_TAKEN.most + 2):
        stranger.look("sign-up/without-email")
        sent = stranger.send("sign-up/without-email", name="X", sign_in_name="lac.bleu", password=PASSWORD)
        answers.append(sent.status_code)
    assert answers == [422] * limits.NAMES_TAKEN.most + [429] * 2


# --- what changes a way in ---------------------------------------------------------------------------------
def test_an_address_is_changed_with_a_proof_and_the_old_one_is_told(
    client: FlaskClient, context: Context
) -> None:
    hand = Hand(client)
    hand.join()
    hand.look("account/email")
    hand.send("account/email", follow=True, email="old@example.org")
    hand.send("account/email/code", code=code_in(letters(context)[-1]))
    other = from_(client, "198.51.100.1")
    assert sign_in(other) == 303
    clock(context).move(minutes=25)
    hand.look("account/email")
    assert 'id="current"' in hand.page
    assert hand.send("account/email", email="new@example.org").status_code == 422
    assert 'id="current-error"' in hand.page
    assert len(letters(context)) == 1, "no letter without a proof"
    hand.send("account/email", follow=True, email="new@example.org", current=PASSWORD)
    code = code_in(next(one for one in letters(context) if one.to == "new@example.org"))
    hand.send("account/email/code", follow=True, code=code)
    assert "new@example.org" in hand.page
    told = [one for one in letters(context) if one.to == "old@example.org"][-1]
    assert told.subject == "About your account"
    assert other.look("account").status_code == 303, "other sessions have ended"


def test_an_account_without_a_password_signs_in_again_to_change_its_address(
    client: FlaskClient, context: Context
) -> None:
    known = joined_by_mail(context)
    reader = Reader(client, context)
    reader.sign_in(known.actor)
    clock(context).move(minutes=25)
    page = reader.get("/account/email")
    assert "sign in again first" in page.html
    token = {"csrf_token": page.form("/sign-out")["csrf_token"]}
    assert client.post("/en/account/email", data={**token, "email": "new@example.org"}).status_code == 403
