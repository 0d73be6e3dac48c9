"""What a database holds, in a form that can be compared: row by row, whatever their order on the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path


def dump(path: Path) -> list[str]:
    """Write out everything that a database file holds."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def digest(path: Path) -> str:
    """Return one number for everything that a database file holds."""
    return sha256("\n".join(dump(path)).encode()).hexdigest()


def count(path: Path, table: str, where: str = "1") -> int:
    """Count the rows of a table."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608  # ours


def database_of(data: Path) -> Path:
    """Return the file in which an installation keeps its rows."""
    return data / "parvis.sqlite3"
