"""What SQLite is asked for: an acknowledged answer survives a power cut, no reader becomes a writer."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from lms.actions.learning import learning
from lms.core.errors import Unavailable
from tests.attack.digest import database_of
from tests.builders import a_context
from tests.builders_learning import SAMPLE_CODE, a_member, with_sample


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
    ],
)
def test_every_connection_is_prepared(tmp_path: Path, pragma: str, value: object) -> None:
    context = a_context(tmp_path / "data")
    for _ in range(3):
        with context.database.reading() as one, context.database.reading() as two:
            for tx in (one, two):
                assert tx.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        context.database.engine.dispose()


def test_the_wait_for_a_lock_is_short(tmp_path: Path) -> None:
    context = a_context(tmp_path / "data")
    with context.database.reading() as tx:
        assert 500 <= int(tx.exec_driver_sql("PRAGMA busy_timeout").scalar() or 0) <= 3000
    context.database.engine.dispose()


def test_a_write_takes_the_lock_at_its_beginning_and_a_look_never_does(tmp_path: Path) -> None:
    context = with_sample(a_context(tmp_path / "data"))
    who = a_member(context)
    context.database.engine.dispose()
    begun: list[str] = []

    def note(sql: str) -> None:
        if sql.startswith("BEGIN"):
            begun.append(sql)

    for engine in context.database.engines:
        event.listen(engine, "connect", lambda raw, _: raw.set_trace_callback(note))
    learning.enrol(context, who, SAMPLE_CODE, "en")
    learning.my_learning(context, who)
    assert begun == ["BEGIN IMMEDIATE", "BEGIN"]
    context.database.engine.dispose()


def test_a_second_writer_waits_its_turn_and_is_told_when_it_is_too_long(tmp_path: Path) -> None:
    context = with_sample(a_context(tmp_path / "data"))
    who = a_member(context)
    with closing(sqlite3.connect(database_of(tmp_path / "data"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable):
            learning.enrol(context, who, SAMPLE_CODE, "en")
        assert learning.my_course(context, who, SAMPLE_CODE) is None
        other.execute("ROLLBACK")
    assert learning.enrol(context, who, SAMPLE_CODE, "en").enrolled.id
    context.database.engine.dispose()


def test_an_orphan_cannot_be_written(tmp_path: Path) -> None:
    context = a_context(tmp_path / "data")
    with pytest.raises(Exception, match="FOREIGN KEY"), context.database.writing() as tx:
        tx.exec_driver_sql(
            "INSERT INTO enrolment (id, organisation_id, person_id, course_id, version, locale, created_at)"
            " VALUES ('a', 'b', 'c', 'd', '1', 'en', 0)"
        )
    context.database.engine.dispose()


def test_after_one_has_waited_in_vain_the_next_hardly_wait_and_all_is_well_when_the_lock_is_gone(
    tmp_path: Path,
) -> None:
    """A process has one thread: eight writers who wait would keep every reader waiting."""
    context = with_sample(a_context(tmp_path / "data"))
    who = a_member(context)
    with closing(sqlite3.connect(database_of(tmp_path / "data"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waited = []
        for _ in range(4):
            began = time.monotonic()
            with pytest.raises(Unavailable):
                learning.enrol(context, who, SAMPLE_CODE, "en")
            waited.append(time.monotonic() - began)
        other.execute("ROLLBACK")
    assert waited[0] >= 2.5
    assert sum(waited[1:]) < 2.0
    assert learning.enrol(context, who, SAMPLE_CODE, "en").enrolled.id
    with context.database.writing() as tx:
        assert tx.exec_driver_sql("PRAGMA busy_timeout").scalar() == 3000
    context.database.engine.dispose()
