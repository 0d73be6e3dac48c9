"""What is erased is gone from the bytes, too: by our own setting, however SQLite was built."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import event

from lms.storage.database import Database, open_database
from lms.storage.operations.backups import snapshot

NAME = "Zq-Somebody-With-A-Name"


def written_and_erased(database: Database) -> bytes:
    """Write names, erase them, and return every byte that is left in the file and beside it."""
    with database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE profile (id INTEGER PRIMARY KEY, name TEXT)")
        for number in range(400):
            tx.exec_driver_sql("INSERT INTO profile (name) VALUES (?)", (f"{NAME} {number}" * 5,))
    with database.writing() as tx:
        tx.exec_driver_sql("DELETE FROM profile WHERE id % 7")
    assert snapshot.empty_log(database)
    path = snapshot.file_of(database)
    database.engine.dispose()
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_erased_names_are_not_in_free_pages(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with database.reading() as tx:
        assert tx.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1
    left = written_and_erased(database)
    assert f"{NAME} 6".encode() in left
    assert not any(f"{NAME} {number}{NAME}".encode() in left for number in range(400) if (number + 1) % 7)


def test_the_test_sees_what_is_left_where_the_setting_is_off(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")

    @event.listens_for(database.engine, "connect")
    def off(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF")

    left = written_and_erased(database)
    assert any(f"{NAME} {number}{NAME}".encode() in left for number in range(400) if (number + 1) % 7)


def test_the_log_is_emptied_unless_somebody_is_at_it(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE a (b TEXT)")
        tx.exec_driver_sql("INSERT INTO a VALUES ('x')")
    log = tmp_path / "x.sqlite3-wal"
    assert log.stat().st_size
    with closing(sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM a").fetchall()
        with database.writing() as tx:
            tx.exec_driver_sql("INSERT INTO a VALUES ('y')")
        assert not snapshot.empty_log(database)
        reader.execute("COMMIT")
    assert snapshot.empty_log(database)
    assert log.stat().st_size == 0
    with database.writing():
        assert not snapshot.empty_log(database)
    database.engine.dispose()
