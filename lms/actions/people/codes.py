"""Mailed codes: asked for in a window, read in a mail, typed into the same window.

A code belongs to the window (session) that asked for it, so that nobody else's tries can use it up; it is
confirmed by POST, so that a mail scanner cannot; it counts for ten minutes, five tries, once. Asking gives
the same answer, and does the same work, whether the account exists or not.
"""

from __future__ import annotations

from dataclasses import replace
from unicodedata import digit

from lms.actions.action import Who, command, record
from lms.actions.context import Context
from lms.actions.people import credentials, limits
from lms.actions.people.accounts import prove, way_in_changed
from lms.actions.people.credentials import (
    email_faults,
    fault,
    name_faults,
    password_faults,
    refuse,
    who_faults,
)
from lms.actions.people.devices import device_of
from lms.actions.people.emails import CODE_MINUTES, MINUTE, code_of
from lms.actions.people.sessions import LONGEST, remember, ticket_of
from lms.actions.people.signing_in import Browser, Entered, enter
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.operations.jobs import Letter
from lms.core.people.actors import NOBODY, Actor, Role
from lms.core.people.letters import LONGEST_LINE
from lms.core.people.naming import tidy_name
from lms.core.people.session_notes import Confirmed, Pending, SessionNotes
from lms.mail.addresses import tidy_email
from lms.storage.database import Tx
from lms.storage.operations.outbox import put
from lms.storage.people import codes, persons, sessions
from lms.trust.passwords import hash_password

MOST_TRIES = 5


def _pending(tx: Tx, context: Context, actor: Actor, *purposes: str) -> Pending:
    """Return what the window of this actor waits for, as its session says.

    Raises: NotFound `code.none`.
    """
    row = sessions.find(tx, actor.session, context.now() - LONGEST)
    waits = SessionNotes.from_json(row.keep).pending if row else None
    if waits is None or waits.purpose not in purposes:
        raise NotFound("code.none")
    return waits


def _send(tx: Tx, context: Context, letter: str, email: str, *, locale: str, code: str) -> None:
    id_ = context.new_id()
    put(tx, context, f"letter:{id_}", Letter(letter, email, locale, id_, mailed_code=code))


def _new_code(tx: Tx, context: Context, subject: str, purpose: str) -> str:
    id_ = context.new_secret()
    secret = context.keys.mac("mailed-code-kept", id_, code_of(context, id_))
    codes.add(tx, id_, subject, purpose, secret, expires_at=context.now() + CODE_MINUTES * MINUTE)
    return id_


def _wait(tx: Tx, context: Context, actor: Actor, waits: Pending, browser: Browser) -> str:
    def change(notes: SessionNotes) -> SessionNotes:
        return replace(notes, next=browser.next or notes.next, pending=waits)

    return remember(tx, context, actor, change, before=browser.before)


def _limit_letters(context: Context, issuer: str, subject: str, browser: Browser) -> None:
    """Count a letter, before the transaction that sends it; strangers’ letters do not keep the owner out."""
    with context.database.reading() as tx:
        person = persons.owner(tx, issuer, subject)
    if device := device_of(context, browser.held, person):
        limits.take(context, limits.CODES_HERE.of(subject, device))
        return
    limits.take(
        context,
        limits.CODES_FROM.of(browser.origin),
        limits.CODES_HERE.of(subject, browser.origin),
        limits.CODES_ANYWHERE.of(subject),
    )


@command("codes.ask_to_sign_in", by=Who.ANYONE, keeps=("throttle",))
def ask_to_sign_in(context: Context, actor: Actor, who: str, *, locale: str, browser: Browser) -> str:
    """Mail a code to the address of an account; give the value of a new session, or '' when there is one.

    `who` is an address or a sign-in name. An address without an account gets a letter that says so; a
    sign-in name without an address gets none: only the person who reads the mailbox learns which it was.

    Raises: Invalid `sign-in.who-missing`, `sign-in.who-too-long`; NotAllowed `code.too-often`.
    """
    refuse("sign-in.who-too-long", who_faults(who))
    if not who.strip():
        raise Invalid("sign-in.who-missing", [fault("who", "sign-in.who-missing")])
    issuer, subject = credentials.way_in(context, who)
    _limit_letters(context, issuer, subject, browser)
    with context.database.writing() as tx:
        person = persons.owner(tx, issuer, subject)
        profile = persons.profile_of(tx, person)
        email = profile.email if profile else tidy_email(who)
        code = _new_code(tx, context, subject, "sign-in")
        if email:
            letter, tongue = ("sign-in", profile.locale) if profile else ("no-account", locale)
            _send(tx, context, letter, email, locale=tongue, code=code if profile else "")
        record(tx, context, actor, "codes.ask_to_sign_in", person)
        waits = Pending("sign-in", who.strip(), "", locale, code, browser.own)
        return _wait(tx, context, actor, waits, browser)


