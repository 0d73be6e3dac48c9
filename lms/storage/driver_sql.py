"""Constant statements for the hot path, sent to the driver as they stand.

Written once with `?` for values, `<name>` for a fragment that several share, `GLUE(…, ' ')` for "all of them
in one text" and `EACH(…)` for "each different one, by commas"; spoken in the dialect at hand. They cost a
fraction of the toolkit's own way and are announced to its listeners like any other. Holds no statement and no
rule. Called by the repositories of learning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lms.core.errors import Unavailable
from lms.storage.database import Tx

_EACH = re.compile(r"EACH\(([^()]+)\)")
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in both dialects; it never varies with what it is asked."""

    sqlite: str
    postgresql: str

    def all(self, tx: Tx, *values: object) -> list[tuple[Any, ...]]:
        """Give every row.

        Raises: Unavailable `database.unavailable`.
        """
        with self._sent(tx, values) as cursor:
            return list(cursor.fetchall())

    def first(self, tx: Tx, *values: object) -> tuple[Any, ...] | None:
        """Give the first row, if there is one.

        Raises: Unavailable `database.unavailable`.
        """
        with self._sent(tx, values) as cursor:
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def run(self, tx: Tx, *values: object) -> int:
        """Send a change; give how many rows it changed.

        Raises: Unavailable `database.unavailable`.
        """
        with self._sent(tx, values) as cursor:
            return int(cursor.rowcount)

    def run_many(self, tx: Tx, rows: Sequence[Values]) -> None:
        """Send a change once for each row, in one call; without rows nothing is sent.

        Raises: Unavailable `database.unavailable`.
        """
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
            yield cursor
        except tx.dialect.loaded_dbapi.OperationalError as problem:
            raise Unavailable("database.unavailable") from problem
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
