"""How the installation is: what waits, what failed, whose keys these are, what is published, on what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lms.actions.context import Context
from lms.actions.operations import background, health, maintenance, setup, tasks
from lms.actions.publishing import adopting
from lms.core.people.actors import SYSTEM
from lms.storage.operations.outbox import enqueue
from lms.trust.keys import open_keys
from tests.builders_accounts import joined


def test_work_that_waits_and_work_that_failed(context: Context) -> None:
    with context.database.writing() as tx:
        for key in ("a", "b"):
            enqueue(tx, context, "letter", key, {})
    job = background.take_job(context, SYSTEM)
    assert job
    background.give_up_job(context, SYSTEM, job, "x")
    assert health.work(context, SYSTEM) == health.WorkToDo(1, {"letter": 1})
    assert len(tasks.waiting_tasks(context, SYSTEM).rows) == 1


def test_whose_keys_these_are(context: Context, tmp_path: Path) -> None:
    assert health.keys_belong(context, SYSTEM) is None
    setup.tie_keys(context, SYSTEM)
    assert health.keys_belong(context, SYSTEM) is True
    assert health.keys_belong(replace(context, keys=open_keys(tmp_path / "others")), SYSTEM) is False


def test_the_newest_entry(context: Context) -> None:
    assert health.newest_entry(context, SYSTEM) == 0
    joined(context)
    assert health.newest_entry(context, SYSTEM) == context.now()


def test_what_is_published(context: Context) -> None:
    assert health.published(context, SYSTEM) == []
    adopting.adopt(context, SYSTEM, "sample-course", "1.0.0")
    ((course, version, digest),) = health.published(context, SYSTEM)
    assert (course, version, len(digest)) == ("sample-course", "1.0.0", 64)


def test_which_database_it_is(context: Context) -> None:
    assert health.database_version(context, SYSTEM).split(".")[0].isdigit()


def test_the_log_is_emptied(context: Context) -> None:
    joined(context)
    assert maintenance.empty_log(context, SYSTEM)
