"""Dates: a task opens by itself, once; and a bill that is only assented touches nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.actions.legislation import dates
from lms.content.site_folder import SiteFolder
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.operations import tasks
from tests.builders_content import change
from tests.builders_learning import SAMPLE, refused, wait
from tests.builders_legislation import LAW, a_dossier, a_written_site, an_author, with_event

STAGE = "2027-03-05"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return a_written_site(tmp_path)


@pytest.fixture
def author(context: Context) -> Actor:
    return an_author(context)


def about(context: Context, kind: str) -> list[str]:
    with context.database.reading() as tx:
        return tasks.about(tx, kind)


def test_a_task_opens_ninety_days_before_each_stage_and_once(context: Context, author: Actor) -> None:
    event = f"{LAW}@{with_event(context, author, date=STAGE, event='applies-from')}"
    later = f"{LAW}@{with_event(context, author, date='2028-03-05', event='applies-from')}"
    dates.open_date_tasks(context, SYSTEM)
    assert about(context, "law-date") == []
    wait(context, days=13)  # 90 days before
    assert dates.open_date_tasks(context, SYSTEM) == 1
    assert about(context, "law-date") == [event]
    assert dates.open_date_tasks(context, SYSTEM) == 0
    assert dates.date_tasks(context, author, LAW) == (event,)
    coming = dates.dates(context, author, LAW)
    assert [(one.about, one.is_open) for one in coming] == [(event, True), (later, False)]
    assert len(dates.dates(context, author)) > len(coming)
    for reason in ("", "x" * 2001):
        with pytest.raises(Invalid):
            dates.answer_date(context, author, LAW, event, reason)
    dates.answer_date(context, author, LAW, event, "Nobody outside the federal sphere is touched.")
    with refused(Conflict, "law.date-answered"):
        dates.answer_date(context, author, LAW, event, "Again.")
    assert dates.open_date_tasks(context, SYSTEM) == 0
    assert about(context, "law-date") == []


def test_a_dossier_answers_the_date(context: Context, author: Actor) -> None:
    event = with_event(context, author, date="2026-12-01")
    dates.open_date_tasks(context, SYSTEM)
    assert about(context, "law-date") == [f"{LAW}@{event}"]
    a_dossier(context, author, event)
    assert about(context, "law-date") == []


def test_what_the_register_watches_for_is_a_date_too(context: Context, tmp_path: Path) -> None:
    change(tmp_path / "site", "courses/legislation/register.yaml", "2027-06-01", "2027-06-02")
    wait(context, days=120)
    context = replace(context, library=SiteFolder(tmp_path / "site"))
    dates.open_date_tasks(context, SYSTEM)
    assert sorted(about(context, "law-date")) == [
        "sample-code@2027-06-01/deadline",
        "sample-code@2027-06-02/watch",
    ]


def test_a_statement_past_its_review_opens_a_task_once(context: Context) -> None:
    wait(context, days=170)
    assert dates.open_date_tasks(context, SYSTEM) >= 1
    assert f"{SAMPLE}/welcome/greeting#st1 2027-05-01" in about(context, "statement-review")
    assert dates.open_date_tasks(context, SYSTEM) == 0


def test_a_law_waits_once_something_has_changed_it(context: Context, author: Actor) -> None:
    with_event(context, author, event="introduced")
    with_event(context, author, event="assent")
    with_event(context, author, event="court")
    with_event(context, author, material="no")
    assert dates.waiting_laws(context, author) == ()
    with_event(context, author, event="applies-from")
    made = a_dossier(context, author)
    (one,) = dates.waiting_laws(context, author)
    assert (one.law.id, [event.event for event in one.events]) == (LAW, ["applies-from"])
    assert [found.place for found in one.statements] == ["welcome/greeting#st1"]
    assert one.dossiers == (made,)
