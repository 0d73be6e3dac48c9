"""The engines and their transactions.

SQLite runs in WAL with `synchronous=FULL` (an acknowledged answer survives a power cut), writes begin
with `BEGIN IMMEDIATE` (no upgrade from reader to writer, hence no surprise "database is locked"), and a
short busy time-out ends in `Unavailable` instead of a hanging page. It reads by connections that refuse to
write and are kept apart, so that nothing has to be switched for a page (ADR 0059). PostgreSQL reads one
snapshot that refuses to write, and waits as briefly for a lock. What a driver means by its errors,
`driver_faults` knows. Holds no statement about any table.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from lms.core.errors import Unavailable
from lms.storage.driver_faults import DriverFaults

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

#: An open transaction, as actions hand it on to repositories without knowing SQL.
Tx: TypeAlias = Connection
R = TypeVar("R")

BUSY_MILLISECONDS = 3000
SHORT_MILLISECONDS = 100
#: A process has one thread for pages, and a second one now and then.
_POOL = {"pool_size": 2, "max_overflow": 2, "pool_timeout": BUSY_MILLISECONDS / 1000}
#: A process that is stopped in the middle of a transaction gives its locks back.
IDLE_MILLISECONDS = 60_000
#: Seconds before each further try of an action that collided with another.
_BREATHS = (0.0, 0.02, 0.1)


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
        "secure_delete=ON",  # what is erased is overwritten, however SQLite was built
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_writing(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_reading(connection: Connection) -> None:
    """Begin by the driver itself: for every page, at a tenth of the cost of a statement of the toolkit."""
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")


@dataclass
class _Turnstile:
    """How long a write waits for its turn.

    A process has one thread, so whoever waits keeps everybody else waiting. Hence, once somebody has waited
    in vain, the next ones hardly wait for a while: reading goes on beside a lock that is held.
    """

    short_until: float = 0.0

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that writes; it takes the lock at once."""
        driver: Any = connection.connection.driver_connection
        if self.short_until:
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


class _Course(threading.local):
    """How far the action of this thread has come."""

    under_way = False
    may_have_written = False
    only_looks = False


#: Pools of a parent process: kept for ever, because a connection that is collected is closed.
_INHERITED: list[object] = []


@dataclass(frozen=True, slots=True)
class Database:
    """One database and the two ways to speak to it: `reading()` and `writing()`."""

    engine: Engine
    reader: Engine
    _faults: DriverFaults = field(init=False, repr=False, compare=False)
    _course: _Course = field(init=False, repr=False, compare=False, default_factory=_Course)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_faults", DriverFaults.of(self.engine))
        event.listen(self.engine, "engine_disposed", self._close_reader)

    def _close_reader(self, _engine: Engine) -> None:
        if self.is_sqlite:
            self.reader.dispose()

    def abandon(self) -> None:
        """Release the connections that a forked process has inherited, without closing or using them."""
        _INHERITED.extend((self.reader.pool, self.engine.pool))
        self.reader.dispose(close=False)
        self.engine.dispose(close=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one consistent view; whatever would write is refused as the fault of ours that it is.

        Raises: Unavailable `database.unavailable`.
        """
        try:
            with self.reader.connect() as connection, connection.begin():
                yield connection
        except self._faults.kinds as problem:
            self._faults.tell(problem, writing=False)
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction that commits as a whole or not at all.

        Raises: Unavailable `database.unavailable`; RuntimeError inside `look`.
        """
        if self._course.only_looks:
            message = "an action that is declared to read wants to write"
            raise RuntimeError(message)
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
                self._course.may_have_written = True
        except self._faults.kinds as problem:
            self._faults.tell(problem, writing=True)
            raise

    def look(self, action: Callable[[], R]) -> R:
        """Do an action that only reads: nothing in it opens a transaction that could write.

        Raises: as `attempt`.
        """
        before, self._course.only_looks = self._course.only_looks, True
        try:
            return self.attempt(action)
        finally:
            self._course.only_looks = before

    def attempt(self, action: Callable[[], R]) -> R:
        """Do a whole action; again when it collided with another and nothing of it can have been written.

        A deadlock, a connection that died, a row that another inserted between our look and our insert: the
        second time around the action sees what the other did, and decides. Once a transaction of it was told
        to commit, it is never repeated. SQLite lets one writer in at a time, so nothing collides there.

        Raises: what the action raises; Unavailable `database.unavailable`.
        """
        if self.is_sqlite or self._course.under_way:
            return action()
        self._course.under_way = True
        try:
            return self._again_and_again(action)
        finally:
            self._course.under_way = False

    def _again_and_again(self, action: Callable[[], R]) -> R:
        for breath in _BREATHS:
            self._course.may_have_written = False
            try:
                return action()
            except self._faults.collisions as problem:
                if self._course.may_have_written:
                    raise Unavailable("database.unavailable") from problem
            time.sleep(breath)
        return action()

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Return each engine that has connections of its own."""
        return (self.engine, self.reader) if self.is_sqlite else (self.engine,)

    @property
    def is_sqlite(self) -> bool:
        """Return whether this is the one-machine database."""
        return self.engine.dialect.name == "sqlite"


def open_database(url: str) -> Database:
    """Make the engines for a SQLAlchemy URL; connects only when first used.

    Raises: Unavailable `database.no-driver`.
    """
    address = _address_of(url)
    try:
        return _open_sqlite(address) if address.get_backend_name() == "sqlite" else _open_postgresql(address)
    except ModuleNotFoundError as problem:
        raise Unavailable("database.no-driver") from problem


def _address_of(url: str) -> URL:
    """Read the address; what names a plain file of SQLite is a path, sign for sign, with no options in it."""
    kind, _mark, path = url.partition(":///")
    if kind == "sqlite" and path and not path.startswith("file:"):
        return URL.create(kind, database=path)
    return make_url(url)


def _open_sqlite(address: URL) -> Database:
    # A statement that fails must not take its row into the log.
    engine, reader = (
        create_engine(
            address, poolclass=QueuePool, connect_args={"timeout": 3.0}, hide_parameters=True, **_POOL
        )
        for _ in range(2)
    )
    for one in (engine, reader):
        event.listen(one, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _Turnstile().begin)
    event.listen(reader, "connect", _refuse_writing)
    event.listen(reader, "begin", _begin_reading)
    return Database(engine, reader)


def _open_postgresql(address: URL) -> Database:
    given = address.query.get("options", "")
    waits = f"-c lock_timeout={BUSY_MILLISECONDS} -c idle_in_transaction_session_timeout={IDLE_MILLISECONDS}"
    reach = {"connect_timeout": 3, "tcp_user_timeout": 10_000}
    engine = create_engine(
        address,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "options": f"{waits} {given}".strip(),
            **{name: value for name, value in reach.items() if name not in address.query},
        },
        **_POOL,
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(engine, reader)
