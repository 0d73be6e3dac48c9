"""What proves who somebody is: the ways to sign in, and what passwords and recovery codes must be like.

Holds no action: whoever signs people up or in, or changes an account, calls this.
"""

from __future__ import annotations

from collections.abc import Sequence

from lms.actions.context import Context
from lms.core import ids
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Invalid
from lms.core.people.letters import LONGEST_LINE, composed
from lms.core.people.naming import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_SIGN_IN_NAME,
    SHORTEST_SIGN_IN_NAME,
    has_accents_before_at,
    is_email_like,
    same_email,
    tidy_name,
    tidy_sign_in_name,
)
from lms.mail.addresses import tidy_email
from lms.storage.database import Tx
from lms.storage.people import persons
from lms.trust.weak_passwords import LEAST, MOST, is_weak

RECOVERY_CODES = 10
_RECOVERY_LENGTH = 16  # base 32: 80 random bits
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def fault(field: str, rule: str, **params: object) -> Finding:
    """Name what is wrong with one field of a form."""
    return Finding(rule, Severity.ERROR, Place(field), params)


def name_faults(typed: str) -> list[Finding]:
    """Judge a name to be called."""
    name = tidy_name(typed) if len(typed) <= LONGEST_LINE else typed
    if not name:
        return [fault("name", "account.name-missing")]
    if len(name) > LONGEST_NAME:
        return [fault("name", "account.name-too-long", most=LONGEST_NAME)]
    return []


def email_faults(typed: str) -> list[Finding]:
    """Judge an e-mail address."""
    if _is_overlong(typed, LONGEST_EMAIL):
        return [fault("email", "account.email-too-long", most=LONGEST_EMAIL)]
    if tidy_email(typed):
        return []
    rule = "account.email-accents" if has_accents_before_at(typed) else "account.email-shape"
    return [fault("email", rule)]


def _is_overlong(typed: str, most: int) -> bool:
    """Return whether a line is too long, without looking at more of it than its length."""
    return len(typed) > LONGEST_LINE or len(typed.strip()) > most


def who_faults(typed: str) -> list[Finding]:
    """Judge how long an address or a sign-in name is, by which somebody says who they are."""
    if _is_overlong(typed, LONGEST_EMAIL):
        return [fault("who", "sign-in.who-too-long", most=LONGEST_EMAIL)]
    return []


def empty_faults(who: str, password: str) -> list[Finding]:
    """Say what was left empty of what somebody signs in with."""
    missing = {"who": "" if who.strip() else "sign-in.who-missing"}
    missing["password"] = "" if password else "account.password-missing"
    return [fault(field, rule) for field, rule in missing.items() if rule]


def sign_in_name_faults(typed: str) -> list[Finding]:
    """Judge a chosen sign-in name."""
    if len(typed) <= LONGEST_LINE and tidy_sign_in_name(typed):
        return []
    params = {"least": SHORTEST_SIGN_IN_NAME, "most": LONGEST_SIGN_IN_NAME}
    return [fault("sign_in_name", "account.sign-in-name-shape", **params)]


def length_faults(password: str, field: str = "password") -> list[Finding]:
    """Judge whether a password is too long to be one that was ever set."""
    return [fault(field, "account.password-long", most=MOST)] if len(password) > MOST else []


def password_faults(password: str, *about: str) -> list[Finding]:
    """Judge a new password: its length, and whether many people have it (ASVS 5.0 6.2.1, 6.2.4, 6.2.9)."""
    if len(password) < LEAST:
        rule = "account.password-short" if password else "account.password-missing"
        return [fault("password", rule, least=LEAST)]
    if too_long := length_faults(password):
        return too_long
    if is_weak(password, about=tuple(fact[:LONGEST_LINE] for fact in about)):
        return [fault("password", "account.password-weak")]
    return []


def refuse(code: str, findings: Sequence[Finding]) -> None:
    """Refuse with everything that is wrong, if anything is.

    Raises: Invalid with the code.
    """
    if findings:
        raise Invalid(code, findings)


def subject_of(context: Context, issuer: str, tidy: str) -> str:
    """Return the keyed hash under which an address or a sign-in name is kept."""
    return context.keys.mac("identity", issuer, same_email(tidy) if issuer == persons.EMAIL else tidy)


def way_in(context: Context, who: str) -> tuple[str, str]:
    """Return (issuer, subject) for what somebody typed to say who they are; it may be nobody’s."""
    who = who if len(who) <= LONGEST_LINE else ""
    if is_email_like(who):
        return persons.EMAIL, subject_of(context, persons.EMAIL, tidy_email(who))
    return persons.SIGN_IN_NAME, subject_of(context, persons.SIGN_IN_NAME, tidy_sign_in_name(who))


def _recovery_secret(context: Context, person: str, code: str) -> str:
    # Eighty random bits need no slow hash: a keyed one is enough.
    return context.keys.mac("recovery", person, code)


def plain_recovery(typed: str) -> str:
    """Return a recovery code without the hyphens, whatever look-alike was typed."""
    letters = (letter for letter in composed("NFKC", typed).casefold() if letter.isalnum())
    return "".join(letters).translate(_LOOK_ALIKES)


def new_recovery(tx: Tx, context: Context, person: str) -> list[str]:
    """Make ten recovery codes in place of the earlier ones; they are given once and kept as keyed hashes."""
    persons.drop_secrets(tx, person, "recovery")
    made = []
    for _ in range(RECOVERY_CODES):
        code = ids.secret(context.random(ids.RANDOM_BYTES))[-_RECOVERY_LENGTH:]
        secret = _recovery_secret(context, person, code)
        persons.add_secret(tx, context.new_id(), person, "recovery", secret, now=context.now())
        made.append("-".join(code[at : at + 4] for at in range(0, _RECOVERY_LENGTH, 4)))
    return made


def use_recovery(tx: Tx, context: Context, person: str, typed: str) -> bool:
    """Use a recovery code up; return whether it was one."""
    secret = _recovery_secret(context, person, plain_recovery(typed))
    return persons.use_recovery(tx, person, secret, context.now())
