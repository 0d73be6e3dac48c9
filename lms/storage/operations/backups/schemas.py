"""Schemas of a PostgreSQL database: where a restore makes its tables ready, and where it keeps the old ones.

All tables change places in one transaction, so a process that is killed leaves the old ones or the new ones.
Nothing here is for SQLite, where a database is a file. Holds no rule about when.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lms.core.errors import NotAllowed, Unavailable
from lms.storage.database import Database, Tx, open_database

STAGED, BEFORE = "parvis_staged_", "parvis_before_"
_PATIENCE = "SET LOCAL lock_timeout = '10s'"
#: Tables, views and counters of a schema; a counter that belongs to a column goes with its table.
_THINGS = """SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = :schema AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT EXISTS (
  SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e')) ORDER BY c.relname"""
_KINDS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "S": "SEQUENCE"}
_OTHERS = """SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()
 AND NOT pg_has_role(current_user, tableowner, 'MEMBER')"""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def check_rights(database: Database) -> None:
    """Refuse a role that could not make tables ready or put them in their place, before anything is done.

    Raises: NotAllowed `database.no-right`; Unavailable `database.unavailable`.
    """
    with database.reading() as tx:
        may = tx.exec_driver_sql("SELECT has_database_privilege(current_database(), 'CREATE')").scalar()
        mine = tx.exec_driver_sql("SELECT has_schema_privilege(current_schema(), 'CREATE')").scalar()
        others = tx.exec_driver_sql(_OTHERS).scalar()
        who, where = tx.exec_driver_sql("SELECT current_user, current_database()").one()
    if not may or not mine or others:
        raise NotAllowed("database.no-right", role=who, database=where)


@contextmanager
def opened_in(database: Database, schema: str) -> Iterator[Database]:
    """Make a schema, and open the database so that everything happens in it alone."""
    with database.writing() as tx:
        tx.exec_driver_sql(f"CREATE SCHEMA {_quoted(schema)}")
    url = database.engine.url
    given = url.query.get("options", "")
    options = f"{given if isinstance(given, str) else ' '.join(given)} -csearch_path={schema}".strip()
    inside = open_database(url.update_query_dict({"options": options}).render_as_string(hide_password=False))
    try:
        yield inside
    finally:
        inside.engine.dispose()


def names(database: Database, beginning: str) -> tuple[str, ...]:
    """List the schemas whose name begins so."""
    query = text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :beginning) ORDER BY nspname")
    with database.reading() as tx:
        return tuple(tx.execute(query, {"beginning": beginning}).scalars())


def _things(tx: Tx, schema: str) -> list[tuple[str, str]]:
    return [(name, _KINDS[kind]) for name, kind in tx.execute(text(_THINGS), {"schema": schema})]


def exchange(database: Database, staged: str, before: str) -> None:
    """Put the tables of one schema where the site looks, and those that were there into another.

    When the staged schema is gone, this has been done already.

    Raises: Unavailable `database.unavailable`.
    """
    try:
        _exchange(database, staged, before)
    except DBAPIError as problem:
        raise Unavailable("database.unavailable") from problem


def _exchange(database: Database, staged: str, before: str) -> None:
    with database.writing() as tx:
        tx.exec_driver_sql(_PATIENCE)
        here = tx.exec_driver_sql("SELECT current_schema()").scalar_one()
        ready = _things(tx, staged)
        if not ready:
            return
        tx.exec_driver_sql(f"CREATE SCHEMA {_quoted(before)}")
        for source, target, things in ((here, before, _things(tx, here)), (staged, here, ready)):
            for name, kind in things:
                tx.exec_driver_sql(
                    f"ALTER {kind} {_quoted(source)}.{_quoted(name)} SET SCHEMA {_quoted(target)}"
                )
        tx.exec_driver_sql(f"DROP SCHEMA {_quoted(staged)}")


def drop(database: Database, schema: str) -> None:
    """Drop a schema with everything in it; what is not there need not be dropped."""
    with database.writing() as tx:
        tx.exec_driver_sql(f"DROP SCHEMA IF EXISTS {_quoted(schema)} CASCADE")
