"""Constant statements for the hot path, sent to the driver as they stand.

Written once with `?` for values, `<name>` for a fragment that several share, `GLUE(…, ' ')` for "all of them
in one text" and `EACH(…)` for "each different one, by commas"; spoken in the dialect at hand. They cost a
fraction of the toolkit's own way and are announced to its listeners like any other. Holds no statement and no
rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lms.storage.database import Tx
from lms.storage.driver_faults import Collision

_EACH = re.compile(r"EACH\(([^()]+)\)")
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in both dialects; it never varies with what it is asked."""

    sqlite: str
    postgresql: str

    def all(self, tx: Tx, *values: object) -> list[tuple[Any, ...]]:
        """Return every row."""
        with self._sent(tx, values) as cursor:
            return list(cursor.fetchall())

    def first(self, tx: Tx, *values: object) -> tuple[Any, ...] | None:
        """Return the first row, if there is one."""
        with self._sent(tx, values) as cursor:
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def run(self, tx: Tx, *values: object) -> int:
        """Send a change; return how many rows it changed."""
        with self._sent(tx, values) as cursor:
            return int(cursor.rowcount)

    def run_many(self, tx: Tx, rows: Sequence[Values]) -> None:
        """Send a change once for each row, in one call; without rows nothing is sent."""
        if rows:
            with self._sent(tx, rows, many=True):
                pass

    @contextmanager
    def _sent(self, tx: Tx, values: Values | Sequence[Values], *, many: bool = False) -> Iterator[Any]:
        sql = self.sqlite if tx.dialect.name == "sqlite" else self.postgresql
        cursor: Any = tx.connection.cursor()
        for listener in tx.dispatch.before_cursor_execute:
            listener(tx, cursor, sql, values, None, many)
        try:
            (cursor.executemany if many else cursor.execute)(sql, values)
            for listener in tx.dispatch.after_cursor_execute:
                listener(tx, cursor, sql, values, None, many)
            yield cursor
        except tx.dialect.loaded_dbapi.Error as problem:
            if tx.dialect.is_disconnect(problem, tx.connection.dbapi_connection, cursor):
                tx.invalidate(problem)
                raise Collision("database.unavailable") from problem
            raise  # `database` tells what it means
        finally:
            cursor.close()


def statement(sql: str, **fragments: str) -> Statement:
    """Make a statement from its common form.

    >>> statement("SELECT GLUE(name, ' '), EACH(kind) FROM t WHERE <mine>", mine="id = ?").postgresql
    "SELECT string_agg(name, ' '), string_agg(DISTINCT kind, ',') FROM t WHERE id = %s"
    """
    for name, fragment in fragments.items():
        sql = sql.replace(f"<{name}>", fragment)
    sql = " ".join(line.strip() for line in sql.split("\n"))
    return Statement(
        _EACH.sub(r"group_concat(DISTINCT \1)", sql).replace("GLUE(", "group_concat("),
        _EACH.sub(r"string_agg(DISTINCT \1, ',')", sql).replace("GLUE(", "string_agg(").replace("?", "%s"),
    )
