"""What the drivers of the two databases mean by their errors, told in our own kinds.

The one place that knows SQLite's result codes and PostgreSQL's SQLSTATE classes. A database that cannot be
used just now is `Unavailable`; one that turned an action away because of another is a `Collision`, which may
be tried again; anything else is a fault of ours and stays what it is. Holds no statement and opens nothing.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from lms.core.errors import Unavailable

_CORRUPT, _NOT_A_DATABASE, _READ_ONLY = 11, 26, 8
_PRIMARY = 0xFF  # an extended result code of SQLite holds the primary one in its lowest byte
#: SQLSTATE classes: connection, resources, lock or state, operator (restart, cancelled), system, internal.
_CANNOT_BE_USED = ("08", "25P03", "53", "55", "57", "58", "XX")
#: The tables are not those of this version: told as one cannot be used, as SQLite does.
_OTHER_TABLES = ("42P01", "42703")
_ONLY_FOR_READING = "25006"
#: Serialisation failure and deadlock: rolled back by the server.
_TURNED_AWAY = ("40",)


class Collision(Unavailable):
    """The database rolled an action back because of another, or lost it; nothing of it was written."""


@dataclass(frozen=True, slots=True)
class DriverFaults:
    """The errors of one driver.

    `kinds` are all of them; `collisions` are those after which another try may go well, an insert that
    another one came before among them; `unusable` are those that mean "not now" when they say nothing else.
    """

    kinds: tuple[type[Exception], ...]
    collisions: tuple[type[Exception], ...]
    unusable: tuple[type[Exception], ...]

    @classmethod
    def of(cls, engine: Engine) -> DriverFaults:
        """Return those of an engine's driver."""
        driver: Any = engine.dialect.loaded_dbapi
        inserts = (Collision,) if driver is sqlite3 else (Collision, IntegrityError, driver.IntegrityError)
        unusable = (driver.OperationalError, driver.InterfaceError)
        return cls((DBAPIError, NoConnectionLeft, driver.Error), inserts, unusable)

    def tell(self, problem: Exception, *, writing: bool) -> None:
        """Raise an error of ours where the driver's means one; otherwise do nothing.

        Raises: Unavailable `database.unavailable`, as a Collision where another try may go well.
        """
        if isinstance(problem, NoConnectionLeft):
            raise Unavailable("database.unavailable") from problem
        cause = problem.orig if isinstance(problem, DBAPIError) else problem
        if isinstance(cause, sqlite3.Error):
            if _sqlite_cannot(cause, writing=writing):
                raise Unavailable("database.unavailable") from problem
            return
        state = str(getattr(cause, "sqlstate", None) or "")
        lost = isinstance(problem, DBAPIError) and problem.connection_invalidated
        if lost or state.startswith(_TURNED_AWAY):
            raise Collision("database.unavailable") from problem
        nothing_said = not state and isinstance(cause, self.unusable)
        if nothing_said or _postgresql_cannot(state, writing=writing):
            raise Unavailable("database.unavailable") from problem


def _sqlite_cannot(cause: sqlite3.Error, *, writing: bool) -> bool:
    code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY
    if code == _READ_ONLY:
        return writing
    return isinstance(cause, sqlite3.OperationalError) or code in {_CORRUPT, _NOT_A_DATABASE}


def _postgresql_cannot(state: str, *, writing: bool) -> bool:
    if state == _ONLY_FOR_READING:
        return writing
    return state in _OTHER_TABLES or state.startswith(_CANNOT_BE_USED)
