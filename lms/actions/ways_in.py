"""What proves who somebody is: the ways to sign in, and what passwords and recovery codes must be like.

Holds no deed: whoever signs people up or in, or changes an account, calls this.
"""

from __future__ import annotations

from collections.abc import Sequence

from lms.actions.desk import Desk
from lms.core import ids
from lms.core.errors import Invalid
from lms.core.findings import Finding, Place, Severity
from lms.core.naming import (
    LONGEST_NAME,
    LONGEST_SIGN_IN_NAME,
    SHORTEST_SIGN_IN_NAME,
    same_email,
    tidy_email,
    tidy_name,
    tidy_sign_in_name,
)
from lms.storage import people
from lms.storage.database import Tx
from lms.trust.weak_passwords import LEAST, MOST, is_weak

RECOVERY_CODES = 10
_RECOVERY_LENGTH = 16  # base 32: 80 random bits
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def fault(field: str, rule: str, **params: object) -> Finding:
    """Name what is wrong with one field of a form."""
    return Finding(rule, Severity.ERROR, Place(field), params)


def name_faults(typed: str) -> list[Finding]:
    """Judge a name to be called."""
    name = tidy_name(typed)
    if not name:
        return [fault("name", "account.name-missing")]
    if len(name) > LONGEST_NAME:
        return [fault("name", "account.name-too-long", most=LONGEST_NAME)]
    return []


def email_faults(typed: str) -> list[Finding]:
    """Judge an e-mail address."""
    return [] if tidy_email(typed) else [fault("email", "account.email-shape")]


def sign_in_name_faults(typed: str) -> list[Finding]:
    """Judge a chosen sign-in name."""
    if tidy_sign_in_name(typed):
        return []
    params = {"least": SHORTEST_SIGN_IN_NAME, "most": LONGEST_SIGN_IN_NAME}
    return [fault("sign_in_name", "account.sign-in-name-shape", **params)]


def password_faults(password: str, *about: str) -> list[Finding]:
    """Judge a new password: its length, and whether many people have it (ASVS 5.0 6.2.1, 6.2.4, 6.2.9)."""
    if len(password) < LEAST:
        rule = "account.password-short" if password else "account.password-missing"
        return [fault("password", rule, least=LEAST)]
    if len(password) > MOST:
        return [fault("password", "account.password-long", most=MOST)]
    if is_weak(password, about=about):
        return [fault("password", "account.password-weak")]
    return []


def refuse(code: str, findings: Sequence[Finding]) -> None:
    """Refuse with everything that is wrong, if anything is.

    Raises: Invalid with the code.
    """
    if findings:
        raise Invalid(code, findings)


def subject_of(desk: Desk, issuer: str, tidy: str) -> str:
    """Give the keyed hash under which an address or a sign-in name is kept."""
    return desk.keys.mac("identity", issuer, same_email(tidy) if issuer == people.EMAIL else tidy)


def way_in(desk: Desk, who: str) -> tuple[str, str]:
    """Give (issuer, subject) for what somebody typed to say who they are; it may be nobody’s."""
    if "@" in who:
        return people.EMAIL, subject_of(desk, people.EMAIL, tidy_email(who))
    return people.SIGN_IN_NAME, subject_of(desk, people.SIGN_IN_NAME, tidy_sign_in_name(who))


def _recovery_secret(desk: Desk, person: str, code: str) -> str:
    # Eighty random bits need no slow hash: a keyed one is enough.
    return desk.keys.mac("recovery", person, code)


def plain_recovery(typed: str) -> str:
    """Give a recovery code without the hyphens, whatever look-alike was typed."""
    letters = (letter for letter in typed.casefold() if letter.isalnum())
    return "".join(letters).translate(_LOOK_ALIKES)


def new_recovery(tx: Tx, desk: Desk, person: str) -> list[str]:
    """Make ten recovery codes in place of the earlier ones; they are given once and kept as keyed hashes."""
    people.drop_secrets(tx, person, "recovery")
    made = []
    for _ in range(RECOVERY_CODES):
        code = ids.secret(desk.random(ids.RANDOM_BYTES))[-_RECOVERY_LENGTH:]
        secret = _recovery_secret(desk, person, code)
        people.add_secret(tx, desk.new_id(), person, "recovery", secret, now=desk.now())
        made.append("-".join(code[at : at + 4] for at in range(0, _RECOVERY_LENGTH, 4)))
    return made


def use_recovery(tx: Tx, desk: Desk, person: str, typed: str) -> bool:
    """Use a recovery code up; say whether it was one."""
    secret = _recovery_secret(desk, person, plain_recovery(typed))
    return people.use_recovery(tx, person, secret, desk.now())
