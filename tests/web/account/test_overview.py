"""The account in a browser: each change on its own page, a proof where it is due, nothing lost."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from lms.actions.context import Context
from lms.actions.people.sessions import recognise, ticket_of
from lms.storage.tables.people import profile
from lms.web.shell.cookies import MINUTE
from tests.builders_accounts import PASSWORD, Hand, clock, code_in, joined, joined_by_mail, letters
from tests.builders_learning import a_visit
from tests.builders_pages import told


def signed_up(client: FlaskClient) -> Hand:
    hand = Hand(client)
    hand.join()
    return hand


def test_the_name_is_changed(client: FlaskClient) -> None:
    hand = signed_up(client)
    hand.look("account/name")
    assert hand.send("account/name", name="").status_code == 422
    assert hand.send("account/name", name="Zoé", switch_to="en").status_code == 200
    hand.send("account/name", follow=True, name="Zoé-Ann")
    assert "Zoé-Ann" in hand.page
    assert "Saved." in hand.page


def test_the_sign_in_name_is_changed(client: FlaskClient, context: Context) -> None:
    joined(context, "taken.name")
    hand = signed_up(client)
    hand.look("account/sign-in-name")
    assert hand.send("account/sign-in-name", sign_in_name="taken.name").status_code == 422
    assert hand.send("account/sign-in-name", sign_in_name="new.name").status_code == 303
    hand.look("account")
    assert "new.name" in hand.page


def test_after_a_while_the_current_password_is_asked_for(client: FlaskClient, context: Context) -> None:
    hand = signed_up(client)
    clock(context).move(minutes=16)
    hand.look("account/password")
    assert 'id="current"' in hand.page
    wrong = hand.send("account/password", current="not this one", password="girafe-et-lampe-9")
    assert wrong.status_code == 422
    assert 'id="current-error"' in hand.page
    hand.look("account/password")
    right = hand.send("account/password", follow=True, current=PASSWORD, password="girafe-et-lampe-9")
    assert "Your password has been changed" in right.get_data(as_text=True)


def test_an_account_without_a_password_signs_in_again_for_a_change(
    client: FlaskClient, context: Context
) -> None:
    hand = Hand(client)
    hand.look("sign-up")
    hand.send("sign-up", follow=True, name="Zoé", email="zoe@example.org")
    hand.send("sign-in/code", code=code_in(letters(context)[-1]))
    clock(context).move(minutes=16)
    for path in ("account/password", "account/sign-in-name", "account/recovery-codes", "account/delete"):
        hand.look(path)
        assert "sign in again first" in hand.page
    hand.look("account/name")
    assert hand.send("account/recovery-codes").status_code == 403


def test_the_address_is_changed_by_a_code_and_removed(client: FlaskClient, context: Context) -> None:
    hand = signed_up(client)
    assert hand.look("account/email/code").location == "/en/account/email"
    hand.look("account/email")
    assert hand.send("account/email", email="no address").status_code == 422
    assert (
        hand.send("account/email", follow=True, email="new@example.org").request.path
        == "/en/account/email/code"
    )
    assert hand.send("account/email/code", code="1234").status_code == 422
    assert hand.send("account/email/code", code="1", switch_to="en").status_code == 200
    hand.send("account/email/code", follow=True, code=code_in(letters(context)[-1]))
    assert "new@example.org" in hand.page
    hand.look("account/email")
    assert "Remove my email address" in hand.page
    hand.send("account/email", follow=True, do="remove")
    assert "new@example.org" not in hand.page


def test_an_address_that_others_have_is_not_taken_over(client: FlaskClient, context: Context) -> None:
    joined_by_mail(context, "theirs@example.org")
    hand = signed_up(client)
    hand.look("account/email")
    hand.send("account/email", email="theirs@example.org", follow=True)
    sent = hand.send("account/email/code", code=code_in(letters(context)[-1]))
    assert sent.status_code == 409
    assert "already belongs to an account" in hand.page


def test_the_only_way_in_stays(client: FlaskClient, context: Context) -> None:
    hand = Hand(client)
    hand.look("sign-up")
    hand.send("sign-up", follow=True, name="Zoé", email="zoe@example.org")
    hand.send("sign-in/code", code=code_in(letters(context)[-1]))
    hand.look("account/email")
    assert hand.send("account/email", do="remove").status_code == 403


def test_the_language_of_messages_is_changed(client: FlaskClient) -> None:
    hand = signed_up(client)
    hand.look("account/language")
    french = hand.send("account/language", locale="fr")
    assert (french.location, told(french)) == ("/fr/account", "saved")
    hand.look("account/language")
    assert hand.send("account/language", locale="xx").location == "/en/account"


def test_new_recovery_codes_take_the_place_of_the_old_ones(client: FlaskClient, context: Context) -> None:
    hand = signed_up(client)
    first = hand.page
    clock(context).move(minutes=16)
    hand.look("account/recovery-codes")
    assert '<li><code translate="no">' not in hand.page
    assert hand.send("account/recovery-codes", current="wrong").status_code == 422
    hand.send("account/recovery-codes", follow=True, current=PASSWORD)
    assert hand.page.count('<li><code translate="no">') == 10
    assert hand.page.split('<li><code translate="no">')[1] != first.split('<li><code translate="no">')[1]


def test_sessions_are_listed_and_ended_one_by_one(client: FlaskClient, context: Context) -> None:
    hand = signed_up(client)
    other = Hand(client.application.test_client())
    other.look("sign-in")
    other.send("sign-in", who="lac.bleu", password=PASSWORD)
    other.look("account/sessions")
    assert other.page.count('name="session"') == 2
    assert other.send("account/sessions/end", session="nothing").status_code == 404
    hand.look("account/sessions")
    theirs, own = _handles(hand.page)
    assert told(hand.send("account/sessions/end", session=theirs)) == "session-ended"
    assert other.look("account").status_code == 303
    hand.look("account/sessions")
    gone = hand.send("account/sessions/end", session=own)
    assert gone.headers["Clear-Site-Data"]


def _handles(page: str) -> tuple[str, str]:
    handles = [part.split('"')[0] for part in page.split('name="session" value="')[1:]]
    here = next(row for row in page.split("<tr>") if "using this session now" in row)
    own = next(handle for handle in handles if handle in here)
    return next(handle for handle in handles if handle != own), own


def test_signing_out_everywhere_ends_the_other_browsers_too(client: FlaskClient) -> None:
    hand = signed_up(client)
    other = Hand(client.application.test_client())
    other.look("sign-in")
    other.send("sign-in", who="lac.bleu", password=PASSWORD)
    hand.look("account/sessions")
    assert hand.send("sign-out-everywhere").headers["Clear-Site-Data"]
    assert other.look("account").status_code == 303


def test_everything_about_me_is_shown_and_taken_away(client: FlaskClient) -> None:
    hand = signed_up(client)
    hand.look("account/everything")
    assert "Zoé" in hand.page
    taken = client.get("/en/account/everything.json")
    assert json.loads(taken.get_data())["account"][0]["name"] == "Zoé"
    assert "attachment" in taken.headers["Content-Disposition"]


def test_deleting_asks_for_being_sure_and_leaves_nothing(client: FlaskClient) -> None:
    hand = signed_up(client)
    hand.look("account/delete")
    assert hand.send("account/delete").status_code == 422
    gone = hand.send("account/delete", is_sure="y")
    assert (gone.location, told(gone)) == ("/en/sign-in", "deleted")
    assert gone.headers["Clear-Site-Data"]
    hand.look("sign-in")
    assert hand.send("sign-in", who="lac.bleu", password=PASSWORD).status_code == 422


@pytest.mark.parametrize("said", ["yes", "no"])
def test_a_visitor_who_signs_up_is_asked_whether_it_was_them(
    client: FlaskClient, context: Context, said: str
) -> None:
    visit = a_visit(context)
    with client.application.test_request_context():
        minute = context.now() // MINUTE
        seal = context.keys.mac("session-minute", visit.token, str(minute))[:22]
    client.set_cookie("parvis", f"{visit.token}.{minute}.{seal}")
    hand = Hand(client)
    hand.join()
    on = hand.send("account/recovery-codes/noted")
    assert on.location == "/en/account/was-this-you"
    hand.look("account/was-this-you")
    sent = hand.send("account/was-this-you", answer=said)
    assert (sent.location, told(sent)) == ("/en/my-learning", "joined" if said == "yes" else "not-joined")
    assert hand.look("account/was-this-you").location == "/en/account"
    assert not recognise(context, ticket_of(visit.token)).actor.person


def test_a_message_that_did_not_arrive_is_told(client: FlaskClient, context: Context) -> None:
    hand = signed_up(client)
    hand.look("account")
    told = 'We couldn’t deliver a message to <span translate="no">zoe@example.org</span>'
    assert told not in hand.page
    with context.database.writing() as tx:
        tx.execute(update(profile).values(email="zoe@example.org", unreachable_at=context.now()))
    hand.look("account")
    assert told in hand.page
    hand.look("account/everything")
    assert "Message not delivered to this address on" in hand.page
