"""Organisations: whose people and records these are.

Holds no rule.
"""

from __future__ import annotations

from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.people import organisation


def require(tx: Tx, id_: str) -> None:
    """Add an organisation unless it is there: a row that belongs to one can be written after this."""
    insert_once(tx, organisation, id=id_, name="", created_at=0)
