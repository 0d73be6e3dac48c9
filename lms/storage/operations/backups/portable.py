"""The rows of a database in a form that any database of ours can take: one line of JSON for each row.

A table is one part: a line with the names of its columns, then its rows. What is read is one moment; what is
written goes into empty tables of the same step, every name and type compared. The search index is left out:
it is made again from files. Holds no file of a backup and no rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, Table, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from lms.core.errors import Invalid
from lms.storage.database import Tx

INDEX = "search_"  # the table that search makes from files, and the index beside it
STEP = "alembic_version"
LONGEST_LINE = 1 << 24  # bytes
BATCH = 500
LARGEST = 1 << 63
#: PostgreSQL keeps no NUL in a text; an older SQLite database may hold one.
NUL, INSTEAD = "\0", "\N{REPLACEMENT CHARACTER}"


def tables(tx: Tx) -> list[Table]:
    """List the tables that are there, each after those that it leads to."""

    def ours(name: str, _: MetaData) -> bool:
        return not name.startswith(INDEX) and name != STEP

    found = MetaData()
    found.reflect(tx, only=ours)
    return found.sorted_tables


def step_of(tx: Tx) -> str:
    """Return the step at which the tables stand; '' before the first."""
    if not inspect(tx).has_table(STEP):
        return ""
    return str(tx.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _plain(value: object) -> object:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def write_rows(tx: Tx, table: Table, file: IO[bytes]) -> None:
    """Write a table: its columns, then its rows in the order of their keys."""
    file.write(json.dumps([column.name for column in table.columns]).encode() + b"\n")
    query = select(table).order_by(*(table.primary_key.columns or table.columns))
    for row in tx.execute(query, execution_options={"yield_per": BATCH}):
        line = json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))
        file.write(line.encode() + b"\n")


def _lines(file: IO[bytes]) -> Iterator[list[object]]:
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Invalid("backup.damaged")
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise Invalid("backup.damaged") from problem
        if not isinstance(found, list):
            raise Invalid("backup.damaged")
        yield found


def _fits(column: Column[Any], value: object) -> bool:
    """Return whether a value may stand in a column; SQLite itself would take anything."""
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Boolean):
        return isinstance(value, bool)
    if isinstance(column.type, Integer):
        return isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < LARGEST
    return isinstance(value, str)


def _value(column: Column[Any], value: object, *, nul: bool) -> object:
    if not _fits(column, value):
        raise Invalid("backup.damaged")
    if not isinstance(value, str):
        return value
    if isinstance(column.type, LargeBinary):
        return bytes.fromhex(value)
    value.encode()  # half of a pair is no text
    return value if nul else value.replace(NUL, INSTEAD)


def _rows(table: Table, file: IO[bytes], *, nul: bool) -> Iterator[dict[str, object]]:
    """Go through the rows; the order of their columns is their own: databases have added some differently."""
    lines = _lines(file)
    columns = _columns(table, next(lines, []))
    for line in lines:
        if len(line) != len(columns):
            raise Invalid("backup.damaged")
        pairs = zip(columns, line, strict=True)
        yield {column.name: _value(column, value, nul=nul) for column, value in pairs}


def _columns(table: Table, names: list[object]) -> list[Column[Any]]:
    """Return the columns in the order in which they are named: all of them, and no other."""
    if sorted(map(str, names)) != sorted(column.name for column in table.columns):
        raise Invalid("backup.damaged")
    return [table.columns[str(name)] for name in names]


def _batches(rows: Iterable[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    going = iter(rows)
    while batch := list(islice(going, BATCH)):
        yield batch


def read_rows(tx: Tx, table: Table, file: IO[bytes]) -> None:
    """Fill an empty table.

    Raises: Invalid `backup.damaged` when a row is not of this table, or leads to what is not there.
    """
    nul = tx.dialect.name == "sqlite"
    try:
        for batch in _batches(_rows(table, file, nul=nul)):
            tx.execute(insert(table), batch)
    except (DBAPIError, ValueError) as problem:
        if isinstance(problem, DBAPIError) and problem.connection_invalidated:
            raise
        raise Invalid("backup.damaged") from problem


def go_on_counting(tx: Tx, filled: Iterable[Table]) -> None:
    """Make numbers that the database gives go on after the highest one (SQLite does so by itself)."""
    if tx.dialect.name == "sqlite":
        return
    for table in filled:
        for column in table.columns:
            own = text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)")
            sequence = tx.execute(own, {"table": table.name, "column": column.name}).scalar()
            if sequence:
                highest = tx.execute(select(column).order_by(column.desc()).limit(1)).scalar()
                after = text("SELECT setval(CAST(:sequence AS regclass), :at, :used)")
                tx.execute(after, {"sequence": sequence, "at": highest or 1, "used": highest is not None})


def copy_row(tx: Tx, table: Table, row: Mapping[str, object]) -> None:
    """Insert what both have of a row."""
    tx.execute(insert(table), [{name: value for name, value in row.items() if name in table.columns}])
