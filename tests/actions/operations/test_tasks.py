"""What cannot be read is noted once, told to whoever runs the site, and closed when it is whole again."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.catalogue import lookups, reading
from lms.actions.context import Context
from lms.actions.operations import maintenance
from lms.actions.operations import tasks as overseeing
from lms.actions.publishing import adopting
from lms.content.site_folder import SiteFolder
from lms.core.errors import Unavailable
from lms.core.people.actors import NOBODY, SYSTEM, WHOLE_HOUSE
from lms.core.publishing.site import MEDIUM_DAMAGED, NOT_HERE, SHARED_DAMAGED, UNREADABLE
from lms.storage.operations import tasks
from tests.builders import a_context
from tests.builders_content import sample_site
from tests.builders_learning import SAMPLE, SAMPLE_CODE, refused

LESSON = f"courses/{SAMPLE}/welcome/1.0.0/01-greeting.en.md"
TREE = f"courses/{SAMPLE}/releases/1.0.0.tree.json"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def published(tmp_path: Path, site: Path) -> Context:
    context = a_context(tmp_path / "data", site=site)
    adopting.adopt(context, SYSTEM, SAMPLE, "1.0.0")
    return started(context, site)


def started(context: Context, site: Path) -> Context:
    """Start once more: nothing is remembered but what the database holds."""
    return replace(context, library=SiteFolder(site, look_again=0))


def told(context: Context) -> list[tuple[str, str]]:
    with context.database.reading() as tx:
        return [(one.kind, one.about) for one in tasks.open_tasks(tx, WHOLE_HOUSE)]


@pytest.mark.parametrize("file", [LESSON, TREE])
def test_a_damaged_release_is_told_once_and_closed_when_it_is_whole(
    published: Context, site: Path, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    whole = (site / file).read_bytes()
    (site / file).write_bytes(whole[: len(whole) // 2])
    context = started(published, site)
    assert reading.courses(context, NOBODY) == ()
    with refused(Unavailable, "course.unreadable"):
        lookups.sealed(context, SAMPLE, "1.0.0")
    with refused(Unavailable, "course.unreadable"):
        lookups.require_whole(context, SAMPLE, "1.0.0")
    assert overseeing.has_news(context)
    with caplog.at_level(logging.ERROR, "lms.site"):
        assert overseeing.tell_troubles(context, SYSTEM) == 1
    assert caplog.messages == [f"{UNREADABLE}: {SAMPLE} 1.0.0"]
    assert told(context) == [(UNREADABLE, f"{SAMPLE} 1.0.0")]
    reading.courses(context, NOBODY)
    assert not overseeing.has_news(context)
    (site / file).write_bytes(whole)
    assert overseeing.look_over_site(started(context, site), SYSTEM) == ()
    assert told(context) == []


def test_a_round_finds_what_nobody_has_met(published: Context, site: Path) -> None:
    (site / LESSON).unlink()
    (site / "courses/glossary.yaml").write_text(": : x", "utf-8")
    found = overseeing.look_over_site(started(published, site), SYSTEM)
    assert {one.kind for one in found} == {UNREADABLE, SHARED_DAMAGED}
    assert sorted(told(published)) == sorted((one.kind, one.about) for one in found)


def test_another_seal_under_the_number_that_was_adopted_is_met(published: Context, site: Path) -> None:
    with published.database.writing() as tx:
        tx.exec_driver_sql("UPDATE adopted_release SET digest = '" + "0" * 64 + "'")
    (found,) = overseeing.look_over_site(started(published, site), SYSTEM)
    assert (found.kind, found.about) == (UNREADABLE, f"{SAMPLE} 1.0.0")


def test_a_release_that_has_not_arrived_is_a_state_of_its_own(published: Context, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    (empty / "courses").mkdir(parents=True)
    context = started(published, empty)
    with refused(Unavailable, "release.not-here"):
        lookups.sealed(context, SAMPLE, "1.0.0")
    with refused(Unavailable, "release.not-here"):
        reading.course(context, NOBODY, SAMPLE_CODE)
    assert (NOT_HERE, f"{SAMPLE} 1.0.0") in {
        (one.kind, one.about) for one in overseeing.look_over_site(context, SYSTEM)
    }


def test_a_database_with_its_tables_is_well(context: Context) -> None:
    assert maintenance.is_well(context, NOBODY)


def test_a_damaged_picture_opens_a_task_that_stays_until_it_is_whole(published: Context, site: Path) -> None:
    path = min((site / f"courses/{SAMPLE}/media").iterdir())
    whole, file = path.read_bytes(), path.relative_to(site).as_posix()
    path.write_bytes(whole + b" ")
    context = started(published, site)
    with refused(Unavailable, "media.unreadable"):
        reading.medium(context, NOBODY, path.stem)
    overseeing.tell_troubles(context, SYSTEM)
    assert told(context) == [(MEDIUM_DAMAGED, file)]
    overseeing.look_over_site(started(context, site), SYSTEM)
    assert (MEDIUM_DAMAGED, file) in told(context)
    path.write_bytes(whole)
    assert overseeing.look_over_site(started(context, site), SYSTEM) == ()
    assert told(context) == []
