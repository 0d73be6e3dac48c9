"""Work in a forked process: what it returns and refuses comes back, what it breaks does not."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

from lms.actions.context import Context
from lms.cli.serving.elsewhere import elsewhere
from lms.core.errors import Conflict
from lms.storage.operations import tasks
from tests.builders_learning import a_member


def test_what_it_returns_comes_back_from_another_process(context: Context) -> None:
    def work(_context: Context, given: str) -> tuple[str, int]:
        return given, os.getpid()

    said, pid = elsewhere(work)(context, "zq")
    assert said == "zq"
    assert pid != os.getpid()


def test_what_it_writes_is_there_and_the_connections_of_both_go_on(context: Context) -> None:
    a_member(context, "before")

    def work(inner: Context) -> None:
        with inner.database.writing() as tx:
            tasks.open_task(tx, inner.new_id(), "zqtask", "one", now=inner.now())

    elsewhere(work)(context)
    with context.database.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM task WHERE kind = 'zqtask'").scalar() == 1
    a_member(context, "after")


def test_a_refusal_comes_back_as_it_is(context: Context) -> None:
    def refuse(_context: Context) -> NoReturn:
        raise Conflict("disk.in-use", zq="zq")

    with pytest.raises(Conflict) as refused:
        elsewhere(refuse)(context)
    assert (refused.value.code, refused.value.params) == ("disk.in-use", {"zq": "zq"})


@pytest.mark.parametrize("way", ["raises", "ends"])
def test_what_ends_its_process_ends_nothing_else(context: Context, way: str) -> None:
    def break_(_context: Context) -> None:
        if way == "raises":
            raise ValueError("zqtypedtext")
        os._exit(0)

    with pytest.raises(ChildProcessError):
        elsewhere(break_)(context)
