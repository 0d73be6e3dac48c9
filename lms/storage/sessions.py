"""Sessions: which browser is signed in as whom, and what it comes back to.

A session's id is the hash of what the browser holds. Holds no rule about how long one lasts: whoever asks
says from when on a session counts. Called by `actions.sessions`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from lms.storage.database import Tx
from lms.storage.driver_sql import statement
from lms.storage.tables import session


@dataclass(frozen=True, slots=True)
class Row:
    """A live session with the person in it, as one statement gives it."""

    id: str
    person: str
    kind: str
    organisation: str
    roles: str
    name: str
    locale: str
    settings: str
    waiting: str
    keep: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its owner sees it in the list."""

    id: str
    device: str
    created_at: int


_FIND = statement(
    """SELECT s.id, COALESCE(s.person_id, ''), COALESCE(p.kind, ''), COALESCE(p.organisation_id, ''),
    COALESCE((SELECT GLUE(o.role, ' ') FROM person_role o WHERE o.person_id = s.person_id), ''),
    COALESCE(f.name, ''), COALESCE(f.locale, ''), COALESCE(f.settings, '{}'), COALESCE(s.visitor_id, ''),
    s.keep, s.created_at
    FROM session s LEFT JOIN person p ON p.id = s.person_id LEFT JOIN profile f ON f.person_id = s.person_id
    WHERE s.id = ? AND s.created_at >= ? AND s.ended_at IS NULL AND p.erased_at IS NULL"""
)


def find(tx: Tx, ticket: str, since: int) -> Row | None:
    """Give the session behind a ticket unless it has ended or began before `since`; one statement."""
    row = _FIND.first(tx, ticket, since)
    return Row(*row) if row else None


def begin(
    tx: Tx,
    ticket: str,
    person_id: str,
    now: int,
    *,
    device: str = "",
    keep: Mapping[str, object] | None = None,
    visitor: str = "",
) -> None:
    """Write a new session; `person_id` may be empty while somebody is only about to sign in."""
    tx.execute(
        insert(session).values(
            id=ticket,
            person_id=person_id or None,
            device=device,
            keep=json.dumps(keep or {}, ensure_ascii=False),
            visitor_id=visitor or None,
            created_at=now,
        )
    )


def set_keep(tx: Tx, ticket: str, keep: Mapping[str, object]) -> None:
    """Write what this browser comes back to."""
    tx.execute(
        update(session).where(session.c.id == ticket).values(keep=json.dumps(keep, ensure_ascii=False))
    )


def end(tx: Tx, ticket: str, now: int) -> None:
    """End one session, and forget what it kept."""
    tx.execute(
        update(session)
        .where(session.c.id == ticket, session.c.ended_at.is_(None))
        .values(ended_at=now, keep="{}", visitor_id=None)
    )


def end_all(tx: Tx, person_id: str, now: int, *, but: str = "") -> int:
    """End every session of a person, but one; give how many ended."""
    mine = (session.c.person_id == person_id, session.c.ended_at.is_(None), session.c.id != but)
    return tx.execute(update(session).where(*mine).values(ended_at=now, keep="{}", visitor_id=None)).rowcount


def devices(tx: Tx, person_id: str, since: int) -> list[Device]:
    """List the live sessions of a person, newest first."""
    query = (
        select(session.c.id, session.c.device, session.c.created_at)
        .where(session.c.person_id == person_id, session.c.ended_at.is_(None), session.c.created_at >= since)
        .order_by(session.c.created_at.desc())
    )
    return [Device(*row) for row in tx.execute(query)]


def forget_visitor(tx: Tx, ticket: str) -> None:
    """Forget the visitor whose progress waited for an answer."""
    tx.execute(update(session).where(session.c.id == ticket).values(visitor_id=None))


def prune(tx: Tx, before: int) -> int:
    """Delete sessions that ended, or began, before this time."""
    old = or_(session.c.ended_at < before, session.c.created_at < before)
    return tx.execute(delete(session).where(old)).rowcount
