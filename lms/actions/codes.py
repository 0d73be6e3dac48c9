"""Mailed codes: asked for in a window, read in a mail, typed into the same window.

A code belongs to the window (session) that asked for it, so that nobody else's tries can use it up; it is
confirmed by POST, so that a mail scanner cannot; it counts for ten minutes, five tries, once. Asking gives
the same answer, and does the same work, whether the account exists or not. Called by `web`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lms.actions import limits, ways_in
from lms.actions.deed import Who, deed, record
from lms.actions.desk import Desk
from lms.actions.letters import CODE_MINUTES, MINUTE, code_of
from lms.actions.sessions import Known, remember
from lms.actions.signing_in import Browser, Entered, enter
from lms.actions.ways_in import email_faults, fault, name_faults, password_faults, refuse
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.naming import tidy_email, tidy_name
from lms.core.people import Actor, Role
from lms.storage import codes, people, sessions
from lms.storage.database import Tx
from lms.storage.outbox import enqueue
from lms.trust.passwords import hash_password

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Pending:
    """What a window waits for: a code for `sign-in`, `sign-up` or `address`, sent to what was typed."""

    purpose: str
    who: str
    name: str
    locale: str
    code: str


def pending(known: Known) -> Pending | None:
    """Give what this window waits for."""
    waits: Mapping[str, Any] | None = known.keep.get("pending")
    return Pending(**waits) if waits else None


def _send(tx: Tx, desk: Desk, letter: str, email: str, *, locale: str, code: str) -> None:
    id_ = desk.new_id()
    payload = {"letter": letter, "to": email, "locale": locale, "id": id_, "code": code}
    enqueue(tx, desk, "letter", f"letter:{id_}", payload)


def _new_code(tx: Tx, desk: Desk, subject: str, purpose: str) -> str:
    id_ = desk.new_secret()
    secret = desk.keys.mac("mailed-code-kept", id_, code_of(desk, id_))
    codes.add(tx, id_, subject, purpose, secret, expires_at=desk.now() + CODE_MINUTES * MINUTE)
    return id_


def _wait(tx: Tx, desk: Desk, actor: Actor, waits: Pending, browser: Browser) -> str:
    back = {"next": browser.next} if browser.next else {}
    return remember(tx, desk, actor, before=browser.before, pending=asdict(waits), **back)


def _limit_letters(tx: Tx, desk: Desk, subject: str, origin: str) -> None:
    limits.take(tx, desk, limits.CODES_FROM, origin)
    limits.take(tx, desk, limits.CODES_HERE, subject, origin)
    limits.take(tx, desk, limits.CODES_ANYWHERE, subject)


@deed("codes.ask_to_sign_in", by=Who.ANYONE)
def ask_to_sign_in(desk: Desk, actor: Actor, who: str, *, locale: str, browser: Browser) -> str:
    """Mail a code to the address of an account; give the value of a new session, or '' when there is one.

    `who` is an address or a sign-in name. An address without an account gets a letter that says so; a
    sign-in name without an address gets none: only the person who reads the mailbox learns which it was.

    Raises: Invalid `sign-in.who-missing`; NotAllowed `code.too-often`.
    """
    if not who.strip():
        raise Invalid("sign-in.who-missing", [fault("who", "sign-in.who-missing")])
    issuer, subject = ways_in.way_in(desk, who)
    with desk.database.writing() as tx:
        _limit_letters(tx, desk, subject, browser.origin)
        person = people.owner(tx, issuer, subject)
        profile = people.profile_of(tx, person)
        email = profile.email if profile else tidy_email(who)
        code = _new_code(tx, desk, subject, "sign-in")
        if email:
            letter, tongue = ("sign-in", profile.locale) if profile else ("no-account", locale)
            _send(tx, desk, letter, email, locale=tongue, code=code if profile else "")
        record(tx, desk, actor, "codes.ask_to_sign_in", person)
        waits = Pending("sign-in", who.strip(), "", locale, code)
        return _wait(tx, desk, actor, waits, browser)


@deed("codes.ask_to_sign_up", by=Who.ANYONE)
def ask_to_sign_up(desk: Desk, actor: Actor, name: str, email: str, *, locale: str, browser: Browser) -> str:
    """Mail a code to the address of a new account; give the value of a new session, or '' when there is one.

    Nothing is written about the person until the code comes back. If the address has an account, the letter
    says so and the code signs in: whoever only typed the address cannot tell.

    Raises: Invalid `account.wrong`; NotAllowed `code.too-often`.
    """
    refuse("account.wrong", [*name_faults(name), *email_faults(email)])
    address = tidy_email(email)
    subject = ways_in.subject_of(desk, people.EMAIL, address)
    with desk.database.writing() as tx:
        _limit_letters(tx, desk, subject, browser.origin)
        profile = people.profile_of(tx, people.owner(tx, people.EMAIL, subject))
        code = _new_code(tx, desk, subject, "sign-up")
        letter, tongue = ("sign-up-again", profile.locale) if profile else ("sign-up", locale)
        _send(tx, desk, letter, address, locale=tongue, code=code)
        record(tx, desk, actor, "codes.ask_to_sign_up", "")
        waits = Pending("sign-up", address, tidy_name(name), locale, code)
        return _wait(tx, desk, actor, waits, browser)


@deed("codes.ask_for_address", by=Who.MEMBER)
def ask_for_address(desk: Desk, actor: Actor, email: str, *, locale: str, browser: Browser) -> None:
    """Mail a code to the address that an account is to have from now on.

    Raises: Invalid `account.wrong`; NotAllowed `code.too-often`.
    """
    refuse("account.wrong", email_faults(email))
    address = tidy_email(email)
    subject = ways_in.subject_of(desk, people.EMAIL, address)
    with desk.database.writing() as tx:
        _limit_letters(tx, desk, subject, browser.origin)
        code = _new_code(tx, desk, subject, "address")
        _send(tx, desk, "address", address, locale=locale, code=code)
        record(tx, desk, actor, "codes.ask_for_address", actor.person)
        remember(tx, desk, actor, pending=asdict(Pending("address", address, "", locale, code)))


def _check(tx: Tx, desk: Desk, waits: Pending, typed: str) -> bool:
    """Use the code up if it is right, count the try if it is not; say which.

    Raises: Conflict `code.ended`.
    """
    code = codes.find(tx, waits.code)
    if code is None or code.used_at or code.expires_at <= desk.now() or code.tries >= MOST_TRIES:
        raise Conflict("code.ended")
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    if desk.keys.proves(code.secret, "mailed-code-kept", code.id, digits):
        return codes.use(tx, code.id, desk.now())
    codes.tried(tx, code.id)
    return False


@deed("codes.confirm", by=Who.ANYONE)
def confirm(
    desk: Desk, actor: Actor, known: Known, typed: str, browser: Browser, *, password: str = ""
) -> Entered:
    """Sign in, or make the account, with the mailed code; `password` is optional and for a new account.

    Raises: NotFound `code.none`; Conflict `code.ended`; Invalid `code.wrong`, `account.wrong`.
    """
    waits = pending(known)
    if waits is None or waits.purpose not in {"sign-in", "sign-up"}:
        raise NotFound("code.none")
    if password and waits.purpose == "sign-up":
        refuse("account.wrong", password_faults(password, waits.name, waits.who))
    hashed = hash_password(password) if password and waits.purpose == "sign-up" else ""
    with desk.database.writing() as tx:
        person = _confirmed(tx, desk, waits, hashed) if _check(tx, desk, waits, typed) else ""
        if person:
            record(tx, desk, Actor(person), "codes.confirm", person)
            return enter(tx, desk, actor, person, browser)
        record(tx, desk, actor, "codes.refused", "")
    raise Invalid("code.wrong", [fault("code", "code.wrong")])


def _confirmed(tx: Tx, desk: Desk, waits: Pending, hashed: str) -> str:
    """Give whose address was confirmed: an account's, a new account's, or nobody's."""
    issuer, subject = ways_in.way_in(desk, waits.who)
    person = people.owner(tx, issuer, subject)
    if person or waits.purpose == "sign-in":
        return person
    person = desk.new_id()
    people.add_person(tx, person, "member", desk.now())
    people.add_profile(tx, person, waits.name, waits.locale)
    people.write_profile(tx, person, email=waits.who)
    people.give_role(tx, person, Role.LEARNER, desk.now())
    people.claim(tx, desk.new_id(), person, people.EMAIL, subject, now=desk.now())
    if hashed:
        people.add_secret(tx, desk.new_id(), person, "password", hashed, now=desk.now())
    return person


