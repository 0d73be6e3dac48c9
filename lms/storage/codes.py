"""Mailed codes as they are kept: a keyed hash, how often it was tried, until when it counts.

Holds no code and no address. Called by `actions.codes`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from lms.storage.database import Tx
from lms.storage.tables import mailed_code


@dataclass(frozen=True, slots=True)
class Code:
    """One mailed code."""

    id: str
    subject: str
    purpose: str
    secret: str
    tries: int
    expires_at: int
    used_at: int | None


def add(tx: Tx, id_: str, subject: str, purpose: str, secret: str, *, expires_at: int) -> None:
    """Keep a code."""
    tx.execute(
        insert(mailed_code).values(
            id=id_, subject=subject, purpose=purpose, secret=secret, expires_at=expires_at
        )
    )


def find(tx: Tx, id_: str) -> Code | None:
    """Give a code."""
    row = tx.execute(select(mailed_code).where(mailed_code.c.id == id_)).mappings().first()
    return Code(**row) if row else None


def use(tx: Tx, id_: str, now: int) -> bool:
    """Use a code up; say False when somebody did before."""
    unused = (mailed_code.c.id == id_, mailed_code.c.used_at.is_(None))
    return tx.execute(update(mailed_code).where(*unused).values(used_at=now)).rowcount == 1


def tried(tx: Tx, id_: str) -> None:
    """Count a wrong try."""
    tx.execute(update(mailed_code).where(mailed_code.c.id == id_).values(tries=mailed_code.c.tries + 1))


def prune(tx: Tx, before: int) -> int:
    """Forget codes that ended before this time."""
    return tx.execute(delete(mailed_code).where(mailed_code.c.expires_at < before)).rowcount
