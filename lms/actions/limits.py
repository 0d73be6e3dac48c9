"""How often something may be tried, and by whom, so that guessing is slow and nobody is locked out.

A wrong password counts against the pair of account and network address. Across all addresses an account has
a wide daily limit, which a browser with an earlier session of that account does not meet; a mailed code and
a recovery code meet none of these. So nobody can lock an owner out by guessing (ASVS 5.0 6.3.1). Keys are
keyed hashes: they name neither account nor address. Called by the actions that check a secret or send mail.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.desk import Desk
from lms.core.errors import NotAllowed
from lms.storage import throttles
from lms.storage.database import Tx

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in so many minutes; `code` is what is said when it is reached."""

    name: str
    most: int
    minutes: int
    code: str


PASSWORD_HERE = Limit(
    "password-here", 10, 15, "sign-in.too-often"
)  # per account and network address, or device
PASSWORD_ANYWHERE = Limit("password-anywhere", 100, 24 * 60, "sign-in.too-often")  # per account
RECOVERY = Limit(
    "recovery", 60, 15, "sign-in.too-often"
)  # per network address; the codes themselves cannot be guessed
CODES_HERE = Limit("codes-here", 6, 15, "code.too-often")  # letters per mailbox and network address
CODES_ANYWHERE = Limit("codes-anywhere", 60, 60, "code.too-often")  # letters per mailbox
CODES_FROM = Limit(
    "codes-from", 120, 60, "code.too-often"
)  # letters per network address: an office shares one
SIGN_UPS = Limit("sign-ups", 60, 60, "sign-up.too-often")  # per network address


def _key(desk: Desk, limit: Limit, parts: tuple[str, ...]) -> str:
    return desk.keys.mac("throttle", limit.name, *parts)


def check(tx: Tx, desk: Desk, limit: Limit, *parts: str) -> None:
    """Refuse when the limit is reached.

    Raises: NotAllowed with the limit's code.
    """
    since = desk.now() - limit.minutes * MINUTE
    if throttles.count(tx, _key(desk, limit, parts), since) >= limit.most:
        raise NotAllowed(limit.code, minutes=limit.minutes)


def note(tx: Tx, desk: Desk, limit: Limit, *parts: str) -> None:
    """Count one try."""
    throttles.add(tx, _key(desk, limit, parts), desk.now(), desk.now() - limit.minutes * MINUTE)


def take(tx: Tx, desk: Desk, limit: Limit, *parts: str) -> None:
    """Count one try, unless the limit is reached.

    Raises: NotAllowed with the limit's code.
    """
    check(tx, desk, limit, *parts)
    note(tx, desk, limit, *parts)


def forgive(tx: Tx, desk: Desk, limit: Limit, *parts: str) -> None:
    """Forget what was counted: the owner has shown up."""
    throttles.clear(tx, _key(desk, limit, parts))
