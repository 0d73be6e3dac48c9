"""Roles become grants of everything, rows learn whose they are, and the way back gives nobody more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lms.storage.database import Database, open_database
from lms.storage.migrations import migrating
from lms.storage.migrations.steps import FOLDER

STEP = "0007"
HOUSE = "0" * 26
WHEN = 1_795_360_000_000


def before(step: str) -> str:
    """Return the step that comes right before one."""
    script = next((FOLDER / "versions").glob(f"{step}_*.py")).read_text("utf-8")
    found = re.search(r'^down_revision: str \| None = "(\w+)"', script, re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Give a database as it was before this step, with a row of each kind."""
    made = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    migrating.upgrade(made, before(STEP))
    with made.writing() as tx:
        for statement in ROWS:
            tx.exec_driver_sql(statement)
    return made


ROWS = (
    "INSERT INTO organisation (id, name, created_at) VALUES ('00000000000000000000000000', '', 0)",
    """INSERT INTO person (id, organisation_id, kind, created_at)
    VALUES ('sam', '00000000000000000000000000', 'member', 1)""",
    """INSERT INTO person_role (person_id, role, at)
    VALUES ('sam', 'learner', 1795360000000), ('sam', 'admin', 1795360000000)""",
    """INSERT INTO barrier_report
    (id, organisation_id, person_id, course_id, version, place, locale, kind, text, contact, at)
    VALUES ('report', '00000000000000000000000000', 'sam',
    'a-course', '1.0.0', '', 'fr', 'wrong', 'x', '', 1)""",
    """INSERT INTO recognition
    (id, organisation_id, person_id, course_id, learned, provider, period, at)
    VALUES ('request', '00000000000000000000000000', 'sam', 'a-course', 'x', 'y', 'z', 1)""",
    """INSERT INTO task (id, kind, about, opened_at) VALUES ('1', 'barrier-report', 'report', 1),
    ('2', 'recognition', 'request', 1), ('3', 'job-failed', 'certificate', 1),
    ('4', 'barrier-report', 'gone', 1)""",
    """INSERT INTO audit (at, actor, deed, object) VALUES (1, 'sam', 'x', 'y'), (1, 'system', 'x', 'y'),
    (1, '', 'x', 'y')""",
    """INSERT INTO job (id, kind, key, payload, run_at) VALUES
    ('1', 'letter', 'letter:recognition:request', '{}', 0), ('2', 'letter', 'letter:x', '{}', 0),
    ('3', 'certificate', 'certificate:unknown', '{}', 0)""",
)


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.reading() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(query)]


def test_forward_keeps_everything_and_says_whose_it_is(database: Database) -> None:
    migrating.upgrade(database)
    grants = "SELECT person_id, role, organisation_id, course_id, locale, at FROM role_grant ORDER BY role"
    assert rows(database, grants) == [
        ("sam", "admin", "", "", "", WHEN),
        ("sam", "learner", "", "", "", WHEN),
    ]
    assert rows(database, "SELECT organisation_id, course_id, locale FROM task ORDER BY id") == [
        (HOUSE, "a-course", "fr"),
        (HOUSE, "a-course", ""),
        ("", "", ""),
        ("", "", ""),
    ]
    assert rows(database, "SELECT organisation_id FROM audit ORDER BY seq") == [(HOUSE,), ("",), ("",)]
    assert rows(database, "SELECT organisation_id FROM job ORDER BY id") == [(HOUSE,), ("",), ("",)]


def test_back_keeps_what_reached_everything_and_makes_nothing_reach_further(database: Database) -> None:
    migrating.upgrade(database)
    with database.writing() as tx:
        tx.exec_driver_sql(
            """INSERT INTO role_grant (person_id, role, organisation_id, course_id, locale, at)
            VALUES ('sam', 'author', '00000000000000000000000000', '', '', 1),
            ('sam', 'author', '', '', 'fr', 1)"""
        )
    migrating.downgrade(database, before(STEP))
    assert rows(database, "SELECT role, at FROM person_role ORDER BY role") == [
        ("admin", WHEN),
        ("learner", WHEN),
    ]
    assert len(rows(database, "SELECT id FROM task")) == 4
    assert len(rows(database, "SELECT seq FROM audit")) == 3
    migrating.upgrade(database)
    assert migrating.differences(database) == []
