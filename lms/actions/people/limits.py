"""How often something may be tried, and by whom, so that guessing is slow and nobody is locked out.

A try is taken from all its budgets before anything slow is done, in a transaction of its own that no refusal
undoes, and given back when it was right: right passwords count for nothing. Strangers to an account share its
budgets for strangers; a browser in which its owner has signed in before has budgets of its own (`devices`),
which no stranger can spend (ASVS 5.0 6.3.1). Keys are keyed hashes: they name neither account nor address. An
IPv6 address counts as its /64.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lms.actions.context import Context
from lms.core.errors import NotAllowed
from lms.core.people.origins import network_of
from lms.storage.database import Tx
from lms.storage.people import throttles
from lms.storage.people.throttles import Count

MINUTE = 60_000
LEAST_WAIT = 2  # minutes that are told; sentences say "minutes"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in so many minutes; `code` is what is said when it is reached."""

    name: str
    most: int
    minutes: int
    code: str

    def of(self, *parts: str) -> Budget:
        """Return what these share: an account, an origin, a device; nothing at all is everybody."""
        return Budget(self, tuple(network_of(part) for part in parts))


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit, and what it is counted for."""

    limit: Limit
    parts: tuple[str, ...]
    spared: Spared | None = None

    def sparing(self, other: Budget, few: int) -> Budget:
        """Return this budget, open even when used up for those who have taken less than `few` of another."""
        return replace(self, spared=Spared(other, few))

    def key(self, context: Context) -> str:
        """Return the key under which it is counted."""
        return context.keys.mac("throttle", self.limit.name, *self.parts)

    def began_after(self, context: Context) -> int:
        """Return the moment after which a window that still counts has begun."""
        return context.now() - self.limit.minutes * MINUTE


@dataclass(frozen=True, slots=True)
class Spared:
    """Who is let through though a budget is used up: those who have taken hardly anything of their own."""

    budget: Budget
    few: int


#: Wrong passwords of strangers: per account and origin; per account; per origin; over all of them. Once those
#: over all are used up, an origin that has failed less than `FEW` times is still heard: it may be an owner's.
PASSWORD_HERE = Limit("password-here", 10, 15, "sign-in.too-often")
PASSWORD_ANYWHERE = Limit("password-anywhere", 150, 90, "sign-in.too-often")
PASSWORDS_FROM = Limit("passwords-from", 50, 15, "sign-in.too-often")
PASSWORDS_OF_ALL = Limit("passwords-of-all", 1000, 15, "sign-in.too-often")
FEW = 3
#: Wrong passwords of owners: per account and browser in which they signed in before.
PASSWORD_DEVICE = Limit("password-device", 10, 15, "sign-in.too-often")
#: New passwords, each of which is hashed: per account.
NEW_PASSWORDS = Limit("new-passwords", 20, 60, "account.too-often")
#: Wrong recovery codes, which cannot be guessed: per origin, or per account and browser.
RECOVERY = Limit("recovery", 60, 15, "sign-in.too-often")
#: Letters: per mailbox and origin, or browser of its owner; per mailbox; per origin, which an office shares.
CODES_HERE = Limit("codes-here", 6, 15, "code.too-often")
CODES_ANYWHERE = Limit("codes-anywhere", 60, 60, "code.too-often")
CODES_FROM = Limit("codes-from", 120, 60, "code.too-often")
SIGN_UPS = Limit("sign-ups", 60, 60, "sign-up.too-often")  # per origin
#: Sign-in names that somebody has already: per origin, or per account that wants another one.
NAMES_TAKEN = Limit("names-taken", 20, 60, "sign-up.too-often")


def _is_spared(budget: Budget, counts: Mapping[Budget, Count]) -> bool:
    return budget.spared is not None and counts[budget.spared.budget].tries <= budget.spared.few


def _refuse_if_over(context: Context, counts: Mapping[Budget, Count]) -> None:
    """Refuse when a try, which is among those counted, is more than a budget has."""
    for budget, count in counts.items():
        if count.tries > budget.limit.most and not _is_spared(budget, counts):
            left = count.since - budget.began_after(context)
            raise NotAllowed(budget.limit.code, minutes=max(LEAST_WAIT, -(-left // MINUTE)))


def take(context: Context, *budgets: Budget) -> None:
    """Count one try against each budget; when one of them is used up, refuse and count nothing.

    A budget that one of them spares for is among them, too.

    To be called before any transaction of the action: what is counted stays, whatever becomes of the action.

    Raises: NotAllowed with the limit's code and the minutes to wait.
    """
    _look(context, budgets)
    _count(context, budgets)


def _look(context: Context, budgets: Iterable[Budget]) -> None:
    """Refuse without a write: whoever goes on trying keeps nobody else from writing."""
    with context.database.reading() as tx:
        found = {
            one: throttles.find(tx, one.key(context), context.now(), one.began_after(context))
            for one in budgets
        }
    _refuse_if_over(context, {one: replace(count, tries=count.tries + 1) for one, count in found.items()})


def _count(context: Context, budgets: Iterable[Budget]) -> None:
    # In one order, so that two tries at once wait in turn for the rows and do not block each other.
    with context.database.writing() as tx:
        counted = {
            one: throttles.add(tx, one.key(context), context.now(), one.began_after(context))
            for one in sorted(budgets, key=lambda budget: budget.key(context))
        }
        _refuse_if_over(context, counted)


def give_back(tx: Tx, context: Context, *budgets: Budget) -> None:
    """Take back one try that was right, and leave what others have tried."""
    for one in sorted(budgets, key=lambda budget: budget.key(context)):
        throttles.give_back(tx, one.key(context))


def forgive(tx: Tx, context: Context, *budgets: Budget) -> None:
    """Forget what was counted: the owner has shown up."""
    for one in sorted(budgets, key=lambda budget: budget.key(context)):
        throttles.clear(tx, one.key(context))
