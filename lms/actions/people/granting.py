"""Giving roles and taking them away, for everything or for one organisation, course or language.

Whoever gives can give no more than they reach themselves, and only to people whom they reach. A role that was
taken opens nothing from the next request on, in whatever sessions are open. Being a learner comes and goes
with the account.
"""

from __future__ import annotations

import re

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.context import Context
from lms.actions.people.credentials import way_in
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import EVERYTHING, STAFF, WHOLE_HOUSE, Actor, Extent, Grant, Role, Scope
from lms.storage.database import Tx
from lms.storage.people import grants, persons, sessions

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as its shape goes
ADMIN_OF_ALL = Grant(Role.ADMIN)


def _person(tx: Tx, context: Context, scope: Scope, who: str) -> str:
    person = grants.owner(tx, scope, *way_in(context, who))
    if not person:
        raise NotFound("account.not-found")
    return person


def _known(tx: Tx, context: Context, scope: Scope, extent: Extent) -> None:
    """Refuse an extent that nobody could have meant, or that lies outside the scope."""
    if extent.organisation and not grants.is_organisation(tx, scope, extent.organisation):
        raise NotFound("organisation.unknown", organisation=extent.organisation)
    if extent.course and extent.course not in context.library.courses():
        raise NotFound("course.unknown", course=extent.course)
    if extent.locale and not _TAG.fullmatch(extent.locale):
        raise Invalid("role.locale-shape", locale=extent.locale)
    if not scope.covers(extent):
        raise NotAllowed("role.reaches-further")


def _words(person: str, grant: Grant) -> str:
    """Write a grant for the audit trail: ids alone."""
    parts = (person, grant.role.value, grant.extent.organisation, grant.extent.course, grant.extent.locale)
    return " ".join(part or "*" for part in parts)


@command("granting.give_role", by=Who.ADMIN, scoped=True)
def give_role(context: Context, actor: Actor, who: str, role: Role, extent: Extent = EVERYTHING) -> bool:
    """Give somebody who has an account a role; return False when they had just this already.

    Raises: NotFound `account.not-found`, `organisation.unknown`, `course.unknown`; Invalid
    `role.locale-shape`; NotAllowed `role.reaches-further`; Conflict `role.learner-stays`.
    """
    if role not in STAFF:
        raise Conflict("role.learner-stays")
    scope = scope_for(actor, Who.ADMIN)
    with context.database.writing() as tx:
        person = _person(tx, context, scope, who)
        _known(tx, context, scope, extent)
        fresh = persons.give_role(tx, person, role, context.now(), extent)
        if fresh:
            sessions.keep_no_longer(tx, person)  # who runs the site is not signed in for thirty days
            about = _words(person, Grant(role, extent))
            record(tx, context, actor, "granting.give_role", about, organisation=extent.organisation)
    return fresh


@command("granting.take_role", by=Who.ADMIN, scoped=True)
def take_role(
    context: Context,
    actor: Actor,
    who: str,
    role: Role,
    extent: Extent | None = None,
    *,
    even_last: bool = False,
) -> int:
    """Take a role away: every grant of it within reach, or just the one with this extent; return how many.

    The last admin of everything who can still sign in is taken only when that is said: afterwards nobody is
    left who could give the role back, except at the server.

    Raises: NotFound `account.not-found`; Conflict `role.learner-stays`, `role.last-admin`.
    """
    if role not in STAFF:
        raise Conflict("role.learner-stays")
    scope = scope_for(actor, Who.ADMIN)
    with context.database.writing() as tx:
        person = _person(tx, context, scope, who)
        admins = grants.admins(tx, scope, hold=True)
        held = grants.of_person(tx, scope, person)
        going = [one for one in held if one.role is role and extent in {None, one.extent}]
        if ADMIN_OF_ALL in going and admins == {person} and not even_last:
            raise Conflict("role.last-admin")
        for one in going:
            about = _words(person, one)
            record(tx, context, actor, "granting.take_role", about, organisation=one.extent.organisation)
        return grants.take(tx, scope, person, going)


@query("granting.roles_of", by=Who.ADMIN, scoped=True)
def roles_of(context: Context, actor: Actor, who: str) -> tuple[Grant, ...]:
    """List the roles of somebody, as far as the one who asks reaches.

    Raises: NotFound `account.not-found`.
    """
    scope = scope_for(actor, Who.ADMIN)
    with context.database.reading() as tx:
        held = grants.of_person(tx, scope, _person(tx, context, scope, who))
    return tuple(one for one in held if one.role in STAFF)


def is_last_admin(tx: Tx, person: str, *, hold: bool) -> bool:
    """Return whether nobody else could sign in as an admin of everything; `hold` keeps it so for an act."""
    return grants.admins(tx, WHOLE_HOUSE, hold=hold) == {person}


@query("granting.am_last_admin", by=Who.MEMBER)
def am_last_admin(context: Context, actor: Actor) -> bool:
    """Return whether the site would be without an admin if one deleted one’s account."""
    with context.database.reading() as tx:
        return is_last_admin(tx, actor.person, hold=False)
