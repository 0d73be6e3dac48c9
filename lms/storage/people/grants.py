"""Grants as staff see and change them: who holds which role, and how far it reaches.

Every query takes the scope of whoever asks. Holds no rule about who may give what, nor how many admins there
must be.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from lms.core.people.actors import EVERYTHING, Extent, Grant, Role, Scope
from lms.storage.database import Tx
from lms.storage.people.persons import EMAIL
from lms.storage.people.scoping import within
from lms.storage.tables.people import credential, identity, organisation, person, role_grant


def owner(tx: Tx, scope: Scope, issuer: str, subject: str) -> str:
    """Return the person who signs in this way, if they are within the scope; '' otherwise."""
    query = (
        select(person.c.id)
        .join(identity, identity.c.person_id == person.c.id)
        .where(identity.c.issuer == issuer, identity.c.subject == subject)
        .where(within(scope, person.c.organisation_id))
    )
    return tx.execute(query).scalar() or ""


def of_person(tx: Tx, scope: Scope, person_id: str) -> tuple[Grant, ...]:
    """Return the grants of a person that lie within the scope, in a fixed order."""
    query = (
        select(role_grant.c.role, role_grant.c.organisation_id, role_grant.c.course_id, role_grant.c.locale)
        .where(role_grant.c.person_id == person_id, _within(scope))
        .order_by(
            role_grant.c.role, role_grant.c.organisation_id, role_grant.c.course_id, role_grant.c.locale
        )
    )
    return tuple(Grant(Role(role), Extent(*reach)) for role, *reach in tx.execute(query))


def take(tx: Tx, scope: Scope, person_id: str, grants: Collection[Grant]) -> int:
    """Take grants away that lie within the scope; return how many there were."""
    return sum(
        tx.execute(delete(role_grant).where(_is(person_id, one), _within(scope))).rowcount for one in grants
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    return within(
        scope, role_grant.c.organisation_id, course=role_grant.c.course_id, locale=role_grant.c.locale
    )


def _is(person_id: str, grant: Grant) -> ColumnElement[bool]:
    return and_(
        role_grant.c.person_id == person_id,
        role_grant.c.role == grant.role.value,
        role_grant.c.organisation_id == grant.extent.organisation,
        role_grant.c.course_id == grant.extent.course,
        role_grant.c.locale == grant.extent.locale,
    )


def others(tx: Tx, role: Role, person_id: str) -> int:
    """Count the people who hold a role, however far it reaches, other than this one."""
    found = select(role_grant.c.person_id).where(role_grant.c.role == role.value).distinct()
    return sum(one != person_id for one in tx.execute(found).scalars())


def admins(tx: Tx, scope: Scope, *, hold: bool) -> frozenset[str]:
    """Return who can sign in as an admin of everything; `hold` keeps it so until this transaction is over."""
    whole = (
        role_grant.c.role == Role.ADMIN.value,
        role_grant.c.organisation_id == EVERYTHING.organisation,
        role_grant.c.course_id == EVERYTHING.course,
        role_grant.c.locale == EVERYTHING.locale,
    )
    has_secret = exists().where(
        credential.c.person_id == role_grant.c.person_id, credential.c.used_at.is_(None)
    )
    has_mail = exists().where(identity.c.person_id == role_grant.c.person_id, identity.c.issuer == EMAIL)
    query = select(role_grant.c.person_id, or_(has_secret, has_mail)).where(*whole, _within(scope))
    # In one order, so that two admins who take from each other at once wait in turn.
    query = query.order_by(role_grant.c.person_id)
    found = tx.execute(query.with_for_update(of=role_grant) if hold else query)
    return frozenset(person_id for person_id, can_sign_in in found if can_sign_in)


def is_organisation(tx: Tx, scope: Scope, id_: str) -> bool:
    """Return whether there is such an organisation within the scope."""
    query = select(organisation.c.id).where(organisation.c.id == id_, within(scope, organisation.c.id))
    return tx.execute(query).first() is not None


def staff(tx: Tx, scope: Scope) -> frozenset[str]:
    """Return who writes or reviews within the scope; nobody who was erased."""
    roles = (Role.AUTHOR.value, Role.REVIEWER.value)
    query = (
        select(role_grant.c.person_id)
        .join(person, person.c.id == role_grant.c.person_id)
        .where(role_grant.c.role.in_(roles), person.c.erased_at.is_(None), _within(scope))
    )
    return frozenset(tx.execute(query).scalars())
