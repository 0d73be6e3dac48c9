"""People: who there is, how they sign in, what they are called.

Facts (a person, roles, dates) stay; the profile, identities and credentials are payloads and can be erased
(`storage.operations.personal_rows`). Holds no rule.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, delete, insert, select, update

from lms.core.people.actors import EVERYTHING, Extent, Role
from lms.storage.database import Tx
from lms.storage.people import organisations
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.people import credential, identity, person, profile, role_grant

DEFAULT_ORGANISATION = "0" * 26  # the organisation that every installation has
EMAIL, SIGN_IN_NAME = "local:email", "local:name"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person has told: the payload of an account."""

    name: str
    email: str
    sign_in_name: str
    locale: str
    settings: str
    unreachable_at: int = 0  # when a letter to this address failed for good
    mail_off_at: int = 0  # since when only what the account needs is wanted


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that proves who one is, as it is kept."""

    id: str
    person: str
    secret: str


def add_person(tx: Tx, id_: str, kind: str, now: int) -> None:
    """Add a visitor or a member to the house."""
    organisations.require(tx, DEFAULT_ORGANISATION)
    tx.execute(insert(person).values(id=id_, organisation_id=DEFAULT_ORGANISATION, kind=kind, created_at=now))


def drop_person(tx: Tx, id_: str) -> None:
    """Take back a person who was added in this transaction, and has nothing yet."""
    tx.execute(delete(person).where(person.c.id == id_))


def add_profile(tx: Tx, id_: str, name: str, locale: str) -> None:
    """Add what a person is called."""
    tx.execute(insert(profile).values(person_id=id_, name=name, locale=locale))


def give_role(tx: Tx, id_: str, role: Role, now: int, extent: Extent = EVERYTHING) -> bool:
    """Give a person a role as far as `extent` reaches; return False when the person had just this already."""
    return insert_once(tx, role_grant, person_id=id_, role=role.value, at=now, **_reach(extent))


def _reach(extent: Extent) -> dict[str, str]:
    return {"organisation_id": extent.organisation, "course_id": extent.course, "locale": extent.locale}


def claim(tx: Tx, id_: str, person_id: str, issuer: str, subject: str, *, now: int) -> bool:
    """Tie a way to sign in to a person; return False when it belongs to somebody."""
    return insert_once(
        tx, identity, id=id_, person_id=person_id, issuer=issuer, subject=subject, created_at=now
    )


def tie(tx: Tx, id_: str, person_id: str, issuer: str, subject: str, *, now: int) -> None:
    """Tie a way to sign in that belonged to nobody a moment ago to a person.

    Where another one was quicker the whole action collides with theirs: it is done again, and then sees whose
    it is (`database.attempt`).
    """
    tx.execute(
        insert(identity).values(id=id_, person_id=person_id, issuer=issuer, subject=subject, created_at=now)
    )


def release(tx: Tx, person_id: str, issuer: str) -> None:
    """Untie a way to sign in."""
    tx.execute(delete(identity).where(identity.c.person_id == person_id, identity.c.issuer == issuer))


def owner(tx: Tx, issuer: str, subject: str) -> str:
    """Return the person who signs in this way; '' when nobody does."""
    query = select(identity.c.person_id).where(identity.c.issuer == issuer, identity.c.subject == subject)
    return tx.execute(query).scalar() or ""


def profile_of(tx: Tx, person_id: str) -> Profile | None:
    """Return what a person has told."""
    row = tx.execute(select(profile).where(profile.c.person_id == person_id)).first()
    if row is None:
        return None
    return Profile(
        row.name,
        row.email or "",
        row.sign_in_name or "",
        row.locale,
        row.settings,
        row.unreachable_at or 0,
        row.mail_off_at or 0,
    )


def names_of(tx: Tx, people: Collection[str]) -> dict[str, str]:
    """Return what people are called, by id; whoever has no profile any more is left out."""
    query = select(profile.c.person_id, profile.c.name).where(profile.c.person_id.in_(people))
    return {row.person_id: row.name for row in tx.execute(query)}


def write_profile(tx: Tx, person_id: str, **values: str | None) -> None:
    """Change what a person has told; nothing has failed to reach a new address yet."""
    fresh = {"unreachable_at": None} if "email" in values else {}
    tx.execute(update(profile).where(profile.c.person_id == person_id).values(**values, **fresh))


def set_unreachable(tx: Tx, person_id: str, at: int | None) -> None:
    """Note when a letter to a person failed for good; None: one has arrived since."""
    tx.execute(update(profile).where(profile.c.person_id == person_id).values(unreachable_at=at))


def set_mail_off(tx: Tx, person_id: str, at: int | None) -> None:
    """Note since when only what the account needs is wanted; None: everything is."""
    tx.execute(update(profile).where(profile.c.person_id == person_id).values(mail_off_at=at))


def set_mail_key(tx: Tx, person_id: str, key: str) -> None:
    """Keep what the link in a person's optional letters carries."""
    tx.execute(update(profile).where(profile.c.person_id == person_id).values(mail_key=key))


