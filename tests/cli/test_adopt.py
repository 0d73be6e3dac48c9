"""`lms adopt` publishes what is sealed, says what it did, and tells by its exit code what it could not do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions.desk import Desk
from lms.cli.main import main
from tests.builders import SITE, a_desk


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a copy of the sample site beside an empty installation."""
    copied = tmp_path / "site"
    shutil.copytree(SITE, copied)
    desk: Desk = a_desk(tmp_path / "data", site=copied)
    desk.database.engine.dispose()
    return copied


def _run(site: Path, *arguments: str) -> Result:
    environ = {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    return CliRunner(env=environ).invoke(main, ["adopt", *arguments])


def test_everything_that_is_sealed_is_published_once(site: Path) -> None:
    first = _run(site)
    assert first.exit_code == 0
    assert "Published: sample-course 1.0.0" in first.output
    assert "Published before: sample-course 1.0.0" in _run(site).output


def test_a_day_can_be_given_and_taken_back(site: Path) -> None:
    waiting = _run(site, "sample-course", "1.0.0", "--on", "2099-01-31")
    assert "current from 2099-01-31" in waiting.output
    assert "Taken back" in _run(site, "sample-course", "1.0.0", "--withdraw").output
    assert _run(site, "sample-course", "1.0.0", "--withdraw").exit_code == 3


@pytest.mark.parametrize("arguments", [("sample-course",), ("--withdraw",), ("--on", "2099-01-31")])
def test_half_a_wish_is_refused(site: Path, arguments: tuple[str, ...]) -> None:
    assert _run(site, *arguments).exit_code == 2


def test_what_is_not_there_and_what_was_touched_is_refused(site: Path) -> None:
    assert _run(site, "sample-course", "9.9.9").exit_code == 3
    lesson = next((site / "courses/sample-course/welcome/1.0.0").glob("*.md"))
    lesson.write_text(lesson.read_text() + "\nMore.\n")
    told = _run(site)
    assert told.exit_code == 2
    assert "Not published: sample-course 1.0.0" in told.output
