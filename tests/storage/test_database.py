"""Two ways to speak to a database: a view that cannot write, a transaction that is whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from lms.actions.context import Context
from lms.core.errors import Unavailable
from lms.core.people.actors import WHOLE_HOUSE
from lms.storage.database import Database, Tx, open_database
from lms.storage.operations import tasks
from lms.storage.statements.driver_sql import statement
from lms.storage.tables.learning import task
from tests.builders_learning import refused
from tests.databases import HERE
from tests.races import at_once, refusals

ADD = statement("INSERT INTO task (id, kind, about, opened_at) VALUES (?, ?, ?, 0)")
COUNT = statement("SELECT count(*) FROM task")
ME = statement("SELECT pg_backend_pid()")
END = statement("SELECT pg_terminate_backend(?)")
HOLD = statement("SELECT id FROM task WHERE id = ? FOR UPDATE")


def add(tx: Tx, id_: str, about: str = "") -> None:
    ADD.run(tx, id_, "k", about or id_)


def count(database: Database) -> int:
    with database.reading() as tx:
        (found,) = COUNT.first(tx) or (0,)
        return int(found)


def by_the_toolkit(tx: Tx) -> None:
    tx.execute(insert(task).values(id="x", kind="k", about="a", opened_at=0))


def by_the_driver(tx: Tx) -> None:
    add(tx, "x")


def by_an_index(tx: Tx) -> None:
    tx.exec_driver_sql("CREATE INDEX ix_odd ON task (about)")


@pytest.mark.parametrize("write", [by_the_toolkit, by_the_driver, by_an_index])
def test_nothing_can_be_written_while_reading(context: Context, write: Callable[[Tx], None]) -> None:
    driver = context.database.engine.dialect.loaded_dbapi
    for _ in range(2):  # a connection that was used before refuses too
        with pytest.raises((DBAPIError, driver.Error), match=r"read.?only"), context.database.reading() as tx:
            write(tx)
        assert count(context.database) == 0
        with context.database.writing() as tx:
            tx.exec_driver_sql("DELETE FROM task")


def test_an_action_that_is_declared_to_read_cannot_write(context: Context) -> None:
    """Not even by what it calls (law 4; the decorator of `actions.action` asks for this)."""

    def write() -> None:
        with context.database.writing() as tx:
            add(tx, "1")

    with pytest.raises(RuntimeError, match="declared to read"):
        context.database.look(partial(context.database.attempt, write))
    assert count(context.database) == 0
    context.database.attempt(write)
    assert count(context.database) == 1


def test_reading_is_one_view(context: Context) -> None:
    with context.database.reading() as tx:
        before = tx.execute(select(func.count()).select_from(task)).scalar_one()
        with context.database.writing() as other:
            add(other, "1")
        assert tx.execute(select(func.count()).select_from(task)).scalar_one() == before == 0
    assert count(context.database) == 1


def add_and_fail(tx: Tx) -> None:
    add(tx, "1")
    raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(context: Context) -> None:
    with pytest.raises(ZeroDivisionError), context.database.writing() as tx:
        add_and_fail(tx)
    assert count(context.database) == 0


def test_a_row_that_breaks_a_rule_is_a_fault_of_ours(context: Context) -> None:
    with context.database.writing() as tx:
        add(tx, "1")
    driver = context.database.engine.dialect.loaded_dbapi
    with pytest.raises(driver.IntegrityError), context.database.writing() as tx:
        add(tx, "1")


def test_a_connection_that_is_left_over_is_opened_anew(context: Context) -> None:
    """A pool that is empty refuses within seconds, and is no fault of ours."""
    held = [context.database.engine.connect() for _ in range(4)]
    began = time.monotonic()
    with refused(Unavailable, "database.unavailable"), context.database.writing() as tx:
        add(tx, "1")
    assert time.monotonic() - began < 10
    for one in held:
        one.close()
    with context.database.writing() as tx:
        add(tx, "1")


# --- again -------------------------------------------------------------------------------------------
def nothing_listens(database: Database) -> Database:
    """Return a database at an address where there is none."""
    if database.is_sqlite:
        return open_database("sqlite:////nowhere/at/all.sqlite3")
    return open_database("postgresql+psycopg://parvis@/none?host=/nowhere")


def test_a_database_that_is_not_there_is_told_as_one(context: Context) -> None:
    gone = nothing_listens(context.database)
    for way in (gone.reading, gone.writing):
        with refused(Unavailable, "database.unavailable"), way():
            pass


def test_a_database_without_our_tables_is_told_as_one(context: Context) -> None:
    with context.database.writing() as tx:
        tx.exec_driver_sql("ALTER TABLE task RENAME TO tusk")
    try:
        with refused(Unavailable, "database.unavailable"), context.database.reading() as tx:
            COUNT.first(tx)
        with refused(Unavailable, "database.unavailable"), context.database.reading() as tx:
            tasks.open_tasks(tx, WHOLE_HOUSE)
    finally:
        with context.database.writing() as tx:
            tx.exec_driver_sql("ALTER TABLE tusk RENAME TO task")


@pytest.mark.only_postgresql
def test_a_connection_that_dies_costs_a_second_try(context: Context) -> None:
    tries = []

    def action() -> None:
        with context.database.writing() as tx:
            add(tx, "1")
            tries.append(1)
            if len(tries) == 1:
                end(context, tx)
            add(tx, "2")

    context.database.attempt(action)
    assert (len(tries), count(context.database)) == (2, 2)


def end(context: Context, tx: Tx) -> None:
    """End the connection of a transaction, as a server does that restarts."""
    (mine,) = ME.first(tx) or ("",)
    elsewhere = HERE.keep(open_database(HERE.url(context.settings.data)))
    with elsewhere.reading() as other:
        END.all(other, mine)


@pytest.mark.only_postgresql
def test_what_may_have_been_written_is_not_done_again(context: Context) -> None:
    tries = []

    def action() -> None:
        tries.append(1)
        with context.database.writing() as tx:
            add(tx, "1")
        with context.database.writing() as tx:
            end(context, tx)
            add(tx, "2")

    with refused(Unavailable, "database.unavailable"):
        context.database.attempt(action)
    assert (len(tries), count(context.database)) == (1, 1)


@pytest.mark.only_postgresql
def test_a_connection_that_dies_again_and_again_is_told(context: Context) -> None:
    tries = []

    def action() -> None:
        tries.append(1)
        with context.database.reading() as tx:
            end(context, tx)
            COUNT.first(tx)

    with refused(Unavailable, "database.unavailable"):
        context.database.attempt(partial(context.database.attempt, action))
    assert len(tries) == 4


@pytest.mark.only_postgresql
def test_a_deadlock_is_untied(context: Context) -> None:
    with context.database.writing() as tx:
        add(tx, "1")
        add(tx, "2")

    def both(first: str, second: str) -> None:
        with context.database.writing() as tx:
            HOLD.all(tx, first)
            time.sleep(0.2)
            HOLD.all(tx, second)
            add(tx, first + second)

    def attempt(first: str, second: str) -> None:
        context.database.attempt(partial(both, first, second))

    assert refusals(at_once(partial(attempt, "1", "2"), partial(attempt, "2", "1"))) == []
    assert count(context.database) == 4


@pytest.mark.only_postgresql
def test_a_row_that_another_inserted_is_seen_the_second_time(context: Context) -> None:
    def look_then_insert() -> str:
        with context.database.writing() as tx:
            if COUNT.first(tx) != (0,):
                return "was there"
            time.sleep(0.2)
            add(tx, "1")
            return "inserted"

    came = at_once(*[partial(context.database.attempt, look_then_insert)] * 3)
    assert sorted(map(str, came)) == ["inserted", "was there", "was there"]


@pytest.mark.only_postgresql
def test_a_row_that_is_always_there_is_a_fault_of_ours(context: Context) -> None:
    def insert_twice() -> None:
        with context.database.writing() as tx:
            add(tx, "1")
            add(tx, "1")

    with pytest.raises(context.database.engine.dialect.loaded_dbapi.IntegrityError):
        context.database.attempt(insert_twice)


@pytest.mark.only_postgresql
def test_waiting_for_a_lock_ends(context: Context) -> None:
    with context.database.writing() as tx:
        add(tx, "1")
    began = time.monotonic()
    with context.database.writing() as tx:
        HOLD.all(tx, "1")
        with refused(Unavailable, "database.unavailable"), context.database.writing() as other:
            HOLD.all(other, "1")
    assert 2.5 < time.monotonic() - began < 15


@pytest.mark.only_postgresql
def test_what_an_installation_asks_of_its_connections_is_kept(context: Context) -> None:
    url = HERE.url(context.settings.data)
    one = HERE.keep(open_database(f"{url}&options=-c%20work_mem%3D8MB"))
    with one.reading() as tx:
        assert tx.exec_driver_sql("SHOW work_mem").scalar() == "8MB"
        assert tx.exec_driver_sql("SHOW lock_timeout").scalar() == "3s"
        assert tx.exec_driver_sql("SHOW transaction_isolation").scalar() == "repeatable read"
    with one.writing() as tx:
        assert tx.exec_driver_sql("SHOW transaction_read_only").scalar() == "off"
        assert tx.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
