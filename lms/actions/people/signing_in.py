"""Signing in with a password or a recovery code.

The answer is the same, in words and in time, whether there is such an account or not; what is wrong is
counted, and nobody can lock an owner out (`limits`). Mailed codes are in `codes`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lms.actions.action import Who, command, record
from lms.actions.context import Context
from lms.actions.people import credentials, limits
from lms.actions.people.devices import device_of, signed_in_here
from lms.actions.people.limits import Budget
from lms.actions.people.sessions import (
    HOUR,
    LONGEST,
    OWN_DAYS,
    PRESSED_AGAIN,
    begin_session,
    known_from,
    stay_on,
    ticket_of,
)
from lms.core.errors import Invalid
from lms.core.operations.characters import LOOKED_AT
from lms.core.people.actors import NOBODY, Actor
from lms.core.people.session_notes import Confirmed, SessionNotes, ShownRecovery
from lms.storage.database import Tx
from lms.storage.people import persons, sessions
from lms.trust.passwords import hash_password, needs_rehash, spend, verify_password

DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in: network address, session before (even an idled one), device in words.

    `next` is the page to come back to, which the caller has found to be one of ours; `held` what the browser
    holds since somebody signed in here before (`devices`); `window` a hash of what it holds for its forms;
    `own` that somebody says it is on a device of their own.
    """

    origin: str
    before: str = ""
    device: str = ""
    next: str = ""
    held: str = field(default="", metadata=LOOKED_AT)
    window: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is in: the value for the browser, the page to come back to, the visitor who waits.

    `held` is what the browser is to hold for as long as it can, so that it is known again (`devices`); `days`
    for how long the value is to be kept on somebody's own device: part of a day for who runs the site.
    """

    token: str
    next: str = ""
    waiting: str = ""
    held: str = ""
    days: float = 0


def enter(
    tx: Tx,
    context: Context,
    actor: Actor,
    person: str,
    browser: Browser,
    *,
    recovery: ShownRecovery | None = None,
) -> Entered:
    """Begin a session for somebody who has proved who they are, in an open transaction."""
    before, notes = actor.session or browser.before, SessionNotes(next=browser.next, recovery=recovery)
    token = begin_session(tx, context, person, device=browser.device, before=before, notes=notes)
    known = known_from(sessions.find(tx, ticket_of(token), 0))
    held = signed_in_here(context, browser.held, person)
    days = 0.0
    if browser.own:
        days = OWN_DAYS if stay_on(tx, known.actor) else LONGEST / DAY
    return Entered(token, known.notes.next, known.waiting, held, days)


def _device(tx: Tx, context: Context, browser: Browser, person: str) -> str:
    """Return the name of a browser in which a person has signed in before; '' for a stranger's."""
    earlier = sessions.find(tx, browser.before, context.now() - LONGEST)
    if earlier is not None and person and earlier.person == person:
        return earlier.id
    return device_of(context, browser.held, person)


def _budgets(
    tx: Tx, context: Context, browser: Browser, subject: str, person: str
) -> tuple[tuple[Budget, ...], tuple[Budget, ...]]:
    """Return what a wrong password counts against: (what success forgives, what many share)."""
    if device := _device(tx, context, browser, person):
        return (limits.PASSWORD_DEVICE.of(person, device),), ()
    here = limits.PASSWORDS_FROM.of(browser.origin)
    of_all = limits.PASSWORDS_OF_ALL.of().sparing(here, limits.FEW)
    shared = (limits.PASSWORD_ANYWHERE.of(subject), here, of_all)
    return (limits.PASSWORD_HERE.of(subject, browser.origin),), shared


@command("signing_in.sign_in", by=Who.ANYONE, keeps=("throttle", "audit"))
def sign_in(context: Context, actor: Actor, who: str, password: str, browser: Browser) -> Entered:
    """Sign in with an e-mail address or a sign-in name, and a password.

    Raises: Invalid `sign-in.wrong`; NotAllowed `sign-in.too-often`.
    """
    # What cannot be anybody's is refused as it came: no time is spent on it, whoever is meant.
    faults = [*credentials.empty_faults(who, password), *credentials.who_faults(who)]
    credentials.refuse("sign-in.wrong", [*faults, *credentials.length_faults(password)])
    issuer, subject = credentials.way_in(context, who)
    with context.database.reading() as tx:
        kept = persons.password_of(tx, issuer, subject)
        own, shared = _budgets(tx, context, browser, subject, kept.person if kept else "")
    limits.take(context, *own, *shared)
    # Outside any transaction: this is meant to be slow.
    is_right = verify_password(kept.secret, password) if kept else spend(password)
    fresh_hash = hash_password(password) if kept and is_right and needs_rehash(kept.secret) else ""
    with context.database.writing() as tx:
        if kept and is_right:
            limits.forgive(tx, context, *own)
            limits.give_back(tx, context, *shared)
            if fresh_hash:
                persons.change_secret(tx, kept.id, fresh_hash)
            record(tx, context, Actor(kept.person), "signing_in.sign_in", kept.person)
            return enter(tx, context, actor, kept.person, browser)
        record(tx, context, actor, "signing_in.refused", kept.person if kept else "")
    raise Invalid("sign-in.wrong")


def _press(context: Context, person: str, code: str, browser: Browser) -> str:
    """Name the use of a recovery code in one browser; '' where the browser is not known again."""
    plain = credentials.plain_recovery(code)
    return context.keys.mac("recovered", person, browser.window, plain) if browser.window else ""


def _entered_by(tx: Tx, context: Context, person: str, press: str) -> str:
    """Return the session that the same press has begun a moment ago, or ''."""
    since = context.now() - PRESSED_AGAIN
    for one in sessions.devices(tx, person, since) if press else ():
        confirmed = sessions.confirmed_in(tx, one.id, since)
        if confirmed and confirmed.code == press:
            return one.id
    return ""


@command("signing_in.recover", by=Who.ANYONE, keeps=("throttle", "audit"))
def recover(context: Context, actor: Actor, who: str, code: str, browser: Browser) -> Entered:
    """Sign in with one of the ten recovery codes, which is used up by it.

    A second press in the same browser gets the first one's result.

    Raises: Invalid `sign-in.recovery-wrong`; NotAllowed `sign-in.too-often`.
    """
    credentials.refuse("sign-in.recovery-wrong", credentials.who_faults(who))
    issuer, subject = credentials.way_in(context, who)
    with context.database.reading() as tx:
        person = persons.owner(tx, issuer, subject)
        device = _device(tx, context, browser, person)
    budget = limits.RECOVERY.of(person, device) if device else limits.RECOVERY.of(browser.origin)
    limits.take(context, budget)
    with context.database.writing() as tx:
        press = _press(context, person, code, browser)
        first = _entered_by(tx, context, person, press)
        if first or credentials.use_recovery(tx, context, person, code):
            limits.give_back(tx, context, budget)
            record(tx, context, Actor(person), "signing_in.recover", person)
            taking_over = (NOBODY, replace(browser, before=first)) if first else (actor, browser)
            entered = enter(tx, context, taking_over[0], person, taking_over[1])
            ticket = ticket_of(entered.token)
            if press and (row := sessions.find(tx, ticket, 0)):
                notes = replace(SessionNotes.from_json(row.keep), confirmed=Confirmed(press, ticket))
                sessions.set_notes(tx, ticket, notes)
            return entered
        record(tx, context, actor, "signing_in.refused", person)
    raise Invalid("sign-in.recovery-wrong")
