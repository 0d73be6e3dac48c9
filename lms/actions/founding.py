"""The first people of an installation: its first admin, and the demo accounts of a trial.

Demo accounts exist only while nobody but the person at this machine can reach the site
(`settings.demo_allowed`); otherwise they are closed. Called by `cli`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.deed import Who, deed, record
from lms.actions.desk import Desk
from lms.actions.ways_in import (
    fault,
    name_faults,
    new_recovery,
    password_faults,
    refuse,
    sign_in_name_faults,
    subject_of,
    way_in,
)
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.naming import tidy_name, tidy_sign_in_name
from lms.core.people import Actor, Role
from lms.storage import key_checks, people, sessions
from lms.storage.database import Tx
from lms.trust.passwords import hash_password, verify_password

DEMO = "local:demo"
_PASSWORD_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of a trial: its role is its sign-in name."""

    role: Role
    sign_in_name: str
    password: str


@deed("founding.tie_keys", by=Who.SYSTEM)
def tie_keys(desk: Desk, actor: Actor) -> None:
    """Note which keys belong to this database, or make sure that these are the ones.

    Raises: Conflict `keys.other-database`.
    """
    mine = bytes.fromhex(desk.keys.mac("key-check"))
    with desk.database.reading() as tx:
        noted = key_checks.find(tx, "root")
    if noted is None:
        with desk.database.writing() as tx:
            noted = key_checks.note(tx, "root", mine)
    if noted != mine:
        raise Conflict("keys.other-database")


def _demo_password(desk: Desk, role: Role) -> str:
    """Make a password that no other installation has, the same at every start."""
    digits = desk.keys.mac("demo-password", role.value)
    groups = (digits[at * _GROUP : (at + 1) * _GROUP] for at in range(_PASSWORD_GROUPS))
    return "-".join(groups)


def _add_account(
    tx: Tx, desk: Desk, name: str, sign_in_name: str, hashed: str, *, roles: tuple[Role, ...]
) -> str:
    person = desk.new_id()
    people.add_person(tx, person, "member", desk.now())
    subject = subject_of(desk, people.SIGN_IN_NAME, sign_in_name)
    if not people.claim(tx, desk.new_id(), person, people.SIGN_IN_NAME, subject, now=desk.now()):
        raise Invalid("account.wrong", [fault("sign_in_name", "account.sign-in-name-taken")])
    people.add_profile(tx, person, name, desk.settings.default_locale)
    people.write_profile(tx, person, sign_in_name=sign_in_name)
    people.add_secret(tx, desk.new_id(), person, "password", hashed, now=desk.now())
    for role in roles:
        people.give_role(tx, person, role, desk.now())
    return person


@deed("founding.open_demo", by=Who.SYSTEM)
def open_demo(desk: Desk, actor: Actor) -> list[DemoAccount]:
    """Make sure that a trial has its four accounts; give how to sign in.

    Raises: NotAllowed `demo.not-allowed`.
    """
    if not desk.settings.demo_allowed:
        raise NotAllowed("demo.not-allowed")
    accounts = [DemoAccount(role, role.value, _demo_password(desk, role)) for role in Role]
    for account in accounts:
        _open_one(desk, actor, account)
    return accounts


def _open_one(desk: Desk, actor: Actor, account: DemoAccount) -> None:
    subject = desk.keys.mac("identity", DEMO, account.role.value)
    with desk.database.reading() as tx:
        person = people.owner(tx, DEMO, subject)
        kept = people.own_password(tx, person) if person else None
        if person and kept and verify_password(kept.secret, account.password):
            return
    hashed = hash_password(account.password)
    with desk.database.writing() as tx:
        if person:
            people.drop_secrets(tx, person, "password")
            people.add_secret(tx, desk.new_id(), person, "password", hashed, now=desk.now())
        else:
            roles = (Role.LEARNER, account.role) if account.role is not Role.LEARNER else (Role.LEARNER,)
            name = account.role.value.capitalize()
            person = _add_account(tx, desk, name, account.sign_in_name, hashed, roles=roles)
            people.claim(tx, desk.new_id(), person, DEMO, subject, now=desk.now())
        record(tx, desk, actor, "founding.open_demo", person)


@deed("founding.close_demo", by=Who.SYSTEM)
def close_demo(desk: Desk, actor: Actor) -> int:
    """Make sure that nobody signs in with a demo account any more; give how many were closed."""
    closed = 0
    with desk.database.writing() as tx:
        for role in Role:
            person = people.owner(tx, DEMO, desk.keys.mac("identity", DEMO, role.value))
            if person and people.own_password(tx, person) is not None:
                people.drop_secrets(tx, person, "password")
                people.drop_secrets(tx, person, "recovery")
                sessions.end_all(tx, person, desk.now())
                record(tx, desk, actor, "founding.close_demo", person)
                closed += 1
    return closed


@deed("founding.add_admin", by=Who.SYSTEM)
def add_admin(desk: Desk, actor: Actor, name: str, sign_in_name: str, password: str) -> list[str]:
    """Make an account that is an admin, and give its recovery codes: the first admin has nobody to ask.

    Raises: Invalid `account.wrong`.
    """
    faults = [*name_faults(name), *sign_in_name_faults(sign_in_name)]
    refuse("account.wrong", [*faults, *password_faults(password, name, sign_in_name)])
    hashed, tidy = hash_password(password), tidy_sign_in_name(sign_in_name)
    with desk.database.writing() as tx:
        person = _add_account(tx, desk, tidy_name(name), tidy, hashed, roles=(Role.LEARNER, Role.ADMIN))
        record(tx, desk, actor, "founding.add_admin", person)
        return new_recovery(tx, desk, person)


@deed("founding.give_role", by=Who.SYSTEM)
def give_role(desk: Desk, actor: Actor, who: str, role: Role) -> bool:
    """Give a role to somebody who has an account; say False when they had it.

    Raises: NotFound `account.not-found`.
    """
    issuer, subject = way_in(desk, who)
    with desk.database.writing() as tx:
        person = people.owner(tx, issuer, subject)
        if not person:
            raise NotFound("account.not-found")
        record(tx, desk, actor, "founding.give_role", person)
        return people.give_role(tx, person, role, desk.now())
