"""The engine and its transactions.

SQLite runs in WAL with `synchronous=FULL` (an acknowledged answer survives a power cut), writes begin
with `BEGIN IMMEDIATE` (no upgrade from reader to writer, hence no surprise "database is locked"), and a
short busy time-out ends in `Unavailable` instead of a hanging page. PostgreSQL keeps its defaults.
Holds no statement about any table. Called by `app`, `jobs` and the repositories.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from lms.core.errors import Unavailable

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

#: An open transaction, as actions hand it on to repositories without knowing SQL.
Tx: TypeAlias = Connection

BUSY_MILLISECONDS = 3000
SHORT_MILLISECONDS = 100


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "temp_store=MEMORY",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@dataclass
class _Turnstile:
    """How long a write waits for its turn.

    A process has one thread, so whoever waits keeps everybody else waiting. Hence, once somebody has waited
    in vain, the next ones hardly wait for a while: reading goes on beside a lock that is held.
    """

    short_until: float = 0.0

    def begin(self, connection: Connection) -> None:
        """Begin a transaction; one that writes takes the lock at once.

        By the driver itself: this is done for every page, and costs a tenth of a statement of the toolkit.
        """
        driver: Any = connection.connection.driver_connection
        if not connection.get_execution_options().get("parvis_writes", False):
            driver.execute("BEGIN")
        elif self.short_until:
            self._hardly_wait(driver)
        else:
            self._wait(driver)

    def _wait(self, driver: Any) -> None:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            self.short_until = time.monotonic() + BUSY_MILLISECONDS / 1000
            raise

    def _hardly_wait(self, driver: Any) -> None:
        if time.monotonic() > self.short_until:
            self.short_until = 0.0
            self._wait(driver)
            return
        driver.execute(f"PRAGMA busy_timeout={SHORT_MILLISECONDS}")
        try:
            driver.execute("BEGIN IMMEDIATE")
        finally:
            driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        self.short_until = 0.0


@dataclass(frozen=True, slots=True)
class Database:
    """One database and the two ways to speak to it: `reading()` and `writing()`."""

    engine: Engine
    _writer: Engine = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_writer", self.engine.execution_options(parvis_writes=True))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one consistent view; nothing may be written.

        Raises: Unavailable `database.unavailable`.
        """
        with _translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction that commits as a whole or not at all.

        Raises: Unavailable `database.unavailable`.
        """
        with _translated(), self._writer.connect() as connection, connection.begin():
            yield connection

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is the one-machine database."""
        return self.engine.dialect.name == "sqlite"


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as problem:
        raise Unavailable("database.unavailable") from problem
    except DBAPIError as problem:
        if problem.connection_invalidated:
            raise Unavailable("database.unavailable") from problem
        raise


def open_database(url: str) -> Database:
    """Make the engine for a SQLAlchemy URL; connects only when first used."""
    if not url.startswith("sqlite"):
        return Database(
            create_engine(url, pool_pre_ping=True, pool_size=2, max_overflow=2, hide_parameters=True)
        )
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=2,
        connect_args={"timeout": 3.0},
        hide_parameters=True,  # a statement that fails must not take its row into the log
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _Turnstile().begin)
    return Database(engine)
