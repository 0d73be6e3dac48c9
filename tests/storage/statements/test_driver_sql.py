"""Statements that go straight to the driver fail and are counted like all others."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.core.errors import Unavailable
from lms.storage.statements.driver_sql import statement
from tests import builders_learning as make
from tests.builders_learning import refused

BROKEN = statement("SELECT nothing FROM nowhere WHERE a = ?")
ADD = statement("INSERT INTO task (id, kind, about, opened_at) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING")
ALL = statement("SELECT GLUE(about, ' '), EACH(kind) FROM task WHERE <which>", which="opened_at >= ?")


def test_a_fault_of_the_database_is_told_as_one(context: Context) -> None:
    with refused(Unavailable, "database.unavailable"), context.database.reading() as tx:
        BROKEN.first(tx, 1)


@pytest.mark.only_sqlite
def test_a_locked_database_is_told_as_one_and_reading_goes_on(context: Context, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "data" / "parvis.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with refused(Unavailable, "database.unavailable"), context.database.writing() as tx:
        ADD.run(tx, "1", "k", "a")
    with context.database.reading() as tx:
        assert ALL.first(tx, 0) == (None, None)
    other.execute("ROLLBACK")
    other.close()
    with context.database.writing() as tx:
        assert ADD.run(tx, "1", "k", "a") == 1


def test_changes_are_counted_and_come_back(context: Context) -> None:
    with make.statements(context) as sent, context.database.writing() as tx:
        assert ADD.run(tx, "1", "k", "a") == 1
        assert ADD.run(tx, "1", "k", "a") == 0
        ADD.run_many(tx, [("2", "k", "b"), ("3", "other", "c")])
        ADD.run_many(tx, [])
        (row,) = ALL.all(tx, 0)
        assert ALL.first(tx, 1) == (None, None)
    assert sorted(row[0].split(" ")) == ["a", "b", "c"]
    assert set(row[1].split(",")) == {"k", "other"}
    assert len(sent) == 5


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_both_dialects_say_the_same(name: str) -> None:
    spoken = getattr(ALL, name)
    assert ("?" in spoken) == (name == "sqlite")
    assert "<" not in spoken
