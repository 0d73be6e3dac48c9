"""The first people of an installation: its first admin, and the demo accounts of a trial.

Demo accounts exist only while nobody but the person at this machine can reach the site
(`settings.demo_allowed`); otherwise they are closed.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, record
from lms.actions.context import Context
from lms.actions.people.credentials import (
    fault,
    name_faults,
    new_recovery,
    password_faults,
    refuse,
    sign_in_name_faults,
    subject_of,
)
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.people.actors import Actor, Role
from lms.core.people.naming import tidy_name, tidy_sign_in_name
from lms.storage.database import Tx
from lms.storage.operations import key_checks
from lms.storage.people import persons, sessions
from lms.trust.passwords import hash_password, verify_password

DEMO = "local:demo"
DEMO_ROLES = {
    Role.LEARNER: (Role.LEARNER,),
    Role.AUTHOR: (Role.LEARNER, Role.AUTHOR),
    Role.REVIEWER: (Role.LEARNER, Role.REVIEWER),
    Role.ADMIN: (Role.LEARNER, Role.ADMIN),
}
_PASSWORD_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of a trial: its role is its sign-in name."""

    role: Role
    sign_in_name: str
    password: str


@command("founding.tie_keys", by=Who.SYSTEM)
def tie_keys(context: Context, actor: Actor) -> None:
    """Note which keys belong to this database, or make sure that these are the ones.

    Raises: Conflict `keys.other-database`.
    """
    mine = bytes.fromhex(context.keys.mac("key-check"))
    with context.database.reading() as tx:
        noted = key_checks.find(tx, "root")
    if noted is None:
        with context.database.writing() as tx:
            noted = key_checks.note(tx, "root", mine)
    if noted != mine:
        raise Conflict("keys.other-database")


def _demo_password(context: Context, role: Role) -> str:
    """Make a password that no other installation has, the same at every start."""
    digits = context.keys.mac("demo-password", role.value)
    groups = (digits[at * _GROUP : (at + 1) * _GROUP] for at in range(_PASSWORD_GROUPS))
    return "-".join(groups)


def _add_account(
    tx: Tx, context: Context, name: str, sign_in_name: str, hashed: str, *, roles: tuple[Role, ...]
) -> str:
    person = context.new_id()
    persons.add_person(tx, person, "member", context.now())
    subject = subject_of(context, persons.SIGN_IN_NAME, sign_in_name)
    if not persons.claim(tx, context.new_id(), person, persons.SIGN_IN_NAME, subject, now=context.now()):
        raise Invalid("account.wrong", [fault("sign_in_name", "account.sign-in-name-taken")])
    persons.add_profile(tx, person, name, context.settings.default_locale)
    persons.write_profile(tx, person, sign_in_name=sign_in_name)
    persons.add_secret(tx, context.new_id(), person, "password", hashed, now=context.now())
    for role in roles:
        persons.give_role(tx, person, role, context.now())
    return person


@command("founding.open_demo", by=Who.SYSTEM)
def open_demo(context: Context, actor: Actor) -> list[DemoAccount]:
    """Make sure that a trial has its four accounts; give how to sign in.

    Raises: NotAllowed `demo.not-allowed`.
    """
    if not context.settings.demo_allowed:
        raise NotAllowed("demo.not-allowed")
    accounts = [DemoAccount(role, role.value, _demo_password(context, role)) for role in Role]
    # Hashing is slow by design, so it is done before the transaction.
    closed = [
        (account, hash_password(account.password)) for account in accounts if not _is_open(context, account)
    ]
    if closed:
        with context.database.writing() as tx:
            for account, hashed in closed:
                _open_one(tx, context, actor, account, hashed)
    return accounts


def _subject(context: Context, role: Role) -> str:
    return context.keys.mac("identity", DEMO, role.value)


def _is_open(context: Context, account: DemoAccount) -> bool:
    with context.database.reading() as tx:
        person = persons.owner(tx, DEMO, _subject(context, account.role))
        kept = persons.own_password(tx, person) if person else None
    return kept is not None and verify_password(kept.secret, account.password)


def _open_one(tx: Tx, context: Context, actor: Actor, account: DemoAccount, hashed: str) -> None:
    person = persons.owner(tx, DEMO, _subject(context, account.role))
    if person:
        persons.drop_secrets(tx, person, "password")
        persons.add_secret(tx, context.new_id(), person, "password", hashed, now=context.now())
    else:
        roles = DEMO_ROLES[account.role]
        name = account.role.value.capitalize()
        person = _add_account(tx, context, name, account.sign_in_name, hashed, roles=roles)
        persons.tie(tx, context.new_id(), person, DEMO, _subject(context, account.role), now=context.now())
    record(tx, context, actor, "founding.open_demo", person)


@command("founding.close_demo", by=Who.SYSTEM)
def close_demo(context: Context, actor: Actor) -> int:
    """Make sure that nobody signs in with a demo account any more; return how many were closed."""
    closed = 0
    with context.database.writing() as tx:
        for role in Role:
            person = persons.owner(tx, DEMO, _subject(context, role))
            if person and persons.own_password(tx, person) is not None:
                persons.drop_secrets(tx, person, "password")
                persons.drop_secrets(tx, person, "recovery")
                sessions.end_all(tx, person, context.now())
                record(tx, context, actor, "founding.close_demo", person)
                closed += 1
    return closed


@command("founding.add_admin", by=Who.SYSTEM)
def add_admin(context: Context, actor: Actor, name: str, sign_in_name: str, password: str) -> list[str]:
    """Make an account that is an admin, and give its recovery codes: the first admin has nobody to ask.

    Raises: Invalid `account.wrong`.
    """
    faults = [*name_faults(name), *sign_in_name_faults(sign_in_name)]
    refuse("account.wrong", [*faults, *password_faults(password, name, sign_in_name)])
    hashed, tidy = hash_password(password), tidy_sign_in_name(sign_in_name)
    with context.database.writing() as tx:
        person = _add_account(tx, context, tidy_name(name), tidy, hashed, roles=(Role.LEARNER, Role.ADMIN))
        record(tx, context, actor, "founding.add_admin", person)
        return new_recovery(tx, context, person)
