"""Sessions: which browser is signed in as whom, and what it comes back to.

A session's id is the hash of what the browser holds. Holds no rule about how long one lasts: whoever asks
says from when on a session counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import delete, exists, func, insert, or_, select, update

from lms.core.people.actors import Extent, Grant, Role
from lms.core.people.session_notes import NO_NOTES, Confirmed, SessionNotes
from lms.storage.database import Tx
from lms.storage.statements.driver_sql import statement
from lms.storage.tables.people import session


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A live session with the person in it, as one statement gives it."""

    id: str
    person: str
    kind: str
    organisation: str
    grants: str
    name: str
    locale: str
    settings: str
    waiting: str
    keep: str
    created_at: int
    unseen: int  # 1 while nobody has come with the value that this session was given last


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its owner sees it in the list."""

    id: str
    device: str
    created_at: int
    longer: int


#: The grants of a person in one text, as `grants_from` reads them.
GRANTS = """GLUE(o.role || ':' || o.organisation_id || ':' || o.course_id || ':' || o.locale, ' ')
 FROM role_grant o"""
#: Whether a session's new value has not come back yet.
UNSEEN = "CASE WHEN s.was IS NOT NULL AND s.renewed_at IS NULL THEN 1 ELSE 0 END"
_FIND = statement(
    """SELECT s.id, COALESCE(s.person_id, ''), COALESCE(p.kind, ''), COALESCE(p.organisation_id, ''),
    COALESCE((SELECT <grants> WHERE o.person_id = s.person_id), ''),
    COALESCE(f.name, ''), COALESCE(f.locale, ''), COALESCE(f.settings, '{}'), COALESCE(s.visitor_id, ''),
    s.keep, s.created_at, <unseen>
    FROM session s LEFT JOIN person p ON p.id = s.person_id LEFT JOIN profile f ON f.person_id = s.person_id
    WHERE s.id = ? AND s.created_at + s.longer >= ? AND s.ended_at IS NULL AND p.erased_at IS NULL""",
    grants=GRANTS,
    unseen=UNSEEN,
)


_LASTS = session.c.created_at + session.c.longer  # compared with the beginning of the oldest that counts


@lru_cache(maxsize=256)
def grants_from(text: str) -> frozenset[Grant]:
    """Return the grants of the column `grants`."""
    return frozenset(
        Grant(Role(role), Extent(*reach)) for role, *reach in (one.split(":") for one in text.split())
    )


def find(tx: Tx, ticket: str, since: int) -> SessionRow | None:
    """Return the session behind a ticket unless it has ended or began before `since`; one statement."""
    row = _FIND.first(tx, ticket, since)
    return SessionRow(*row) if row else None


def confirmed_in(tx: Tx, ticket: str, since: int) -> Confirmed | None:
    """Return what was confirmed in a window, even if another session has taken over from it."""
    query = select(session.c.keep).where(session.c.id == ticket, session.c.created_at >= since)
    kept = tx.execute(query).scalar()
    return SessionNotes.from_json(kept).confirmed if kept else None


def begin(
    tx: Tx,
    ticket: str,
    person_id: str,
    now: int,
    *,
    device: str = "",
    notes: SessionNotes = NO_NOTES,
    visitor: str = "",
) -> None:
    """Write a new session; `person_id` may be empty while somebody is only about to sign in."""
    tx.execute(
        insert(session).values(
            id=ticket,
            person_id=person_id or None,
            device=device,
            keep=notes.to_json(),
            visitor_id=visitor or None,
            created_at=now,
        )
    )


def keep_longer(tx: Tx, ticket: str, longer: int) -> None:
    """Let a session last so many milliseconds longer than others."""
    tx.execute(update(session).where(session.c.id == ticket).values(longer=longer))


def keep_no_longer(tx: Tx, person_id: str) -> int:
    """Let the sessions of a person last no longer than others; return how many did."""
    mine = (session.c.person_id == person_id, session.c.longer > 0)
    return tx.execute(update(session).where(*mine).values(longer=0)).rowcount


def renew(tx: Tx, ticket: str, fresh: str, *, due: int) -> bool:
    """Give a session that lasts longer another id, if it has had this one since `due`; return whether."""
    is_seen = or_(session.c.was.is_(None), session.c.renewed_at.is_not(None))
    since = func.coalesce(session.c.renewed_at, session.c.created_at)
    old = (session.c.id == ticket, session.c.longer > 0, session.c.ended_at.is_(None), is_seen, since < due)
    return tx.execute(update(session).where(*old).values(id=fresh, was=ticket, renewed_at=None)).rowcount == 1


def came_back(tx: Tx, ticket: str, now: int) -> None:
    """Note when somebody came with the value that a session was given last."""
    unseen = (session.c.id == ticket, session.c.was.is_not(None), session.c.renewed_at.is_(None))
    tx.execute(update(session).where(*unseen).values(renewed_at=now))


def visitor_taken_over(tx: Tx, ticket: str, since: int) -> str:
    """Return the visitor of a session that ended (not before `since`) when somebody came in, or ''."""
    next_ = session.alias()
    waits = exists().where(next_.c.visitor_id == session.c.person_id, next_.c.ended_at.is_(None))
    query = select(session.c.person_id).where(session.c.id == ticket, session.c.ended_at >= since, waits)
    return tx.execute(query).scalar() or ""


def renewed_from(tx: Tx, ticket: str, since: int) -> str:
    """Return the id of the session that had this one, or '': the new one came back since then, if at all."""
    is_good = or_(session.c.renewed_at.is_(None), session.c.renewed_at >= since)
    query = select(session.c.id).where(session.c.was == ticket, is_good)
    return tx.execute(query).scalar() or ""


def set_notes(tx: Tx, ticket: str, notes: SessionNotes) -> None:
    """Write what this browser comes back to."""
    tx.execute(update(session).where(session.c.id == ticket).values(keep=notes.to_json()))


def end(tx: Tx, ticket: str, now: int) -> None:
    """End one session, and forget what it kept."""
    tx.execute(
        update(session)
        .where(session.c.id == ticket, session.c.ended_at.is_(None))
        .values(ended_at=now, keep="{}", visitor_id=None)
    )


def end_all(tx: Tx, person_id: str, now: int, *, but: str = "") -> int:
    """End every session of a person, but one; return how many ended."""
    mine = (session.c.person_id == person_id, session.c.ended_at.is_(None), session.c.id != but)
    return tx.execute(update(session).where(*mine).values(ended_at=now, keep="{}", visitor_id=None)).rowcount


def devices(tx: Tx, person_id: str, since: int) -> list[Device]:
    """List the live sessions of a person, newest first."""
    query = (
        select(session.c.id, session.c.device, session.c.created_at, session.c.longer)
        .where(session.c.person_id == person_id, session.c.ended_at.is_(None), since <= _LASTS)
        .order_by(session.c.created_at.desc())
    )
    return [Device(*row) for row in tx.execute(query)]


def forget_visitor(tx: Tx, ticket: str) -> None:
    """Forget the visitor whose progress waited for an answer."""
    tx.execute(update(session).where(session.c.id == ticket).values(visitor_id=None))


def prune(tx: Tx, before: int) -> int:
    """Delete sessions that ended, or began, before this time."""
    old = or_(session.c.ended_at < before, before > _LASTS)
    return tx.execute(delete(session).where(old)).rowcount
