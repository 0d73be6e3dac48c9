"""Rows travel: from either database to either, each value the same; what does not fit is refused in words."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, create_engine, func, insert, select

from lms.core.errors import Invalid, NotAllowed, Unavailable
from lms.storage.database import Database, open_database
from lms.storage.migrations import migrating
from lms.storage.operations.backups import erasures, portable, schemas, snapshot
from lms.storage.tables.everything import metadata
from lms.storage.tables.operations import audit
from tests.builders_learning import refused

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not POSTGRES, reason="no server"))]
ODD = 'œ ’ 𐍈 \u202e \t\n « » \\ " é e\u0301'


def admin(*statements: str, name: str = "postgres") -> None:
    engine = create_engine(POSTGRES.format(name), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for one in statements:
            connection.exec_driver_sql(one)
    engine.dispose()


@pytest.fixture
def made(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Return an empty database of the kind that is asked for, without tables."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path / 'made.sqlite3'}")
        yield database
        database.engine.dispose()
        return
    name = f"portable_{os.getpid()}"
    admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    database = open_database(POSTGRES.format(name))
    yield database
    database.engine.dispose()
    admin(f'DROP DATABASE "{name}" WITH (FORCE)')


def a_value(column: object, row: int) -> object:
    kind = getattr(column, "type")  # noqa: B009  # of a column
    if isinstance(kind, Boolean):
        return row % 2 == 1
    if isinstance(kind, Integer):
        return row
    if isinstance(kind, LargeBinary):
        return bytes([0, 255, row])
    length = getattr(kind, "length", None)
    return f"{row}" if length else f"{row} {ODD}"


def fill(database: Database) -> None:
    """Put two rows into every table; every reference leads to the row with the same number."""
    with database.writing() as tx:
        for table in metadata.sorted_tables:
            rows = [{one.name: a_value(one, row) for one in table.columns} for row in (1, 2)]
            tx.execute(insert(table), rows)


def a_row(**changes: object) -> list[object]:
    """Return a row of the audit trail."""
    values: dict[str, object] = {"seq": 1, "at": 1, "actor": "a", "deed": "d", "object": "o", **changes}
    return [values.get(column.name, "") for column in audit.columns]


def written(database: Database) -> dict[str, bytes]:
    found = {}
    with database.reading() as tx:
        for table in portable.tables(tx):
            file = io.BytesIO()
            portable.write_rows(tx, table, file)
            found[table.name] = file.getvalue()
    return found


def read(database: Database, rows: dict[str, bytes]) -> None:
    with database.writing() as tx:
        tables = portable.tables(tx)
        for table in tables:
            portable.read_rows(tx, table, io.BytesIO(rows[table.name]))
        portable.go_on_counting(tx, tables)


@pytest.mark.parametrize("made", KINDS, indirect=True)
def test_every_value_of_every_table_travels(made: Database, tmp_path: Path) -> None:
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    for database in (made, other):
        migrating.upgrade(database)
    fill(other)
    rows = written(other)
    assert set(rows) == {table.name for table in metadata.sorted_tables} - {"search_entry", "search_word"}
    assert all(content.count(b"\n") == 3 for content in rows.values())
    read(made, rows)
    assert written(made) == rows
    with made.writing() as tx:
        tx.execute(insert(audit).values(at=1, actor="a", deed="d", object="o"))
        assert tx.execute(select(func.max(audit.c.seq))).scalar_one() == 3
    other.engine.dispose()


@pytest.mark.parametrize("made", KINDS, indirect=True)
def test_what_others_write_meanwhile_is_not_in_it(made: Database) -> None:
    migrating.upgrade(made)
    add = insert(audit).values(at=1, actor="a", deed="d", object="o")
    with made.writing() as tx:
        tx.execute(add)
    with made.reading() as tx:
        first = tx.execute(select(func.count()).select_from(audit)).scalar_one()
        with made.writing() as other:
            other.execute(add)
        assert tx.execute(select(func.count()).select_from(audit)).scalar_one() == first


@pytest.mark.parametrize("made", KINDS, indirect=True)
def test_rows_that_do_not_fit_are_refused(made: Database) -> None:
    migrating.upgrade(made)
    columns = [column.name for column in audit.columns]
    good = a_row()
    wrong: list[object] = [
        good[:-1],
        [*good, ""],
        a_row(seq="1"),
        a_row(seq=True),
        a_row(at=1 << 63),
        a_row(at=1.5),
        a_row(actor=None),
        a_row(actor=["a"]),
        a_row(actor="\ud800"),
        {"seq": 1},
        None,
    ]
    lines = [json.dumps(columns).encode() + b"\n" + json.dumps(one).encode() for one in wrong]
    lines += [b"", b"[]", b"{", json.dumps([*columns, "x"]).encode(), b"[" * 90_000]
    lines += [json.dumps(columns).encode() + b"\n" + b"[" * 90_000]
    twice = json.dumps(good).encode()
    lines += [json.dumps(columns).encode() + b"\n" + twice + b"\n" + twice]
    lines += [b'["' + b"a" * portable.LONGEST_LINE + b'"]']
    for content in lines:
        with refused(Invalid, "backup.damaged"), made.writing() as tx:
            table = next(one for one in portable.tables(tx) if one.name == "audit")
            portable.read_rows(tx, table, io.BytesIO(content))
    with made.writing() as tx, refused(Invalid, "backup.damaged"):
        link = next(one for one in portable.tables(tx) if one.name == "audit_chain")
        names = [column.name for column in link.columns]
        row = [{"link": 1, "seq": 7, "digest": "leads nowhere"}[name] for name in names]
        portable.read_rows(tx, link, io.BytesIO("\n".join(map(json.dumps, (names, row))).encode()))


@pytest.mark.parametrize("made", KINDS, indirect=True)
def test_a_sign_that_one_database_cannot_keep_is_replaced_there(made: Database) -> None:
    migrating.upgrade(made)
    columns = [column.name for column in audit.columns]
    content = "\n".join(map(json.dumps, [columns, a_row(object="a\0b")])).encode()
    with made.writing() as tx:
        table = next(one for one in portable.tables(tx) if one.name == "audit")
        portable.read_rows(tx, table, io.BytesIO(content))
        kept = tx.execute(select(audit.c.object)).scalar_one()
    assert kept == ("a\0b" if made.is_sqlite else "a\N{REPLACEMENT CHARACTER}b")


def test_a_database_that_is_damaged_cannot_say_whom_it_erased(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"no database at all" * 500)
    database = open_database(f"sqlite:///{path}")
    with refused(Unavailable, "database.unavailable"):
        erasures.read(database)
    assert not snapshot.is_whole(path)
    database.engine.dispose()


@pytest.mark.skipif(not POSTGRES, reason="TEST_POSTGRES_URL is not set")
@pytest.mark.parametrize("made", ["postgresql"], indirect=True)
def test_a_role_without_rights_is_refused_beforehand(made: Database) -> None:
    migrating.upgrade(made)
    schemas.check_rights(made)
    name = made.engine.url.database
    assert name
    role = f"guest_{os.getpid()}"
    admin(f'CREATE ROLE "{role}" LOGIN', f'GRANT ALL ON SCHEMA public TO "{role}"', name=name)
    guest = open_database(made.engine.url.set(username=role).render_as_string(hide_password=False))
    try:
        with refused(NotAllowed, "database.no-right"):
            schemas.check_rights(guest)
    finally:
        guest.engine.dispose()
        admin(f'REVOKE ALL ON SCHEMA public FROM "{role}"', f'DROP ROLE "{role}"', name=name)


@pytest.mark.skipif(not POSTGRES, reason="TEST_POSTGRES_URL is not set")
@pytest.mark.parametrize("made", ["postgresql"], indirect=True)
def test_schemas_are_made_used_alone_and_dropped(made: Database) -> None:
    with schemas.opened_in(made, "parvis_staged_x") as inside:
        migrating.upgrade(inside)
        assert migrating.differences(inside) == []
    with made.reading() as tx:
        assert portable.tables(tx) == []
    assert schemas.names(made, schemas.STAGED) == ("parvis_staged_x",)
    schemas.exchange(made, "parvis_staged_x", "parvis_before_x")
    schemas.exchange(made, "parvis_staged_x", "parvis_before_x")
    assert schemas.names(made, schemas.STAGED) == ()
    assert migrating.differences(made) == []
    schemas.drop(made, "parvis_before_x")
    schemas.drop(made, "parvis_before_x")
    assert schemas.names(made, schemas.BEFORE) == ()
    assert snapshot.version_of(made)[0].isdigit()
    assert snapshot.empty_log(made)
