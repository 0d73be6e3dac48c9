"""The audit trail: who did which action to what, and the chain that shows whether a row was changed.

Holds opaque ids and keyed commitments, never a name or an address. Rows are written in the transaction of
the action; the chain is made later, by a job, over rows that are committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, text

from lms.storage.statements.driver_sql import statement
from lms.storage.tables.operations import audit, audit_chain

_APPEND = statement(
    """INSERT INTO audit (at, actor, deed, object, commitment, organisation_id) VALUES (?, ?, ?, ?, ?, ?)"""
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the trail and, once the job has been there, its link of the chain."""

    seq: int
    at: int
    actor: str
    deed: str
    object: str
    commitment: str
    organisation_id: str = ""
    digest: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Return what the chain vouches for, in a fixed order; whose row it is was added later (ADR 0067)."""
        return (str(self.seq), str(self.at), self.actor, self.deed, self.object, self.commitment)


def append(
    tx: Connection,
    at: int,
    actor: str,
    deed: str,
    about: str,
    *,
    commitment: str = "",
    organisation: str = "",
) -> None:
    """Write one row."""
    _APPEND.run(tx, at, actor, deed, about, commitment, organisation)


def unchained(tx: Connection, limit: int) -> list[AuditEntry]:
    """List committed rows that the chain has not reached yet, in their order."""
    query = (
        select(audit)
        .outerjoin(audit_chain, audit_chain.c.seq == audit.c.seq)
        .where(audit_chain.c.seq.is_(None))
        .order_by(audit.c.seq)
        .limit(limit)
    )
    return [AuditEntry(**row) for row in tx.execute(query).mappings()]


def last_link(tx: Connection) -> tuple[int, str]:
    """Return (number, digest) of the newest link, (0, "") before the first; nobody adds one meanwhile."""
    if tx.dialect.name != "sqlite":  # there a transaction that writes is alone anyway
        tx.execute(text("LOCK TABLE audit_chain IN SHARE ROW EXCLUSIVE MODE"))
    row = tx.execute(select(audit_chain).order_by(audit_chain.c.link.desc()).limit(1)).first()
    return (row.link, row.digest) if row else (0, "")


def link(tx: Connection, number: int, seq: int, digest: str) -> None:
    """Add a link."""
    tx.execute(insert(audit_chain).values(link=number, seq=seq, digest=digest))


def linked(tx: Connection) -> Iterator[AuditEntry]:
    """Go through the rows that have a link, in the order of their links; a row that is gone is empty."""
    columns = (audit.c.at, audit.c.actor, audit.c.deed, audit.c.object, audit.c.commitment)
    query = (
        select(audit_chain.c.seq, *columns, audit.c.organisation_id, audit_chain.c.digest)
        .join_from(audit_chain, audit, audit.c.seq == audit_chain.c.seq, isouter=True)
        .order_by(audit_chain.c.link)
    )
    for row in tx.execute(query):
        yield AuditEntry(*row)


def latest(tx: Connection) -> int:
    """Return the latest time of any row (milliseconds); 0 before the first."""
    return int(tx.execute(select(func.max(audit.c.at))).scalar() or 0)


def trail(tx: Connection) -> Iterator[AuditEntry]:
    """Go through the whole trail with its links, in the order in which it was written."""
    query = (
        select(audit, audit_chain.c.digest)
        .outerjoin(audit_chain, audit_chain.c.seq == audit.c.seq)
        .order_by(audit.c.seq)
    )
    for row in tx.execute(query).mappings():
        yield AuditEntry(**{**row, "digest": row["digest"] or ""})
