"""Which database the tests stand on, and a clean one for each data folder that asks.

`pytest` alone uses SQLite: a file in the folder, copied from one whose tables were made once.
`pytest --database postgresql` uses the server that `tests.postgres` runs: each worker keeps a few databases,
and empties what a test has filled before the next one gets it. Either costs a fraction of making tables.
Holds no test.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from lms.storage.database import Database, open_database
from lms.storage.migrations.current import create_all
from lms.storage.tables.everything import metadata
from tests.postgres import URL

SQLITE, POSTGRESQL = "sqlite", "postgresql"
#: Names the database of a folder, for a process that a test starts.
NAMED = "database-of-the-tests"
_ALONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_EMPTY = """DO $$
DECLARE name text; filled boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO filled;
    IF filled THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
  FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
  END LOOP;
END $$"""
#: What SQLAlchemy has made of each statement, by the statement and the dialect.
_COMPILED: dict[object, object] = {}
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def server_url() -> str:
    """Return the address of the tests' own server, with a place for the name of a database."""
    given = os.environ.get(URL, "")
    if not given:
        message = f"{URL} is not set: run `python -m tests.postgres pytest --database postgresql …`"
        raise RuntimeError(message)
    return given


def _command(name: str, *statements: str) -> None:
    engine = create_engine(server_url().format(name), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for one in statements:
            connection.exec_driver_sql(one)
    engine.dispose()


@cache
def _sqlite() -> bytes:
    """Return the bytes of a file with every table and no row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite3"
        made = open_database(f"sqlite:///{path}")
        create_all(made)
        made.engine.dispose()
        return path.read_bytes()


@dataclass
class _Kept:
    """One database of this worker: its tables stay, its rows go."""

    name: str
    admin: Engine

    def empty(self) -> bool:
        """End what is still connected and take out every row; False when the tables are not as they were."""
        with self.admin.connect() as connection:
            connection.exec_driver_sql(_ALONE)
            connection.exec_driver_sql(_EMPTY)
            return set(connection.exec_driver_sql(_TABLES).scalars()) == set(metadata.tables)


@dataclass
class Databases:
    """What one worker has; `kind` is chosen once, before the first test."""

    kind: str = SQLITE
    worker: str = "w"
    made: int = 0
    clean: list[_Kept] = field(default_factory=list)
    taken: list[_Kept] = field(default_factory=list)
    lasting: list[_Kept] = field(default_factory=list)
    opened: list[Database] = field(default_factory=list)
    open_longer: list[Database] = field(default_factory=list)
    in_a_test: bool = False
    first: dict[str, Engine] = field(default_factory=dict)

    def url(self, folder: Path) -> str:
        """Return the address of a folder's database, clean when it is asked for the first time in a test."""
        if self.kind == SQLITE:
            path = folder.absolute() / "parvis.sqlite3"
            if not path.exists():
                path.write_bytes(_sqlite())
            return f"sqlite:///{path}"
        named = folder / NAMED
        whose, name = named.read_text().split("\n") if named.exists() else ("", "")
        if whose != str(folder):
            kept = self._copy(name) if name else self._take()
            (self.taken if self.in_a_test else self.lasting).append(kept)
            name = kept.name
            named.write_text(f"{folder}\n{name}")
        return server_url().format(name)

    def new(self, like: str = "template1") -> str:
        """Make a database without any table, or as another is, and give its name (PostgreSQL alone)."""
        self.made += 1
        name = f"tests_{self.worker}_{self.made}"
        _command(
            "postgres",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{like}'",  # noqa: S608  # ours
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{like}"',
        )
        return name

    def keep(self, database: Database) -> Database:
        """Close this database after the test, or, when a whole module uses it, at the end.

        What one test has made of a statement is good for the next: all speak the dialect of the first.
        """
        for one in (database.engine, database.reader):
            self._share(one)
        (self.opened if self.in_a_test else self.open_longer).append(database)
        return database

    def _share(self, engine: Engine) -> None:
        if engine.name not in self.first:
            with engine.connect():  # a dialect learns about its server with the first connection
                self.first[engine.name] = engine
        engine.dialect = self.first[engine.name].dialect
        engine.update_execution_options(compiled_cache=_COMPILED)

    def _copy(self, name: str) -> _Kept:
        """Make a copy of the database of a folder that was copied."""
        return self._kept(self.new(like=name))

    def _kept(self, name: str) -> _Kept:
        url = server_url().format(name)
        options = {"isolation_level": "AUTOCOMMIT", "pool_size": 1, "max_overflow": 0, "pool_pre_ping": True}
        return _Kept(name, create_engine(url, **options))

    def _take(self) -> _Kept:
        while self.clean:
            kept = self.clean.pop()
            if kept.empty():
                return kept
            kept.admin.dispose()
        name = self.new()
        made = open_database(server_url().format(name))
        create_all(made)
        made.engine.dispose()
        return self._kept(name)

    def after_a_test(self) -> None:
        """Close what the test has opened and take back what it was given."""
        for one in self.opened:
            one.engine.dispose()
        self.opened.clear()
        self.clean += self.taken
        self.taken.clear()

    def after_all(self) -> None:
        """Close what was kept."""
        self.opened += self.open_longer
        self.open_longer.clear()
        self.after_a_test()
        for kept in (*self.clean, *self.lasting):
            kept.admin.dispose()
        self.clean.clear()


HERE = Databases()


def all_rows(database: Database, *, but: str = "") -> str:
    """Return every row of every table (perhaps but one) as text, to look for what must not be there."""
    with database.reading() as tx:
        found = [tx.execute(table.select()).all() for table in metadata.sorted_tables if table.name != but]
    return str(found)


@contextmanager
def one_test() -> Iterator[None]:
    """Lend databases for one test; what was asked for before it began belongs to its whole module."""
    HERE.in_a_test = True
    try:
        yield
    finally:
        HERE.in_a_test = False
        HERE.after_a_test()