@deed("codes.confirm_address", by=Who.MEMBER)
def confirm_address(desk: Desk, actor: Actor, known: Known, typed: str) -> None:
    """Make the confirmed address the account's own.

    Raises: NotFound `code.none`; Conflict `code.ended`, `account.email-taken`; Invalid `code.wrong`.
    """
    waits = pending(known)
    if waits is None or waits.purpose != "address":
        raise NotFound("code.none")
    with desk.database.writing() as tx:
        is_right = _check(tx, desk, waits, typed)
        if is_right:
            _take_address(tx, desk, actor, waits)
        record(tx, desk, actor, "codes.confirm_address" if is_right else "codes.refused", actor.person)
    if not is_right:
        raise Invalid("code.wrong", [fault("code", "code.wrong")])


def _take_address(tx: Tx, desk: Desk, actor: Actor, waits: Pending) -> None:
    _, subject = ways_in.way_in(desk, waits.who)
    if people.owner(tx, people.EMAIL, subject) not in {"", actor.person}:
        raise Conflict("account.email-taken")
    people.release(tx, actor.person, people.EMAIL)
    people.claim(tx, desk.new_id(), actor.person, people.EMAIL, subject, now=desk.now())
    people.write_profile(tx, actor.person, email=waits.who)
    sessions.set_keep(tx, actor.session, {})
