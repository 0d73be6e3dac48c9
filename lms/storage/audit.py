"""The audit trail: who did which deed to what, and the chain that shows whether a row was changed afterwards.

Holds opaque ids and keyed commitments, never a name or an address. Rows are written in the transaction of
the deed; the chain is made later, by a job, over rows that are committed. Called by `actions.deed` and
`actions.keeping`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from lms.storage.driver_sql import statement
from lms.storage.tables import audit, audit_chain

_APPEND = statement("INSERT INTO audit (at, actor, deed, object, commitment) VALUES (?, ?, ?, ?, ?)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the trail and, once the job has been there, its link of the chain."""

    seq: int
    at: int
    actor: str
    deed: str
    object: str
    commitment: str
    digest: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Give what the chain vouches for, in a fixed order."""
        return (str(self.seq), str(self.at), self.actor, self.deed, self.object, self.commitment)


def append(tx: Connection, at: int, actor: str, deed: str, about: str, *, commitment: str = "") -> None:
    """Write one row."""
    _APPEND.run(tx, at, actor, deed, about, commitment)


def unchained(tx: Connection, before: int, limit: int) -> list[Entry]:
    """List rows older than `before` that the chain has not reached yet, in their order."""
    query = (
        select(audit)
        .outerjoin(audit_chain, audit_chain.c.seq == audit.c.seq)
        .where(audit_chain.c.seq.is_(None), audit.c.at < before)
        .order_by(audit.c.seq)
        .limit(limit)
    )
    return [Entry(**row) for row in tx.execute(query).mappings()]


def last_link(tx: Connection) -> tuple[int, str]:
    """Give (seq, digest) of the newest link; (0, "") before the first."""
    row = tx.execute(select(audit_chain).order_by(audit_chain.c.seq.desc()).limit(1)).first()
    return (row.seq, row.digest) if row else (0, "")


def link(tx: Connection, seq: int, digest: str) -> None:
    """Add a link."""
    tx.execute(insert(audit_chain).values(seq=seq, digest=digest))


def trail(tx: Connection) -> Iterator[Entry]:
    """Go through the whole trail with its links, in order."""
    query = (
        select(audit, audit_chain.c.digest)
        .outerjoin(audit_chain, audit_chain.c.seq == audit.c.seq)
        .order_by(audit.c.seq)
    )
    for row in tx.execute(query).mappings():
        yield Entry(**{**row, "digest": row["digest"] or ""})
