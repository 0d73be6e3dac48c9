"""Constant statements for the hot path, sent to the driver as they stand.

Written once with `?` for values, `<name>` for a fragment that several share and `GLUE(…)` for "all of them
in one text"; spoken in the dialect at hand. Holds no statement and no rule. Called by the repositories of
learning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult

from lms.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in both dialects; it never varies with what it is asked."""

    sqlite: str
    postgresql: str

    def run(self, tx: Tx, *values: object) -> CursorResult[*tuple[Any, ...]]:
        """Send it."""
        return tx.exec_driver_sql(self._spoken(tx), values)

    def run_many(self, tx: Tx, rows: Sequence[tuple[object, ...]]) -> None:
        """Send it once for each row, in one call; with no rows nothing is sent."""
        if rows:
            tx.exec_driver_sql(self._spoken(tx), list(rows))

    def _spoken(self, tx: Tx) -> str:
        return self.sqlite if tx.dialect.name == "sqlite" else self.postgresql


def statement(sql: str, **fragments: str) -> Statement:
    """Make a statement from its common form.

    >>> statement("SELECT GLUE(name, ' ') FROM t WHERE <mine>", mine="id = ?").postgresql
    "SELECT string_agg(name, ' ') FROM t WHERE id = %s"
    """
    for name, fragment in fragments.items():
        sql = sql.replace(f"<{name}>", fragment)
    sql = " ".join(line.strip() for line in sql.splitlines())
    return Statement(
        sql.replace("GLUE(", "group_concat("), sql.replace("GLUE(", "string_agg(").replace("?", "%s")
    )
