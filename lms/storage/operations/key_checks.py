"""Which keys a database belongs to.

Holds digests, never a key.
"""

from __future__ import annotations

from sqlalchemy import select

from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.operations import key_check


def note(tx: Tx, name: str, digest: bytes) -> bytes:
    """Note a digest unless there is one; give the one that is there."""
    insert_once(tx, key_check, name=name, digest=digest)
    return find(tx, name) or b""


def find(tx: Tx, name: str) -> bytes | None:
    """Return the digest that was noted."""
    return tx.execute(select(key_check.c.digest).where(key_check.c.name == name)).scalar()
