"""A database that is made ready beside the one in use, and what only one kind of database has.

SQLite: a file, with side files while it is open. PostgreSQL: a schema of the same database. Holds no rule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from lms.core.errors import NotAllowed, Unavailable
from lms.core.operations.blobs import Blobs
from lms.storage.database import Database, open_database
from lms.storage.operations.backups import schemas
from lms.storage.operations.blobs import BlobFolder

SHORT = 0.1  # seconds
SIDE_FILES = ("-wal", "-shm", "-journal")


def file_of(database: Database) -> Path:
    """Return the file of a SQLite database.

    Raises: NotAllowed `backup.other-database`.
    """
    name = database.engine.url.database
    if not database.is_sqlite or not name:
        raise NotAllowed("backup.other-database")
    return Path(name)


def check_place(database: Database) -> None:
    """Refuse a database whose place nothing could take.

    Raises: NotAllowed `backup.other-database`, `database.no-right`; Unavailable `database.unavailable`.
    """
    if database.is_sqlite:
        file_of(database)
    else:
        schemas.check_rights(database)


def blobs_in(folder: Path) -> Blobs:
    """Return the bytes that are made ready in a folder."""
    return BlobFolder(folder)


def is_whole(path: Path) -> bool:
    """Return whether a file is a database that is consistent in itself."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as there:
            found = there.execute("PRAGMA integrity_check").fetchone()
            broken = there.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error:
        return False
    return found == ("ok",) and broken is None


@contextmanager
def made_ready(database: Database, path: Path, schema: str) -> Iterator[Database]:
    """Open an empty database of the same type: in this file, or in this schema.

    A file is whole in itself in the end, without a log beside it.
    """
    if not database.is_sqlite:
        with schemas.opened_in(database, schema) as inside:
            yield inside
        return
    ready = open_database(f"sqlite:///{path}")
    try:
        yield ready
    finally:
        ready.engine.dispose()
    _close(path)


def _close(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as there:
            there.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as problem:
        raise Unavailable("database.unavailable") from problem
    path.chmod(0o600)


def empty_log(database: Database) -> bool:
    """Write the log of a SQLite database into its file and empty it; return False when somebody is at it."""
    if not database.is_sqlite:
        return True
    try:
        with closing(sqlite3.connect(file_of(database), timeout=SHORT)) as there:
            busy, _, _ = there.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def version_of(database: Database) -> str:
    """Return the version of the program that keeps the rows.

    Raises: Unavailable `database.unavailable`.
    """
    query = "SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version"
    with database.reading() as tx:
        return str(tx.exec_driver_sql(query).scalar_one())
