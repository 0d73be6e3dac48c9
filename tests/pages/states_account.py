"""States of signing up, signing in, the account and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from lms.actions.people import sessions, signing_in
from lms.actions.people.signing_in import Browser
from lms.core.errors import ParvisError
from lms.core.people.actors import NOBODY, Actor
from tests.pages.hands import Hands
from tests.pages.looks import Deeds, State, Way
from tests.pages.people import PASSWORD, begun, member, named, named_as, unreachable

FORM = "main form[id] button:not([name])"


def _form(path: str, button: str = FORM, **fields: str) -> Deeds:
    """Open a page, fill in its form and send it; `*` is another word each time: tries of one are limited."""

    def way(hands: Hands, _: Actor) -> None:
        hands.open(path)
        for name, words in fields.items():
            hands.fill(name, words.replace("*", hands.context.new_id()[-12:]))
        hands.press(button)

    return way


def _choosing(path: str, chosen: Mapping[str, str]) -> Deeds:
    def way(hands: Hands, _: Actor) -> None:
        hands.open(path)
        for name, value in chosen.items():
            hands.choose(name, value)
        hands.press(FORM)

    return way


def _then(*ways: Way) -> Deeds:
    def way(hands: Hands, who: Actor) -> None:
        for one in ways:
            if isinstance(one, str):
                hands.open(one)
            else:
                one(hands, who)

    return way


def _sign_up(hands: Hands, _: Actor) -> None:
    hands.open("/sign-up")
    hands.fill("name", "Sam")
    hands.fill("email", f"sam{hands.context.new_id()[-12:]}@example.org")
    hands.press(FORM)


def _wrong_code(hands: Hands, _: Actor) -> None:
    hands.fill("code", "1234")
    hands.press(FORM)


def _sign_up_without_mail(hands: Hands, _: Actor) -> None:
    hands.open("/sign-up/without-email")
    hands.fill("name", "Sam")
    hands.fill("sign_in_name", f"heron{hands.context.new_id()[-12:]}")
    hands.fill("password", PASSWORD)
    hands.press(FORM)


def _too_many_passwords(hands: Hands, _: Actor) -> None:
    sign_in_name = f"heron{hands.context.new_id()[-12:]}"
    named_as(hands.context, sign_in_name)
    for _attempt in range(10):
        with suppress(ParvisError):
            signing_in.sign_in(hands.context, NOBODY, sign_in_name, "not this one", Browser("127.0.0.1"))
    _form("/sign-in", who=sign_in_name, password="not this one")(hands, NOBODY)


def _was_this_you(hands: Hands, _: Actor) -> None:
    sign_in_name = f"heron{hands.context.new_id()[-12:]}"
    named_as(hands.context, sign_in_name)
    hands.open("/c/s4mp")
    hands.press("main form.act button")
    hands.open("/sign-in")
    hands.fill("who", sign_in_name)
    hands.fill("password", PASSWORD)
    hands.press("main form[id] button:not([value=code])")


def _signed_out(hands: Hands, _: Actor) -> None:
    hands.open("/account")
    hands.press("main form.act button")


def _idle(hands: Hands, _: Actor) -> None:
    hands.open("/my-learning")


def _elsewhere_too(hands: Hands, who: Actor) -> None:
    with hands.context.database.writing() as tx:
        sessions.begin_session(tx, hands.context, who.person, device="Firefox, Android")
    hands.open("/account/sessions")


def _new_recovery(hands: Hands, _: Actor) -> None:
    hands.open("/account/recovery-codes")
    hands.press(FORM)


def _everywhere(hands: Hands, _: Actor) -> None:
    hands.open("/account/sessions")
    hands.press("main .body > form.act button")


SIGNING_UP = [
    State("sign up", "/sign-up"),
    State("sign up, nothing typed", _form("/sign-up"), has=".errors"),
    State("sign up, not an address", _form("/sign-up", name="Sam", email="sam at home"), has=".errors"),
    State("sign up, code awaited", _sign_up),
    State("sign up, code awaited, by mail", _sign_up, world="mailing"),
    State("sign up, wrong code", _then(_sign_up, _wrong_code), has=".errors"),
    State("sign up without an address", "/sign-up/without-email"),
    State(
        "sign up without an address, weak password",
        _form("/sign-up/without-email", name="Sam", sign_in_name="a b", password="password1"),
        has=".errors",
    ),
    State("recovery codes, new account", _sign_up_without_mail, has=".codes"),
]

SIGNING_IN = [
    State("sign in", "/sign-in"),
    State("sign in, asked to", _idle, has=".notice.done"),
    State(
        "sign in, wrong",
        _form("/sign-in", "main form[id] button:not([value=code])", who="sam*", password="no"),
        has=".errors",
    ),
    State("sign in, too often", _too_many_passwords, has=".errors"),
    State("sign in, code awaited", _form("/sign-in", "main button[value=code]", who="sam*@example.org")),
    State("sign in, code for nobody", _form("/sign-in", "main button[value=code]", who=""), has=".errors"),
    State("sign in with a recovery code", "/sign-in/recovery"),
    State(
        "sign in with a recovery code, wrong", _form("/sign-in/recovery", who="sam", code="no"), has=".errors"
    ),
    State("was this you", _was_this_you),
    State("signed out", _signed_out, who=member, has=".notice.done"),
]


def _quiet(hands: Hands, _: Actor) -> None:
    hands.open("/account/mail")
    hands.press("main form button:not([hidden])")


ACCOUNT = [
    State("account", "/account", who=named),
    State("account, bare", "/account", who=member),
    State("account, a message did not arrive", "/account", who=unreachable, has=".notice.caution"),
    State("account, done", _form("/account/name", name="Zoé"), who=named, has=".notice.done"),
    State("name", "/account/name", who=named),
    State("name, missing", _form("/account/name", name=""), who=named, has=".errors"),
    State("sign-in name", "/account/sign-in-name", who=named),
    State(
        "sign-in name, not possible",
        _form("/account/sign-in-name", sign_in_name="a b"),
        who=named,
        has=".errors",
    ),
    State("password", "/account/password", who=named),
    State(
        "password, asked for the current one", "/account/password", who=named, ago=20, has="[name=current]"
    ),
    State("password, sign in again", "/account/password", who=member, ago=20),
    State(
        "password, wrong and short",
        _form("/account/password", current="no", password="abc"),
        who=named,
        ago=20,
        has=".errors",
    ),
    State("address", "/account/email", who=named),
    State("address, not one", _form("/account/email", email="at home"), who=named, has=".errors"),
    State("address, code awaited", _form("/account/email", email="new*@example.org"), who=named),
    State(
        "address, wrong code",
        _then(_form("/account/email", email="new*@example.org"), _wrong_code),
        who=named,
        has=".errors",
    ),
    State(
        "address, code awaited, by mail",
        _form("/account/email", email="new*@example.org"),
        who=named,
        world="mailing",
    ),
    State("language", "/account/language", who=named),
    State("recovery codes", "/account/recovery-codes", who=named),
    State("recovery codes, new ones", _new_recovery, who=named, has=".codes"),
    State(
        "recovery codes, proof asked for", "/account/recovery-codes", who=named, ago=20, has="[name=current]"
    ),
    State(
        "recovery codes, wrong proof",
        _form("/account/recovery-codes", current="no"),
        who=named,
        ago=20,
        has=".errors",
    ),
    State("sessions", "/account/sessions", who=named),
    State("sessions, two", _elsewhere_too, who=named, has="tbody tr + tr"),
    State("signed out everywhere", _everywhere, who=named, has=".notice.done"),
    State("messages", "/account/mail", who=named, has="[name=wanted][value=no]"),
    State("messages, turned off", _quiet, who=named, has=".notice.done"),
    State("everything", "/account/everything", who=begun),
    State("delete me", "/account/delete", who=named),
    State("delete me, not confirmed", _form("/account/delete"), who=named, has=".errors"),
    State("delete me, proof asked for", "/account/delete", who=named, ago=20, has="[name=current]"),
    State("deleted", _choosing("/account/delete", {"is_sure": "y"}), who=named, has=".notice.done"),
]

STATES = [*SIGNING_UP, *SIGNING_IN, *ACCOUNT]
