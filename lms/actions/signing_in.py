"""Signing in with a password or a recovery code.

The answer is the same, in words and in time, whether there is such an account or not; what is wrong is
counted, and nobody can lock an owner out (`limits`). Mailed codes are in `codes`. Called by `web`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions import limits, ways_in
from lms.actions.deed import Who, deed, record
from lms.actions.desk import Desk
from lms.actions.sessions import LONGEST, begin_session, known_from, ticket_of
from lms.core.errors import Invalid
from lms.core.people import Actor
from lms.storage import people, sessions
from lms.storage.database import Tx
from lms.trust.passwords import hash_password, needs_rehash, spend, verify_password


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in: network address, session before (even an idled one), device in words.

    `next` is the page to come back to, which the caller has found to be one of ours.
    """

    origin: str
    before: str = ""
    device: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is in: the value for the browser, the page to come back to, the visitor who waits."""

    token: str
    next: str = ""
    waiting: str = ""


def enter(tx: Tx, desk: Desk, actor: Actor, person: str, browser: Browser, **keep: object) -> Entered:
    """Begin a session for somebody who has proved who they are, in an open transaction."""
    if browser.next:
        keep["next"] = browser.next
    token = begin_session(
        tx, desk, person, device=browser.device, before=actor.session or browser.before, keep=keep
    )
    known = known_from(sessions.find(tx, ticket_of(token), 0))
    return Entered(token, str(known.keep.get("next", "")), known.waiting)


def _places(
    tx: Tx, desk: Desk, browser: Browser, subject: str, person: str
) -> tuple[tuple[limits.Limit, tuple[str, ...]], ...]:
    """Say what a wrong password counts against: a browser with an earlier session has a count of its own."""
    earlier = sessions.find(tx, browser.before, desk.now() - LONGEST)
    if earlier is not None and person and earlier.person == person:
        return ((limits.PASSWORD_HERE, (subject, "device", earlier.id)),)
    return (
        (limits.PASSWORD_HERE, (subject, "address", browser.origin)),
        (limits.PASSWORD_ANYWHERE, (subject,)),
    )


@deed("signing_in.sign_in", by=Who.ANYONE)
def sign_in(desk: Desk, actor: Actor, who: str, password: str, browser: Browser) -> Entered:
    """Sign in with an e-mail address or a sign-in name, and a password.

    Raises: Invalid `sign-in.wrong`; NotAllowed `sign-in.too-often`.
    """
    issuer, subject = ways_in.way_in(desk, who)
    with desk.database.reading() as tx:
        kept = people.password_of(tx, issuer, subject)
        places = _places(tx, desk, browser, subject, kept.person if kept else "")
        for limit, parts in places:
            limits.check(tx, desk, limit, *parts)
    # Outside any transaction: this is meant to be slow.
    is_right = verify_password(kept.secret, password) if kept else spend(password)
    fresh_hash = hash_password(password) if kept and is_right and needs_rehash(kept.secret) else ""
    with desk.database.writing() as tx:
        if kept and is_right:
            limits.forgive(tx, desk, places[0][0], *places[0][1])
            if fresh_hash:
                people.change_secret(tx, kept.id, fresh_hash)
            record(tx, desk, Actor(kept.person), "signing_in.sign_in", kept.person)
            return enter(tx, desk, actor, kept.person, browser)
        for limit, parts in places:
            limits.note(tx, desk, limit, *parts)
        record(tx, desk, actor, "signing_in.refused", kept.person if kept else "")
    raise Invalid("sign-in.wrong")


@deed("signing_in.recover", by=Who.ANYONE)
def recover(desk: Desk, actor: Actor, who: str, code: str, browser: Browser) -> Entered:
    """Sign in with one of the ten recovery codes, which is used up by it.

    Raises: Invalid `sign-in.recovery-wrong`; NotAllowed `sign-in.too-often`.
    """
    issuer, subject = ways_in.way_in(desk, who)
    with desk.database.writing() as tx:
        limits.check(tx, desk, limits.RECOVERY, browser.origin)
        person = people.owner(tx, issuer, subject)
        if ways_in.use_recovery(tx, desk, person, code):
            record(tx, desk, Actor(person), "signing_in.recover", person)
            return enter(tx, desk, actor, person, browser)
        limits.note(tx, desk, limits.RECOVERY, browser.origin)
        record(tx, desk, actor, "signing_in.refused", person)
    raise Invalid("sign-in.recovery-wrong")
