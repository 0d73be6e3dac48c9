"""A copy of the database as it is at one moment, made while others go on writing.

SQLite's online backup: one consistent view, no copy of the files (which lost everything in the log when
that was tried). A PostgreSQL database is backed up with its own tools. Called by `actions.backing_up`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from lms.core.errors import NotAllowed, Unavailable
from lms.storage.database import Database

SIDE_FILES = ("-wal", "-shm", "-journal")


def file_of(database: Database) -> Path:
    """Give the file of a SQLite database.

    Raises: NotAllowed `backup.other-database`.
    """
    name = database.engine.url.database
    if not database.is_sqlite or not name:
        raise NotAllowed("backup.other-database")
    return Path(name)


def snapshot(database: Database, target: Path) -> None:
    """Write the database of this moment into a new file, whole and without a log beside it.

    Raises: NotAllowed `backup.other-database`; Unavailable `database.unavailable`.
    """
    source = file_of(database)
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(target)) as here,
        ):
            there.backup(here)
            here.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as problem:
        raise Unavailable("database.unavailable") from problem


def is_whole(path: Path) -> bool:
    """Say whether a file is a database that is consistent in itself."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:
            found = there.execute("PRAGMA integrity_check").fetchone()
            broken = there.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error:
        return False
    return found == ("ok",) and broken is None