def with_mail_key(tx: Tx, key: str) -> str:
    """Return whose letters carry this; '' when nobody's do."""
    return tx.execute(select(profile.c.person_id).where(profile.c.mail_key == key)).scalar() or ""


def add_secret(tx: Tx, id_: str, person_id: str, kind: str, secret: str, *, now: int) -> None:
    """Keep the hash of a password or of a recovery code."""
    tx.execute(
        insert(credential).values(id=id_, person_id=person_id, kind=kind, secret=secret, created_at=now)
    )


def drop_secrets(tx: Tx, person_id: str, kind: str) -> None:
    """Forget all secrets of one kind."""
    tx.execute(delete(credential).where(credential.c.person_id == person_id, credential.c.kind == kind))


def password_of(tx: Tx, issuer: str, subject: str) -> Secret | None:
    """Return the password hash behind a way to sign in."""
    query = (
        select(credential.c.id, credential.c.person_id, credential.c.secret)
        .join(identity, identity.c.person_id == credential.c.person_id)
        .where(identity.c.issuer == issuer, identity.c.subject == subject, credential.c.kind == "password")
    )
    row = tx.execute(query).first()
    return Secret(*row) if row else None


def own_password(tx: Tx, person_id: str) -> Secret | None:
    """Return a person's password hash, if the account has one."""
    query = select(credential.c.id, credential.c.person_id, credential.c.secret).where(
        credential.c.person_id == person_id, credential.c.kind == "password"
    )
    row = tx.execute(query).first()
    return Secret(*row) if row else None


def change_secret(tx: Tx, id_: str, secret: str) -> None:
    """Put a hash made with today's costs in place of an older one."""
    tx.execute(update(credential).where(credential.c.id == id_).values(secret=secret))


def use_recovery(tx: Tx, person_id: str, secret: str, now: int) -> bool:
    """Use a recovery code up; return False when there is no such code, or it was used before."""
    mine = and_(
        credential.c.person_id == person_id,
        credential.c.kind == "recovery",
        credential.c.secret == secret,
        credential.c.used_at.is_(None),
    )
    return tx.execute(update(credential).where(mine).values(used_at=now)).rowcount == 1


def recovery_left(tx: Tx, person_id: str) -> int:
    """Count the recovery codes that were not used."""
    query = select(credential.c.id).where(
        credential.c.person_id == person_id, credential.c.kind == "recovery", credential.c.used_at.is_(None)
    )
    return len(tx.execute(query).all())


def mark_joined(tx: Tx, visitor: str, now: int) -> None:
    """Note that a visitor's progress belongs to somebody now."""
    tx.execute(update(person).where(person.c.id == visitor).values(joined_at=now))
