"""The steps of the database end in the tables of this version: forward, back and forward with rows."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, text

from lms.core.errors import Conflict
from lms.storage.database import Database, Tx, open_database
from lms.storage.migrations import migrating, steps
from lms.storage.migrations.current import create_all
from lms.storage.tables.everything import metadata
from tests.builders_learning import refused


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return an empty database."""
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


CHAIN = (  # number, after the clock, in whose place: the second was made while the clock was a year ahead
    ("c1", 10, ""),
    ("c3", 30, "c2"),
    ("c4", 40, "c2"),
    ("c2", 9999, "c1"),
)


def test_certificates_are_numbered_by_their_chain(database: Database) -> None:
    migrating.upgrade(database, "0004")
    with database.writing() as tx:
        say = tx.exec_driver_sql
        say("PRAGMA defer_foreign_keys=ON")
        say("INSERT INTO organisation VALUES ('o', '', 0)")
        say("INSERT INTO person VALUES ('p', 'o', 'member', 0, NULL, NULL)")
        say("INSERT INTO enrolment VALUES ('e', 'o', 'p', 'c', '1.0.0', 'en', '', 0, NULL, 1, NULL)")
        for number, at, before in CHAIN:
            row = f"'{number}', 'o', 'p', 'e', 'c', '1.0.0', '', '', '', 'en', 0, 0, 'r{number}', {at}"
            say(f"INSERT INTO certificate VALUES ({row})")  # noqa: S608  # values of ours
            if before:
                event = f"'e{number}', '{before}', 'superseded', '', '', '{number}', 'p', {at}"
                say(f"INSERT INTO certificate_event VALUES ({event})")  # noqa: S608  # values of ours
    migrating.upgrade(database)
    with database.reading() as tx:
        found = tx.exec_driver_sql("SELECT number FROM certificate ORDER BY seq").scalars().all()
        events = tx.exec_driver_sql("SELECT number, other, seq FROM certificate_event ORDER BY 1, 3").all()
    assert found == ["c1", "c2", "c3", "c4"]
    assert [tuple(row) for row in events] == [("c1", "c2", 1), ("c2", "c3", 1), ("c2", "c4", 2)]
    migrating.downgrade(database, "0004")
    with database.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM certificate").scalar_one() == len(CHAIN)


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


@pytest.mark.only_sqlite
def test_the_full_text_table_of_before_goes(database: Database) -> None:
    migrating.upgrade(database, "0004")
    with database.writing() as tx:
        tx.exec_driver_sql("CREATE VIRTUAL TABLE search_index USING fts5(title)")
    migrating.upgrade(database)
    assert migrating.differences(database) == []


MIGRATE = """
import sys
from lms.storage.migrations import migrating
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
        assert process.stdout.readline() == b"ready\n"
        time.sleep(tenths * 0.03)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    database = open_database(f"sqlite:///{path}")
    migrating.upgrade(database)
    assert migrating.differences(database) == []


def test_jobs_and_links_keep_their_order_forward_and_back(database: Database) -> None:
    migrating.upgrade(database, "0004")
    letters = [
        ("c", "letter", '{"letter":"sign-in","code":"x","link":""}'),
        ("a", "letter", '{"letter":"answered","code":"","link":"https://x.example"}'),
        ("b", "release-activated", '{"course":"c"}'),
        ("d", "certificate", '{"number":"n"}'),
    ]
    with database.writing() as tx:
        for id_, kind, payload in letters:
            row = {"id": id_, "kind": kind, "payload": payload}
            tx.execute(
                text(
                    "INSERT INTO job (id, kind, key, payload, run_at) VALUES (:id, :kind, :id, :payload, 0)"
                ),
                row,
            )
        for seq in (1, 2, 4):
            tx.exec_driver_sql(f"INSERT INTO audit VALUES ({seq}, 1, 'a', 'x.y', '', '')")  # noqa: S608  # a number
            tx.exec_driver_sql(f"INSERT INTO audit_chain VALUES ({seq}, 'd{seq}')")  # noqa: S608  # a number
    for _ in range(2):
        migrating.upgrade(database, "0009")
        with database.reading() as tx:
            jobs = tx.exec_driver_sql("SELECT id, seq, urgency FROM job ORDER BY seq").all()
            links = tx.exec_driver_sql("SELECT link, seq, digest FROM audit_chain ORDER BY link").all()
        assert [tuple(row) for row in jobs] == [("a", 1, 1), ("b", 2, 2), ("c", 3, 0), ("d", 4, 1)]
        assert [tuple(row) for row in links] == [(1, 1, "d1"), (2, 2, "d2"), (3, 4, "d4")]
        migrating.downgrade(database, "0004")
        with database.reading() as tx:
            assert tx.exec_driver_sql("SELECT count(*) FROM job").scalar_one() == 4
            assert tx.exec_driver_sql("SELECT max(seq) FROM audit_chain").scalar_one() == 4
