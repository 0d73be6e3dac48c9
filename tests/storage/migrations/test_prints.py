"""Certificates get their prints, and the way back keeps the one that was issued and erases the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.storage.database import Database, open_database
from lms.storage.migrations import migrating

BLOB, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Give a database as it was, with certificates: made, unreadable, erased."""
    made = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    migrating.upgrade(made, "0010")
    with made.writing() as tx:
        say = tx.exec_driver_sql
        say("INSERT INTO organisation VALUES ('o', '', 0)")
        say("INSERT INTO person VALUES ('p', 'o', 'member', 0, NULL, NULL)")
        say("INSERT INTO enrolment VALUES ('e', 'o', 'p', 'c', '1.0.0', 'en', '', 0, NULL, 1, NULL)")
        for seq, number in enumerate(("n1", "n2", "n3"), start=1):
            say(
                """INSERT INTO certificate (number, organisation_id, person_id, enrolment_id, course_id,
                version, law_as_of, completed_on, issued_on, locales, neutral, specimen, request, seq, at)
                VALUES (?, 'o', 'p', 'e', 'c', '1.0.0', '', '', '', 'en', 0, 0, ?, ?, 1)""",
                (number, number, seq),
            )
        for number, content in (("n1", '{"issuer":"House"}'), ("n2", "x")):
            say(
                """INSERT INTO certificate_payload (number, name, content, blob, commitment)
                VALUES (?, 'N', ?, ?, '')""",
                (number, content, BLOB if number == "n1" else ""),
            )
    return made


def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    with database.reading() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(query)]


def test_forward_and_back(database: Database) -> None:
    migrating.upgrade(database)
    assert rows(database, "SELECT number, issuer FROM certificate ORDER BY 1") == [
        ("n1", "House"),
        ("n2", ""),
        ("n3", ""),
    ]
    prints = "SELECT number, locales, content, blob FROM certificate_print ORDER BY 1, 2"
    kept = [("n1", "en", '{"issuer":"House"}', BLOB), ("n2", "en", "x", "")]
    assert rows(database, prints) == kept
    with database.writing() as tx:
        tx.exec_driver_sql("INSERT INTO certificate_print VALUES ('n1', 'fr', '{}', ?)", (OTHER,))
        tx.exec_driver_sql("INSERT INTO certificate_print VALUES ('n1', 'en fr', '{}', '')")
        tx.exec_driver_sql(
            """INSERT INTO job (id, kind, key, payload, run_at)
            VALUES ('1', 'certificate', 'certificate:n1:en fr', '{}', 0),
            ('2', 'certificate', 'certificate:n2', '{}', 0)"""
        )
    migrating.downgrade(database, "0010")
    assert rows(database, "SELECT number, content, blob FROM certificate_payload ORDER BY 1") == [
        ("n1", '{"issuer":"House"}', BLOB),
        ("n2", "x", ""),
    ]
    jobs = rows(database, "SELECT kind, payload FROM job ORDER BY kind")
    assert jobs == [("certificate", "{}"), ("erase-blob", f'{{"digest": "{OTHER}"}}')]
    migrating.upgrade(database)
    assert migrating.differences(database) == []
    assert rows(database, prints) == kept
