"""What makes a function a deed: a name, and who may do it.

One deed is one transaction, opened and committed inside it. Nothing else changes anything: browser, command
line and jobs call the same function with an actor. The register here is what the house tests and the audit
trail read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from lms.actions.desk import Desk
from lms.core.errors import NotAllowed
from lms.core.people import SYSTEM, Actor, Role
from lms.storage import audit
from lms.storage.database import Tx

P = ParamSpec("P")
R = TypeVar("R")


class Who(StrEnum):
    """Who may do a deed, from everybody to the machine alone."""

    ANYONE = "anyone"
    LEARNER = "learner"  # with an account, or trying a first module without one
    MEMBER = "member"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Deed:
    """An entry of the register: its name, who may do it, and whether it changes anything."""

    name: str
    by: Who
    changes: bool


DEEDS: dict[str, Deed] = {}


def may(actor: Actor, who: Who) -> bool:
    """Say whether this actor is one of those."""
    if actor is SYSTEM or who is Who.ANYONE:
        return True
    if who is Who.LEARNER:
        return bool(actor.person)
    if who is Who.MEMBER:
        return actor.is_member
    return who is not Who.SYSTEM and Role(who.value) in actor.roles


def _registered(
    entry: Deed,
) -> Callable[[Callable[Concatenate[Desk, Actor, P], R]], Callable[Concatenate[Desk, Actor, P], R]]:
    if entry.name in DEEDS:
        message = f"two deeds are called {entry.name}"
        raise RuntimeError(message)
    DEEDS[entry.name] = entry

    def decorate(
        function: Callable[Concatenate[Desk, Actor, P], R],
    ) -> Callable[Concatenate[Desk, Actor, P], R]:
        @wraps(function)
        def guarded(desk: Desk, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(actor, entry.by):
                raise NotAllowed(
                    "deed.not-allowed" if actor.is_member else "deed.sign-in-first", deed=entry.name
                )
            return function(desk, actor, *args, **kwargs)

        guarded.deed = entry  # type: ignore[attr-defined]  # read by the house tests
        return guarded

    return decorate


def deed(
    name: str, *, by: Who
) -> Callable[[Callable[Concatenate[Desk, Actor, P], R]], Callable[Concatenate[Desk, Actor, P], R]]:
    """Declare an action that changes something.

    Raises: NotAllowed `deed.not-allowed`, `deed.sign-in-first` when the wrong person calls it.
    """
    return _registered(Deed(name, by, changes=True))


def reading(
    name: str, *, by: Who
) -> Callable[[Callable[Concatenate[Desk, Actor, P], R]], Callable[Concatenate[Desk, Actor, P], R]]:
    """Declare an action that only reads.

    Raises: NotAllowed `deed.not-allowed`, `deed.sign-in-first` when the wrong person calls it.
    """
    return _registered(Deed(name, by, changes=False))


def record(tx: Tx, desk: Desk, actor: Actor, deed_done: str, about: str, *, commitment: str = "") -> None:
    """Write a deed into the audit trail, in the transaction of the deed: opaque ids alone, never a name."""
    audit.append(tx, desk.now(), actor.person, deed_done, about, commitment=commitment)
