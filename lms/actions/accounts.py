"""One's own account: what one is called, how one signs in, the language, new secrets.

What changes a way in needs a fresh proof: the current password, or having signed in within a quarter of an
hour (ASVS 5.0 7.5.1). Deleting and "everything about me" are in `my_data`. Called by `web` and `cli`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from lms.actions import limits
from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.joining import sealed_recovery
from lms.actions.sessions import FRESH, Known, remember
from lms.actions.ways_in import (
    fault,
    name_faults,
    new_recovery,
    password_faults,
    refuse,
    sign_in_name_faults,
    subject_of,
)
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.naming import tidy_name, tidy_sign_in_name
from lms.core.people import Actor
from lms.core.reader import ReaderSettings
from lms.storage import people, sessions
from lms.trust.passwords import hash_password, verify_password


@dataclass(frozen=True, slots=True)
class Account:
    """What the account page shows; `is_fresh` says that no proof is asked for now."""

    name: str
    email: str
    sign_in_name: str
    locale: str
    has_password: bool
    recovery_left: int
    is_fresh: bool


@reading("accounts.my_account", by=Who.MEMBER)
def my_account(desk: Desk, actor: Actor, known: Known) -> Account:
    """Give what the account page shows.

    Raises: NotFound `account.not-found`.
    """
    with desk.database.reading() as tx:
        profile = people.profile_of(tx, actor.person)
        if profile is None:
            raise NotFound("account.not-found")
        return Account(
            name=profile.name,
            email=profile.email,
            sign_in_name=profile.sign_in_name,
            locale=profile.locale,
            has_password=people.own_password(tx, actor.person) is not None,
            recovery_left=people.recovery_left(tx, actor.person),
            is_fresh=_is_fresh(desk, known),
        )


def _is_fresh(desk: Desk, known: Known) -> bool:
    return desk.now() - known.began <= FRESH


@deed("accounts.prove", by=Who.MEMBER)
def prove(desk: Desk, actor: Actor, known: Known, password: str) -> None:
    """Ask for a fresh proof of who this is: a recent sign-in, or the current password.

    Raises: NotAllowed `account.sign-in-again`, `sign-in.too-often`; Invalid `account.password-wrong`.
    """
    if _is_fresh(desk, known):
        return
    with desk.database.writing() as tx:
        limits.take(tx, desk, limits.PASSWORD_HERE, actor.person, actor.session)
        kept = people.own_password(tx, actor.person)
    if kept is None:
        raise NotAllowed("account.sign-in-again")
    if not verify_password(kept.secret, password):
        raise Invalid("account.wrong", [fault("current", "account.password-wrong")])


@deed("accounts.change_name", by=Who.MEMBER)
def change_name(desk: Desk, actor: Actor, name: str) -> None:
    """Change the name to be called.

    Raises: Invalid `account.wrong`.
    """
    refuse("account.wrong", name_faults(name))
    with desk.database.writing() as tx:
        people.write_profile(tx, actor.person, name=tidy_name(name))
        record(tx, desk, actor, "accounts.change_name", actor.person)


@deed("accounts.change_locale", by=Who.MEMBER)
def change_locale(desk: Desk, actor: Actor, locale: str) -> None:
    """Change the language in which one is written to; the caller says only languages that there are."""
    with desk.database.writing() as tx:
        people.write_profile(tx, actor.person, locale=locale)
        record(tx, desk, actor, "accounts.change_locale", actor.person)


@deed("accounts.change_reading", by=Who.MEMBER)
def change_reading(desk: Desk, actor: Actor, wishes: ReaderSettings) -> None:
    """Keep how one wants to read, for every device."""
    with desk.database.writing() as tx:
        people.write_profile(tx, actor.person, settings=json.dumps(wishes.chosen))
        record(tx, desk, actor, "accounts.change_reading", actor.person)


@deed("accounts.change_sign_in_name", by=Who.MEMBER)
def change_sign_in_name(desk: Desk, actor: Actor, known: Known, sign_in_name: str, current: str) -> None:
    """Choose another sign-in name, or a first one.

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`.
    """
    refuse("account.wrong", sign_in_name_faults(sign_in_name))
    prove(desk, actor, known, current)
    tidy = tidy_sign_in_name(sign_in_name)
    subject = subject_of(desk, people.SIGN_IN_NAME, tidy)
    with desk.database.writing() as tx:
        if people.owner(tx, people.SIGN_IN_NAME, subject) not in {"", actor.person}:
            raise Invalid("account.wrong", [fault("sign_in_name", "account.sign-in-name-taken")])
        people.release(tx, actor.person, people.SIGN_IN_NAME)
        people.claim(tx, desk.new_id(), actor.person, people.SIGN_IN_NAME, subject, now=desk.now())
        people.write_profile(tx, actor.person, sign_in_name=tidy)
        record(tx, desk, actor, "accounts.change_sign_in_name", actor.person)


@deed("accounts.drop_email", by=Who.MEMBER)
def drop_email(desk: Desk, actor: Actor, known: Known, current: str) -> None:
    """Take the address out of an account that can be reached in another way.

    Raises: NotAllowed `account.last-way-in`, `account.sign-in-again`; Invalid `account.password-wrong`.
    """
    prove(desk, actor, known, current)
    with desk.database.writing() as tx:
        profile = people.profile_of(tx, actor.person)
        has_password = people.own_password(tx, actor.person) is not None
        if profile is None or not (profile.sign_in_name and has_password):
            raise NotAllowed("account.last-way-in")
        people.release(tx, actor.person, people.EMAIL)
        people.write_profile(tx, actor.person, email=None)
        record(tx, desk, actor, "accounts.drop_email", actor.person)


@deed("accounts.change_password", by=Who.MEMBER)
def change_password(desk: Desk, actor: Actor, known: Known, password: str, current: str) -> None:
    """Set a new password, and sign out every other device (ASVS 5.0 7.4.3).

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`.
    """
    account = my_account(desk, actor, known)
    about = (account.name, account.email, account.sign_in_name)
    refuse("account.wrong", password_faults(password, *about))
    prove(desk, actor, known, current)
    hashed = hash_password(password)
    with desk.database.writing() as tx:
        people.drop_secrets(tx, actor.person, "password")
        people.add_secret(tx, desk.new_id(), actor.person, "password", hashed, now=desk.now())
        sessions.end_all(tx, actor.person, desk.now(), but=actor.session)
        record(tx, desk, actor, "accounts.change_password", actor.person)


@deed("accounts.renew_recovery", by=Who.MEMBER)
def renew_recovery(desk: Desk, actor: Actor, known: Known, current: str) -> None:
    """Make ten new recovery codes; the earlier ones no longer count.

    They wait in the session for a quarter of an hour (`joining.fresh_recovery`).

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`.
    """
    prove(desk, actor, known, current)
    with desk.database.writing() as tx:
        codes = new_recovery(tx, desk, actor.person)
        remember(tx, desk, actor, recovery=sealed_recovery(desk, codes))
        record(tx, desk, actor, "accounts.renew_recovery", actor.person)


@deed("accounts.noted_recovery", by=Who.MEMBER)
def noted_recovery(desk: Desk, actor: Actor) -> None:
    """Forget the shown recovery codes: their owner has them on paper."""
    with desk.database.writing() as tx:
        remember(tx, desk, actor, recovery={})
        record(tx, desk, actor, "accounts.noted_recovery", actor.person)
