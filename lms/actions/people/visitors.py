"""Making an account with a chosen sign-in name.

Many people have no address that only they read: a sign-in name with a password and ten printable recovery
codes is enough. With an e-mail address the way leads through a mailed code (`codes`). What was begun without
an account is taken over in `visits`.
"""

from __future__ import annotations

import json

from lms.actions.action import Who, command, record
from lms.actions.context import Context
from lms.actions.people import limits
from lms.actions.people.credentials import (
    fault,
    name_faults,
    new_recovery,
    password_faults,
    refuse,
    sign_in_name_faults,
    subject_of,
)
from lms.actions.people.sessions import HOUR, Known
from lms.actions.people.signing_in import Browser, Entered, enter
from lms.core.errors import Invalid
from lms.core.people.actors import Actor, Role
from lms.core.people.naming import tidy_name, tidy_sign_in_name
from lms.core.people.session_notes import ShownRecovery
from lms.storage.people import persons
from lms.trust.passwords import hash_password

SHOWN = HOUR // 4  # how long new recovery codes can be looked at again


@command("joining.sign_up", by=Who.ANYONE, keeps=("throttle",))
def sign_up(
    context: Context,
    actor: Actor,
    name: str,
    sign_in_name: str,
    password: str,
    *,
    locale: str,
    browser: Browser,
) -> Entered:
    """Make an account with a sign-in name; its recovery codes wait in the new session (`fresh_recovery`).

    Raises: Invalid `account.wrong`; NotAllowed `sign-up.too-often`.
    """
    about = (name, sign_in_name)
    faults = [*name_faults(name), *sign_in_name_faults(sign_in_name), *password_faults(password, *about)]
    refuse("account.wrong", faults)
    limits.take(context, limits.SIGN_UPS.of(browser.origin), limits.NAMES_TAKEN.of(browser.origin))
    hashed, tidy, person = hash_password(password), tidy_sign_in_name(sign_in_name), context.new_id()
    subject = subject_of(context, persons.SIGN_IN_NAME, tidy)
    with context.database.writing() as tx:
        persons.add_person(tx, person, "member", context.now())
        if not persons.claim(tx, context.new_id(), person, persons.SIGN_IN_NAME, subject, now=context.now()):
            raise Invalid("account.wrong", [fault("sign_in_name", "account.sign-in-name-taken")])
        persons.add_profile(tx, person, tidy_name(name), locale)
        persons.write_profile(tx, person, sign_in_name=tidy)
        persons.give_role(tx, person, Role.LEARNER, context.now())
        persons.add_secret(tx, context.new_id(), person, "password", hashed, now=context.now())
        codes = new_recovery(tx, context, person)
        limits.give_back(tx, context, limits.NAMES_TAKEN.of(browser.origin))
        record(tx, context, Actor(person), "joining.sign_up", person)
        return enter(tx, context, actor, person, browser, recovery=sealed_recovery(context, codes))


def sealed_recovery(context: Context, codes: list[str]) -> ShownRecovery:
    """Make what a session keeps, for a quarter of an hour, so that the codes can be printed."""
    return ShownRecovery(context.keys.seal("recovery-shown", json.dumps(codes)), context.now() + SHOWN)


def fresh_recovery(context: Context, known: Known) -> list[str]:
    """Return the recovery codes that were just made; none when they were noted or time is over."""
    shown = known.notes.recovery
    if shown is None or shown.until < context.now():
        return []
    opened = context.keys.unseal("recovery-shown", shown.codes)
    return list(json.loads(opened)) if opened else []
