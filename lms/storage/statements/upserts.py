"""Insert-or-else statements in the dialect that is spoken.

Holds no rule.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(tx: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def insert_once(tx: Connection, table: Table, **values: object) -> bool:
    """Insert a row unless one with the same key is there; return whether it was inserted."""
    once = insert_into(tx, table).values(**values).on_conflict_do_nothing()
    # Without the option PostgreSQL does not say how many rows an INSERT made.
    return tx.execute(once, execution_options={"preserve_rowcount": True}).rowcount == 1
