"""Declaring an action: what is declared to read cannot write, what changes something is done as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.action import ACTIONS, Who, command, query
from lms.actions.context import Context
from lms.core.errors import Invalid
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE, Actor
from lms.storage.operations import tasks
from tests.builders import a_context
from tests.builders_learning import refused


@pytest.fixture(autouse=True)
def _leave_no_action() -> Iterator[None]:
    before = set(ACTIONS)
    yield
    for name in set(ACTIONS) - before:
        del ACTIONS[name]


def test_outside_the_tests_nobody_stands_beside_an_action(context: Context) -> None:
    plain = replace(context, witness=None)
    writes = command("test.writes", by=Who.ANYONE)(_write)
    writes(plain, NOBODY)
    assert opened(plain) == ["about"]


@pytest.mark.parametrize("text", ["zo\0e", "zo\udce9"])
def test_a_text_that_a_database_refuses_is_refused_before_the_action(context: Context, text: str) -> None:
    def echo(_context: Context, _actor: Actor, typed: str) -> str:
        return typed

    said = query("test.says", by=Who.ANYONE)(echo)
    with refused(Invalid, "input.characters"):
        said(context, NOBODY, text)
    assert said(context, NOBODY, "Zoé") == "Zoé"


def test_staff_cannot_save_what_no_page_can_hold(context: Context) -> None:
    def echo(_context: Context, _actor: Actor, typed: str) -> str:
        return typed

    saves = command("test.saves", by=Who.AUTHOR)(echo)
    with refused(Invalid, "input.characters"):
        saves(context, SYSTEM, "a\uffff")
    assert query("test.looks-up", by=Who.AUTHOR)(echo)(context, SYSTEM, "a\uffff") == "a\uffff"


def opened(context: Context) -> list[str]:
    with context.database.reading() as tx:
        return [task.about for task in tasks.open_tasks(tx, WHOLE_HOUSE)]


def _write(context: Context, actor: Actor) -> None:
    with context.database.writing() as tx:
        tasks.open_task(tx, context.new_id(), "kind", "about", now=context.now())


def test_what_is_declared_to_read_cannot_write(context: Context) -> None:
    looks = query("test.looks", by=Who.ANYONE)(_write)
    with pytest.raises(RuntimeError, match="declared to read"):
        looks(context, NOBODY)
    assert opened(context) == []


def test_what_is_declared_to_change_something_may(context: Context) -> None:
    command("test.changes", by=Who.ANYONE)(_write)(context, NOBODY)
    assert opened(context) == ["about"]


def test_two_actions_of_one_name_are_one_too_many(context: Context) -> None:
    command("test.twice", by=Who.ANYONE)(_write)
    with pytest.raises(RuntimeError, match=r"two actions are called test\.twice"):
        query("test.twice", by=Who.ANYONE)(_write)


@pytest.mark.parametrize(
    ("zone", "day", "hour"), [("America/St_Johns", "2026-11-22", 11), ("Pacific/Kiritimati", "2026-11-23", 5)]
)
def test_days_and_times_are_those_of_the_house(tmp_path: Path, zone: str, day: str, hour: int) -> None:
    context = a_context(tmp_path, environ={"TIME_ZONE": zone})
    moment = context.local(context.now())
    assert (context.today(), context.day_of(context.now())) == (day, day)
    assert (moment.date().isoformat(), moment.hour) == (day, hour)
