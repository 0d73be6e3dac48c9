"""The outbox: a key once, an order by time, a payload that is forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql

from lms.actions.desk import Desk
from lms.storage import outbox
from tests.builders_accounts import clock


def put(desk: Desk, key: str, *, after: int = 0) -> bool:
    with desk.database.writing() as tx:
        return outbox.enqueue(tx, desk, "kind", key, {"to": "é"}, after=after)


def take(desk: Desk) -> outbox.Job | None:
    with desk.database.writing() as tx:
        return outbox.lease(tx, desk.now())


def test_a_key_is_queued_once(desk: Desk) -> None:
    assert put(desk, "one")
    assert not put(desk, "one")


def test_work_for_later_waits(desk: Desk) -> None:
    put(desk, "later", after=60_000)
    assert take(desk) is None
    clock(desk).move(minutes=1)
    assert take(desk) is not None


def test_what_has_waited_longest_goes_first(desk: Desk) -> None:
    put(desk, "second", after=2)
    put(desk, "first", after=1)
    clock(desk).move(minutes=1)
    assert [job.key for job in (take(desk), take(desk)) if job] == ["first", "second"]


def test_what_is_done_is_forgotten_but_for_its_key(desk: Desk) -> None:
    put(desk, "one")
    job = take(desk)
    assert job is not None
    assert job.payload == {"to": "é"}
    with desk.database.writing() as tx:
        assert outbox.state(tx, "one") == "waiting"
        assert outbox.counts(tx) == (1, 0)
        assert outbox.done(tx, job, desk.now())
        assert tx.exec_driver_sql("SELECT payload FROM job").scalar() == outbox.EMPTY
        assert outbox.state(tx, "one") == "done"
        assert outbox.state(tx, "none") == ""
        assert outbox.prune(tx, desk.now() + 1) == 1
        assert outbox.state(tx, "one") == ""


def test_nothing_is_queued_when_the_deed_is_taken_back(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.database.writing() as tx:
        outbox.enqueue(tx, desk, "kind", "one", {"half": 1 / 0})
    with pytest.raises(ZeroDivisionError), desk.database.writing() as tx:
        assert outbox.enqueue(tx, desk, "kind", "one", {}) / 0
    assert take(desk) is None


def test_where_there_is_such_a_thing_locked_rows_are_skipped() -> None:
    query = outbox._waiting(1).with_for_update(skip_locked=True)  # noqa: SLF001  # what another database is told
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy has not typed it
    assert str(query.compile(dialect=dialect)).endswith("FOR UPDATE SKIP LOCKED")
