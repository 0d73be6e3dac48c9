"""What makes a function an action: a name, and who may do it.

One action is one transaction, opened and committed inside it. Nothing else changes anything: browser, command
line and jobs call the same function with an actor. The register here is what the house tests and the audit
trail read.

A role may reach no further than one organisation, course or language. An action for staff therefore asks for
a grant that reaches everything, unless it says that it is `scoped`: then it takes the actor's scope
(`scope_for`) and hands it to every query, so that what lies outside is as unknown as what never was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from lms.actions.context import Context
from lms.core.errors import Invalid, NotAllowed
from lms.core.operations.characters import can_be_kept, can_be_written
from lms.core.people import actors as people
from lms.core.people.actors import EVERYTHING, SYSTEM, Actor, Extent, Role, Scope
from lms.storage.database import Tx
from lms.storage.operations import audit

P = ParamSpec("P")
R = TypeVar("R")


class Who(StrEnum):
    """Who may do an action, from everybody to the machine alone."""

    ANYONE = "anyone"
    LEARNER = "learner"  # with an account, or trying a first module without one
    MEMBER = "member"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    STAFF = "staff"  # an author, a reviewer or an admin: whoever reads drafts to write, approve or publish
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the register: its name, who may do it, whether it changes anything and keeps to a scope.

    `keeps` names the tables in which something stays when the action raises: a counted try, an opened task,
    each written in a transaction of its own. Everything else is then as it was.
    """

    name: str
    by: Who
    changes: bool
    scoped: bool = False
    keeps: frozenset[str] = frozenset()


ACTIONS: dict[str, Action] = {}
#: Those who hold a role that may be limited to an organisation, a course or a language.
STAFF = frozenset({Who.AUTHOR, Who.REVIEWER, Who.ADMIN, Who.STAFF})


def may(actor: Actor, who: Who, extent: Extent | None = None) -> bool:
    """Return whether this actor is one of those: for staff over `extent`, without one over anything."""
    if actor is SYSTEM or who is Who.ANYONE:
        return True
    if who is Who.LEARNER:
        return bool(actor.person)
    if who is Who.MEMBER:
        return actor.is_member
    if who is Who.SYSTEM:
        return False
    scope = scope_for(actor, who)
    return bool(scope.extents) if extent is None else scope.covers(extent)


def scope_for(actor: Actor, who: Who) -> Scope:
    """Return how far this actor's grants of a staff role reach: what a scoped action hands to its queries.

    For `Who.STAFF` it is everything that any of the three roles reaches.
    """
    roles = people.STAFF if who is Who.STAFF else (Role(who.value),)
    return Scope(frozenset(extent for role in roles for extent in actor.scope(role).extents))


def _is_allowed(actor: Actor, entry: Action) -> bool:
    return may(actor, entry.by, None if entry.scoped else EVERYTHING)


def _registered(
    entry: Action,
) -> Callable[[Callable[Concatenate[Context, Actor, P], R]], Callable[Concatenate[Context, Actor, P], R]]:
    if entry.name in ACTIONS:
        message = f"two actions are called {entry.name}"
        raise RuntimeError(message)
    ACTIONS[entry.name] = entry
    sound = can_be_written if entry.changes and entry.by in STAFF else can_be_kept

    def decorate(
        function: Callable[Concatenate[Context, Actor, P], R],
    ) -> Callable[Concatenate[Context, Actor, P], R]:
        @wraps(function)
        def guarded(context: Context, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not _is_allowed(actor, entry):
                raise NotAllowed(
                    "deed.not-allowed" if actor.is_member else "deed.sign-in-first", deed=entry.name
                )
            if not sound((args, kwargs)):
                raise Invalid("input.characters")
            done = partial(function, context, actor, *args, **kwargs)
            course = context.database.attempt if entry.changes else context.database.look
            if context.witness is None:
                return course(done)
            seen: R = context.witness(entry, partial(course, done))
            return seen

        guarded.action = entry  # type: ignore[attr-defined]  # read by the house tests
        return guarded

    return decorate


def command(
    name: str, *, by: Who, scoped: bool = False, keeps: Collection[str] = ()
) -> Callable[[Callable[Concatenate[Context, Actor, P], R]], Callable[Concatenate[Context, Actor, P], R]]:
    """Declare an action that changes something; `keeps` as in `Action`.

    Raises: NotAllowed `deed.not-allowed`, `deed.sign-in-first` when the wrong person calls it; Invalid
    `input.characters` when it is handed a text that a database refuses or, from staff, that no page can hold.
    """
    return _registered(Action(name, by, changes=True, scoped=scoped, keeps=frozenset(keeps)))


def query(
    name: str, *, by: Who, scoped: bool = False
) -> Callable[[Callable[Concatenate[Context, Actor, P], R]], Callable[Concatenate[Context, Actor, P], R]]:
    """Declare an action that only reads; one that opens a transaction to write fails.

    Raises: as `command`.
    """
    return _registered(Action(name, by, changes=False, scoped=scoped))


def record(
    tx: Tx,
    context: Context,
    actor: Actor,
    action_done: str,
    about: str,
    *,
    commitment: str = "",
    organisation: str = "",
) -> None:
    """Write an action into the audit trail, in its own transaction: opaque ids alone, never a name.

    The row carries the `organisation` that it is about, or else the actor's.
    """
    house = organisation or actor.organisation
    audit.append(
        tx, context.now(), actor.person, action_done, about, commitment=commitment, organisation=house
    )