@command("codes.ask_to_sign_up", by=Who.ANYONE, keeps=("throttle",))
def ask_to_sign_up(
    context: Context, actor: Actor, name: str, email: str, *, locale: str, browser: Browser
) -> str:
    """Mail a code to the address of a new account; give the value of a new session, or '' when there is one.

    Nothing is written about the person until the code comes back. If the address has an account, the letter
    says so and the code signs in: whoever only typed the address cannot tell.

    Raises: Invalid `account.wrong`; NotAllowed `code.too-often`.
    """
    refuse("account.wrong", [*name_faults(name), *email_faults(email)])
    address = tidy_email(email)
    subject = credentials.subject_of(context, persons.EMAIL, address)
    _limit_letters(context, persons.EMAIL, subject, browser)
    with context.database.writing() as tx:
        profile = persons.profile_of(tx, persons.owner(tx, persons.EMAIL, subject))
        code = _new_code(tx, context, subject, "sign-up")
        letter, tongue = ("sign-up-again", profile.locale) if profile else ("sign-up", locale)
        _send(tx, context, letter, address, locale=tongue, code=code)
        record(tx, context, actor, "codes.ask_to_sign_up", "")
        waits = Pending("sign-up", address, tidy_name(name), locale, code)
        return _wait(tx, context, actor, waits, browser)


@command("codes.ask_for_address", by=Who.MEMBER, keeps=("throttle",))
def ask_for_address(
    context: Context, actor: Actor, email: str, *, locale: str, browser: Browser, current: str = ""
) -> None:
    """Mail a code to the address that an account is to have from now on.

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`,
    `code.too-often`.
    """
    refuse("account.wrong", email_faults(email))
    prove(context, actor, current)
    address = tidy_email(email)
    subject = credentials.subject_of(context, persons.EMAIL, address)
    _limit_letters(context, persons.EMAIL, subject, browser)
    with context.database.writing() as tx:
        code = _new_code(tx, context, subject, "address")
        _send(tx, context, "address", address, locale=locale, code=code)
        record(tx, context, actor, "codes.ask_for_address", actor.person)
        waits = Pending("address", address, "", locale, code)
        remember(tx, context, actor, lambda notes: replace(notes, pending=waits))


def _proves(context: Context, code: codes.MailedCode, typed: str) -> bool:
    digits = "".join(str(digit(letter)) for letter in typed[:LONGEST_LINE] if letter.isdecimal())
    return context.keys.proves(code.secret, "mailed-code-kept", code.id, digits)


def _try(tx: Tx, context: Context, waits: Pending, typed: str) -> bool:
    """Count the try; return whether the code is right.

    Raises: Conflict `code.ended`.
    """
    code = codes.take_try(tx, waits.code, waits.purpose, MOST_TRIES, context.now())
    if code is None:
        raise Conflict("code.ended")
    return _proves(context, code, typed)


def _confirmed_before(tx: Tx, context: Context, window: str, typed: str) -> Confirmed | None:
    """Return what this window confirmed a moment ago with the same code, for a second press.

    The window and the code are asked for, and the tries go on being counted, as they were the first time.
    """
    since = context.now() - LONGEST
    confirmed = sessions.confirmed_in(tx, window, since)
    code = confirmed and codes.take_try_again(tx, confirmed.code, MOST_TRIES, context.now())
    # Asked again: a third press may have waited here for the second one.
    return sessions.confirmed_in(tx, window, since) if code and _proves(context, code, typed) else None


@command("codes.confirm", by=Who.ANYONE, keeps=("mailed_code", "audit"))
def confirm(context: Context, actor: Actor, typed: str, browser: Browser, *, password: str = "") -> Entered:
    """Sign in, or make the account, with the mailed code; `password` is optional and for a new account.

    A second press of the window that the code belonged to gets the first one's result.
    The try is counted before anything slow is done, and nothing slow is done for a wrong code.

    Raises: NotFound `code.none`; Conflict `code.ended`; Invalid `code.wrong`, `account.wrong`.
    """
    try:
        return _confirm(context, actor, typed, browser, password)
    except (NotFound, Conflict):
        entered = _entered_again(context, actor, typed, browser)
        if entered is None:
            raise
        return entered


