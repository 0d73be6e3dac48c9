"""One's own account: what one is called, how one signs in, the language, new secrets.

What changes a way in needs a fresh proof: the current password, or having signed in within a quarter of an
hour (ASVS 5.0 7.5.1). Deleting and "everything about me" are in `my_data`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.actions.people import limits
from lms.actions.people.credentials import (
    fault,
    length_faults,
    name_faults,
    new_recovery,
    password_faults,
    refuse,
    sign_in_name_faults,
    subject_of,
)
from lms.actions.people.sessions import FRESH, remember
from lms.actions.people.visitors import sealed_recovery
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.core.operations.jobs import Letter
from lms.core.people.actors import Actor
from lms.core.people.naming import tidy_name, tidy_sign_in_name
from lms.core.people.reader_settings import ReaderSettings
from lms.storage.database import Tx
from lms.storage.operations import outbox
from lms.storage.people import persons, sessions
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
    unreachable_at: int = 0  # when a letter to the address failed for good
    mail_off_at: int = 0  # since when only what the account needs is wanted


@query("accounts.my_account", by=Who.MEMBER)
def my_account(context: Context, actor: Actor) -> Account:
    """Return what the account page shows.

    Raises: NotFound `account.not-found`.
    """
    with context.database.reading() as tx:
        profile = persons.profile_of(tx, actor.person)
        if profile is None:
            raise NotFound("account.not-found")
        return Account(
            name=profile.name,
            email=profile.email,
            sign_in_name=profile.sign_in_name,
            locale=profile.locale,
            has_password=persons.own_password(tx, actor.person) is not None,
            recovery_left=persons.recovery_left(tx, actor.person),
            is_fresh=_is_fresh(tx, context, actor),
            unreachable_at=profile.unreachable_at,
            mail_off_at=profile.mail_off_at,
        )


def _is_fresh(tx: Tx, context: Context, actor: Actor) -> bool:
    """Return whether this person has signed in lately, in this very session."""
    row = sessions.find(tx, actor.session, context.now() - FRESH)
    return row is not None and row.person == actor.person


@command("accounts.prove", by=Who.MEMBER, keeps=("throttle",))
def prove(context: Context, actor: Actor, password: str) -> None:
    """Ask for a fresh proof of who this is: a recent sign-in, or the current password.

    Every action that changes a way in calls this itself: no page has to remember to.

    Raises: NotAllowed `account.sign-in-again`, `sign-in.too-often`; Invalid `account.wrong`.
    """
    with context.database.reading() as tx:
        if _is_fresh(tx, context, actor):
            return
        kept = persons.own_password(tx, actor.person)
    if kept is None:
        raise NotAllowed("account.sign-in-again")
    refuse("account.wrong", length_faults(password, "current"))
    budget = limits.PASSWORD_DEVICE.of(actor.person, actor.session)
    limits.take(context, budget)
    if not verify_password(kept.secret, password):
        raise Invalid("account.wrong", [fault("current", "account.password-wrong")])
    _forgive(context, budget)


def _forgive(context: Context, budget: limits.Budget) -> None:
    with context.database.writing() as tx:
        limits.forgive(tx, context, budget)


def way_in_changed(tx: Tx, context: Context, actor: Actor, letter: str, *, before: str | None = None) -> None:
    """Do what follows when a way in has changed, in the transaction of the change.

    Every other session ends (ASVS 5.0 7.4.3), and the address that the account had `before`, or has, is told
    (6.3.7): whoever changed it may have been somebody else.
    """
    sessions.end_all(tx, actor.person, context.now(), but=actor.session)
    profile = persons.profile_of(tx, actor.person)
    email = before if before is not None else profile.email if profile else ""
    if profile is None or not email:
        return
    link = f"{context.settings.address}/{profile.locale}/account"
    written = Letter(letter, email, profile.locale, context.new_id(), link=link)
    outbox.put(tx, context, f"letter:{written.id}", written, organisation=actor.organisation)


@command("accounts.change_name", by=Who.MEMBER)
def change_name(context: Context, actor: Actor, name: str) -> None:
    """Change the name to be called.

    Raises: Invalid `account.wrong`.
    """
    refuse("account.wrong", name_faults(name))
    with context.database.writing() as tx:
        persons.write_profile(tx, actor.person, name=tidy_name(name))
        record(tx, context, actor, "accounts.change_name", actor.person)


@command("accounts.change_locale", by=Who.MEMBER)
def change_locale(context: Context, actor: Actor, locale: str) -> None:
    """Change the language in which one is written to; the caller says only languages that there are."""
    with context.database.writing() as tx:
        persons.write_profile(tx, actor.person, locale=locale)
        record(tx, context, actor, "accounts.change_locale", actor.person)


@command("accounts.change_reading", by=Who.MEMBER)
def change_reading(context: Context, actor: Actor, wishes: ReaderSettings) -> None:
    """Keep how one wants to read, for every device."""
    with context.database.writing() as tx:
        persons.write_profile(tx, actor.person, settings=json.dumps(wishes.chosen))
        record(tx, context, actor, "accounts.change_reading", actor.person)


@command("accounts.change_sign_in_name", by=Who.MEMBER, keeps=("throttle",))
def change_sign_in_name(context: Context, actor: Actor, sign_in_name: str, current: str) -> None:
    """Choose another sign-in name, or a first one.

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`,
    `sign-up.too-often`.
    """
    refuse("account.wrong", sign_in_name_faults(sign_in_name))
    prove(context, actor, current)
    limits.take(context, limits.NAMES_TAKEN.of(actor.person))
    tidy = tidy_sign_in_name(sign_in_name)
    subject = subject_of(context, persons.SIGN_IN_NAME, tidy)
    with context.database.writing() as tx:
        persons.release(tx, actor.person, persons.SIGN_IN_NAME)
        id_ = context.new_id()
        if not persons.claim(tx, id_, actor.person, persons.SIGN_IN_NAME, subject, now=context.now()):
            raise Invalid("account.wrong", [fault("sign_in_name", "account.sign-in-name-taken")])
        persons.write_profile(tx, actor.person, sign_in_name=tidy)
        limits.give_back(tx, context, limits.NAMES_TAKEN.of(actor.person))
        way_in_changed(tx, context, actor, "name-changed")
        record(tx, context, actor, "accounts.change_sign_in_name", actor.person)


@command("accounts.drop_email", by=Who.MEMBER, keeps=("throttle",))
def drop_email(context: Context, actor: Actor, current: str) -> None:
    """Take the address out of an account that can be reached in another way.

    Raises: NotAllowed `account.last-way-in`, `account.sign-in-again`; Invalid `account.password-wrong`.
    """
    prove(context, actor, current)
    with context.database.writing() as tx:
        profile = persons.profile_of(tx, actor.person)
        has_password = persons.own_password(tx, actor.person) is not None
        if profile is None or not (profile.sign_in_name and has_password):
            raise NotAllowed("account.last-way-in")
        persons.release(tx, actor.person, persons.EMAIL)
        persons.write_profile(tx, actor.person, email=None)
        way_in_changed(tx, context, actor, "address-removed", before=profile.email)
        record(tx, context, actor, "accounts.drop_email", actor.person)


@command("accounts.change_password", by=Who.MEMBER, keeps=("throttle",))
def change_password(context: Context, actor: Actor, password: str, current: str) -> None:
    """Set a new password, and sign out every other device (ASVS 5.0 7.4.3).

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`,
    `account.too-often`.
    """
    account = my_account(context, actor)
    about = (account.name, account.email, account.sign_in_name)
    refuse("account.wrong", password_faults(password, *about))
    prove(context, actor, current)
    limits.take(context, limits.NEW_PASSWORDS.of(actor.person))
    hashed = hash_password(password)
    with context.database.writing() as tx:
        persons.drop_secrets(tx, actor.person, "password")
        persons.add_secret(tx, context.new_id(), actor.person, "password", hashed, now=context.now())
        way_in_changed(tx, context, actor, "password-changed")
        record(tx, context, actor, "accounts.change_password", actor.person)


@command("accounts.renew_recovery", by=Who.MEMBER, keeps=("throttle",))
def renew_recovery(context: Context, actor: Actor, current: str) -> None:
    """Make ten new recovery codes; the earlier ones no longer count.

    They wait in the session for a quarter of an hour (`joining.fresh_recovery`).

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`.
    """
    prove(context, actor, current)
    with context.database.writing() as tx:
        codes = new_recovery(tx, context, actor.person)
        shown = sealed_recovery(context, codes)
        remember(tx, context, actor, lambda notes: replace(notes, recovery=shown))
        way_in_changed(tx, context, actor, "recovery-changed")
        record(tx, context, actor, "accounts.renew_recovery", actor.person)


@command("accounts.noted_recovery", by=Who.MEMBER)
def noted_recovery(context: Context, actor: Actor) -> None:
    """Forget the shown recovery codes: their owner has them on paper."""
    with context.database.writing() as tx:
        remember(tx, context, actor, lambda notes: replace(notes, recovery=None))
        record(tx, context, actor, "accounts.noted_recovery", actor.person)
