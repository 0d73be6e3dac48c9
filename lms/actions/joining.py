"""Making an account with a chosen sign-in name, and taking over what was begun without one.

Many people have no address that only they read: a sign-in name with a password and ten printable recovery
codes is enough. With an e-mail address the way leads through a mailed code (`codes`). A visitor's progress
is joined only after "Was this you?", because a shared computer may have had another visitor. Called by
`web`.
"""

from __future__ import annotations

import json

from lms.actions import limits
from lms.actions.deed import Who, deed, record
from lms.actions.desk import Desk
from lms.actions.sessions import HOUR, Known
from lms.actions.signing_in import Browser, Entered, enter
from lms.actions.ways_in import (
    fault,
    name_faults,
    new_recovery,
    password_faults,
    refuse,
    sign_in_name_faults,
    subject_of,
)
from lms.core.errors import Invalid, NotFound
from lms.core.naming import tidy_name, tidy_sign_in_name
from lms.core.people import Actor, Role
from lms.storage import joining, people, sessions
from lms.trust.passwords import hash_password

SHOWN = HOUR // 4  # how long new recovery codes can be looked at again


@deed("joining.sign_up", by=Who.ANYONE)
def sign_up(
    desk: Desk, actor: Actor, name: str, sign_in_name: str, password: str, *, locale: str, browser: Browser
) -> Entered:
    """Make an account with a sign-in name; its recovery codes wait in the new session (`fresh_recovery`).

    Raises: Invalid `account.wrong`; NotAllowed `sign-up.too-often`.
    """
    about = (name, sign_in_name)
    faults = [*name_faults(name), *sign_in_name_faults(sign_in_name), *password_faults(password, *about)]
    refuse("account.wrong", faults)
    hashed, tidy, person = hash_password(password), tidy_sign_in_name(sign_in_name), desk.new_id()
    subject = subject_of(desk, people.SIGN_IN_NAME, tidy)
    with desk.database.writing() as tx:
        limits.take(tx, desk, limits.SIGN_UPS, browser.origin)
        people.add_person(tx, person, "member", desk.now())
        if not people.claim(tx, desk.new_id(), person, people.SIGN_IN_NAME, subject, now=desk.now()):
            raise Invalid("account.wrong", [fault("sign_in_name", "account.sign-in-name-taken")])
        people.add_profile(tx, person, tidy_name(name), locale)
        people.write_profile(tx, person, sign_in_name=tidy)
        people.give_role(tx, person, Role.LEARNER, desk.now())
        people.add_secret(tx, desk.new_id(), person, "password", hashed, now=desk.now())
        codes = new_recovery(tx, desk, person)
        record(tx, desk, Actor(person), "joining.sign_up", person)
        return enter(tx, desk, actor, person, browser, recovery=sealed_recovery(desk, codes))


def sealed_recovery(desk: Desk, codes: list[str]) -> dict[str, object]:
    """Make what a session keeps, for a quarter of an hour, so that the codes can be printed."""
    return {"codes": desk.keys.seal("recovery-shown", json.dumps(codes)), "until": desk.now() + SHOWN}


def fresh_recovery(desk: Desk, known: Known) -> list[str]:
    """Give the recovery codes that were just made; none when they were noted or time is over."""
    shown = known.keep.get("recovery", {})
    if not shown or shown["until"] < desk.now():
        return []
    opened = desk.keys.unseal("recovery-shown", shown["codes"])
    return list(json.loads(opened)) if opened else []


@deed("joining.answer", by=Who.MEMBER)
def answer(desk: Desk, actor: Actor, known: Known, *, was_me: bool) -> int:
    """Answer "Was this you?": join the visitor's progress, or leave it alone; give how many courses moved.

    Raises: NotFound `visit.nothing-waits`.
    """
    if not known.waiting:
        raise NotFound("visit.nothing-waits")
    moved = 0
    with desk.database.writing() as tx:
        if was_me:
            moved = joining.join(tx, known.waiting, actor.person)
            people.mark_joined(tx, known.waiting, desk.now())
        sessions.forget_visitor(tx, actor.session)
        record(tx, desk, actor, "joining.answer", known.waiting if was_me else "")
    return moved