def _entered_again(context: Context, actor: Actor, typed: str, browser: Browser) -> Entered | None:
    window = actor.session or browser.before
    with context.database.writing() as tx:
        confirmed = _confirmed_before(tx, context, window, typed)
        first = sessions.find(tx, confirmed.session, context.now() - LONGEST) if confirmed else None
        if confirmed is None or first is None:
            return None
        record(tx, context, Actor(first.person), "codes.confirm", first.person)
        entered = enter(tx, context, NOBODY, first.person, replace(browser, before=first.id))
        _note_confirmed(tx, window, confirmed.code, entered)
        return entered


def _note_confirmed(tx: Tx, window: str, code: str, entered: Entered) -> None:
    sessions.set_notes(tx, window, SessionNotes(confirmed=Confirmed(code, ticket_of(entered.token))))


def _confirm(context: Context, actor: Actor, typed: str, browser: Browser, password: str) -> Entered:
    with context.database.reading() as tx:
        waits = _pending(tx, context, actor, "sign-in", "sign-up")
    if password and waits.purpose == "sign-up":
        refuse("account.wrong", password_faults(password, waits.name, waits.who))
    with context.database.writing() as tx:
        is_right = _try(tx, context, waits, typed)
    # Outside any transaction: this is meant to be slow.
    hashed = hash_password(password) if is_right and password and waits.purpose == "sign-up" else ""
    with context.database.writing() as tx:
        is_first = is_right and codes.use(tx, waits.code, context.now())
        if is_right and not is_first:  # another press of this window was a moment faster
            raise Conflict("code.ended")
        person = _confirmed(tx, context, waits, hashed) if is_first else ""
        if person:
            record(tx, context, Actor(person), "codes.confirm", person)
            entered = enter(tx, context, actor, person, browser)
            _note_confirmed(tx, actor.session, waits.code, entered)
            return entered
        record(tx, context, actor, "codes.refused", "")
    raise Invalid("code.wrong", [fault("code", "code.wrong")])


def _confirmed(tx: Tx, context: Context, waits: Pending, hashed: str) -> str:
    """Return whose address was confirmed: an account's, a new account's, or nobody's."""
    issuer, subject = credentials.way_in(context, waits.who)
    if waits.purpose == "sign-in":
        return persons.owner(tx, issuer, subject)
    person = context.new_id()
    persons.add_person(tx, person, "member", context.now())
    if not persons.claim(tx, context.new_id(), person, persons.EMAIL, subject, now=context.now()):
        persons.drop_person(tx, person)  # it has an account, perhaps since a moment ago
        return persons.owner(tx, issuer, subject)
    persons.add_profile(tx, person, waits.name, waits.locale)
    persons.write_profile(tx, person, email=waits.who)
    persons.give_role(tx, person, Role.LEARNER, context.now())
    if hashed:
        persons.add_secret(tx, context.new_id(), person, "password", hashed, now=context.now())
    return person


@command("codes.confirm_address", by=Who.MEMBER, keeps=("mailed_code", "audit"))
def confirm_address(context: Context, actor: Actor, typed: str) -> None:
    """Make the confirmed address the account's own.

    There is no code for an address but from `ask_for_address`, which asks for a proof, and it counts for less
    time than a proof is fresh: so a right code is the proof of who changes this, too. A second press changes
    nothing more.

    Raises: NotFound `code.none`; Conflict `code.ended`, `account.email-taken`; Invalid `code.wrong`.
    """
    try:
        _confirm_address(context, actor, typed)
    except (NotFound, Conflict):
        with context.database.writing() as tx:
            confirmed = _confirmed_before(tx, context, actor.session, typed)
        if confirmed is None:
            raise


def _confirm_address(context: Context, actor: Actor, typed: str) -> None:
    with context.database.writing() as tx:
        waits = _pending(tx, context, actor, "address")
        is_right = _try(tx, context, waits, typed) and codes.use(tx, waits.code, context.now())
        if is_right:
            _take_address(tx, context, actor, waits)
        record(tx, context, actor, "codes.confirm_address" if is_right else "codes.refused", actor.person)
    if not is_right:
        raise Invalid("code.wrong", [fault("code", "code.wrong")])


def _take_address(tx: Tx, context: Context, actor: Actor, waits: Pending) -> None:
    _, subject = credentials.way_in(context, waits.who)
    persons.release(tx, actor.person, persons.EMAIL)
    if not persons.claim(tx, context.new_id(), actor.person, persons.EMAIL, subject, now=context.now()):
        raise Conflict("account.email-taken")
    before = persons.profile_of(tx, actor.person)
    persons.write_profile(tx, actor.person, email=waits.who)
    way_in_changed(tx, context, actor, "address-changed", before=before.email if before else "")
    confirmed = Confirmed(waits.code, actor.session)
    remember(tx, context, actor, lambda notes: replace(notes, pending=None, confirmed=confirmed))
