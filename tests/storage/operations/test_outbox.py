"""The outbox: a key once, an order that no clock gives, a payload that is forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql

from lms.actions.context import Context
from lms.core.operations.jobs import Job, Urgency
from lms.storage.operations import outbox
from tests.builders_accounts import clock


def put(context: Context, key: str, *, after: int = 0, urgency: Urgency = Urgency.SOON) -> bool:
    with context.database.writing() as tx:
        return outbox.enqueue(tx, context, "kind", key, {"to": "é"}, after=after, urgency=urgency)


def take(context: Context, *, planned: bool = True, oldest: bool = False) -> Job | None:
    with context.database.writing() as tx:
        return outbox.lease(tx, context.now(), context.new_id(), planned=planned, oldest=oldest)


def taken(context: Context, times: int) -> list[str]:
    return [job.key for _ in range(times) if (job := take(context))]


def test_a_key_is_queued_once(context: Context) -> None:
    assert put(context, "one")
    assert not put(context, "one")


def test_work_for_later_waits(context: Context) -> None:
    put(context, "later", after=60_000)
    assert take(context) is None
    clock(context).move(minutes=1)
    assert take(context, planned=False) is None
    assert take(context) is not None


def test_what_came_first_goes_first_in_the_same_millisecond_and_by_any_clock(context: Context) -> None:
    keys = [f"{number}" for number in range(50)]
    for key in keys:
        put(context, key)
    clock(context).move(days=-365)
    put(context, "last")
    assert taken(context, 60) == [*keys, "last"]


def test_what_somebody_waits_for_goes_first(context: Context) -> None:
    put(context, "sometime", urgency=Urgency.SOMETIME)
    put(context, "soon")
    put(context, "awaited", urgency=Urgency.AWAITED)
    put(context, "second", urgency=Urgency.AWAITED)
    assert taken(context, 3) == ["awaited", "second", "soon"]
    put(context, "third", urgency=Urgency.AWAITED)
    job = take(context, oldest=True)
    assert job is not None
    assert job.key == "sometime"


def test_what_is_done_is_forgotten_but_for_its_key(context: Context) -> None:
    put(context, "one")
    job = take(context)
    assert job is not None
    assert job.payload == {"to": "é"}
    with context.database.writing() as tx:
        assert outbox.state(tx, "one") == "waiting"
        assert outbox.counts(tx) == (1, 0)
        assert outbox.done(tx, job, context.now())
        assert tx.exec_driver_sql("SELECT payload FROM job").scalar() == outbox.EMPTY
        assert outbox.state(tx, "one") == "done"
        assert outbox.state(tx, "none") == ""
        assert outbox.prune(tx, context.now() + 1) == 1
        assert outbox.state(tx, "one") == ""


def test_what_failed_waits_for_somebody_except_letters(context: Context) -> None:
    with context.database.writing() as tx:
        for kind in ("letter", "certificate"):
            outbox.enqueue(tx, context, kind, kind, {"to": "somebody"})
            job = outbox.lease(tx, context.now(), "lease")
            assert job is not None
            assert outbox.fail(tx, job, context.now(), "x")
        assert outbox.counts(tx) == (0, 2)
        assert outbox.prune(tx, context.now() + 1) == 1
        assert outbox.state(tx, "certificate") == "failed"
        assert outbox.find(tx, "none") is None


def test_only_what_is_over_is_forgotten_by_its_key(context: Context) -> None:
    put(context, "one")
    with context.database.writing() as tx:
        outbox.forget(tx, "one")
        assert outbox.state(tx, "one") == "waiting"


def test_nothing_is_queued_when_the_deed_is_taken_back(context: Context) -> None:
    with pytest.raises(ZeroDivisionError), context.database.writing() as tx:
        outbox.enqueue(tx, context, "kind", "one", {"half": 1 / 0})
    with pytest.raises(ZeroDivisionError), context.database.writing() as tx:
        assert outbox.enqueue(tx, context, "kind", "one", {}) / 0
    assert take(context) is None


def test_where_there_is_such_a_thing_locked_rows_are_skipped() -> None:
    query = outbox._waiting(1).with_for_update(skip_locked=True)  # noqa: SLF001  # what another database is told
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy has not typed it
    assert str(query.compile(dialect=dialect)).endswith("FOR UPDATE SKIP LOCKED")
