"""The steps of the database end in the tables of this version: forward, back and forward with rows."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary

from lms.core.errors import Conflict
from lms.storage import migrating, steps
from lms.storage.database import Database, Tx, open_database
from lms.storage.migrations.current import create_all
from lms.storage.tables import metadata
from tests.builders_learning import refused


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Give an empty database."""
    return open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")


def a_value(column: object, row: int) -> object:
    kind = getattr(column, "type")  # noqa: B009  # of a column
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return row
    return b"x" if isinstance(kind, LargeBinary) else f"{row}"


def fill(tx: Tx) -> None:
    """Put a row into every table; every reference leads to the row with the same key."""
    for table in metadata.sorted_tables:
        tx.execute(table.insert().values({column.name: a_value(column, 1) for column in table.columns}))


def count(tx: Tx) -> int:
    return sum(len(tx.execute(table.select()).all()) for table in metadata.sorted_tables)


def test_the_steps_end_in_the_tables_of_this_version(database: Database) -> None:
    assert steps.current(database) == ""
    assert migrating.upgrade(database)
    assert steps.current(database) == steps.newest()
    assert migrating.differences(database) == []
    assert not migrating.upgrade(database)


def test_tests_and_installations_have_the_same_tables(database: Database, tmp_path: Path) -> None:
    migrating.upgrade(database)
    made = open_database(f"sqlite:///{tmp_path / 'y.sqlite3'}")
    create_all(made)
    query = "SELECT name FROM sqlite_master WHERE name NOT LIKE '%alembic%' ORDER BY name"
    found = []
    for one in (database, made):
        with one.reading() as tx:
            found.append(tx.exec_driver_sql(query).all())
    assert found[0] == found[1]


def test_forward_back_and_forward_with_rows(database: Database) -> None:
    migrating.upgrade(database)
    with database.writing() as tx:
        fill(tx)
        assert count(tx) == len(metadata.sorted_tables)
    migrating.downgrade(database)
    with database.reading() as tx:
        left = tx.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'"
        )
        assert left.scalar_one() == 0
    migrating.upgrade(database)
    assert migrating.differences(database) == []
    with database.writing() as tx:
        fill(tx)


def test_a_newer_database_is_left_alone(database: Database) -> None:
    migrating.upgrade(database)
    with database.writing() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with refused(Conflict, "database.newer"):
        migrating.upgrade(database)


def test_a_difference_is_found(database: Database) -> None:
    migrating.upgrade(database)
    with database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE left_over (a INTEGER)")
    assert migrating.differences(database)


def test_the_index_of_search_is_no_difference(database: Database) -> None:
    migrating.upgrade(database)
    with database.writing() as tx:
        tx.exec_driver_sql("CREATE VIRTUAL TABLE search_index USING fts5(title)")
    assert migrating.differences(database) == []


MIGRATE = """
import sys
from lms.storage import migrating
from lms.storage.database import open_database
database = open_database(f"sqlite:///{sys.argv[1]}")
print("ready", flush=True)
migrating.upgrade(database)
"""


@pytest.mark.slow
def test_a_killed_migration_can_be_run_again(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    for tenths in range(6):
        process = subprocess.Popen([sys.executable, "-c", MIGRATE, str(path)], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(tenths * 0.03)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    database = open_database(f"sqlite:///{path}")
    migrating.upgrade(database)
    assert migrating.differences(database) == []
