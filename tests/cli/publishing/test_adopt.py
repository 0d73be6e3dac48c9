"""`lms adopt` publishes what is sealed, says what it did, and tells by its exit code what it could not do."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.cli.main import main
from lms.cli.operations.data_lock import hold_sealing
from lms.core.errors import Unavailable
from lms.storage.operations.backups.swap import MARK
from tests import builders_learning as make
from tests.builders import SITE, a_context
from tests.builders_learning import refused


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a copy of the sample site beside an empty installation."""
    copied = tmp_path / "site"
    shutil.copytree(SITE, copied)
    context: Context = a_context(tmp_path / "data", site=copied)
    context.database.engine.dispose()
    return copied


def _run(site: Path, *arguments: str) -> Result:
    environ = {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    return CliRunner(env=environ).invoke(main, ["adopt", *arguments])


def test_everything_that_is_sealed_is_published_once(site: Path) -> None:
    first = _run(site)
    assert first.exit_code == 0
    assert "Published: sample-course 1.0.0" in first.output
    assert "Already published: sample-course 1.0.0" in _run(site).output


def test_a_day_can_be_given_and_taken_back(site: Path) -> None:
    waiting = _run(site, "sample-course", "1.0.0", "--on", "2099-01-31")
    assert "current version as of 31\u00a0January 2099" in waiting.output
    assert "Withdrawn: sample-course 1.0.0" in _run(site, "sample-course", "1.0.0", "--withdraw").output
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


def _edit(site: Path, find: str, put: str) -> None:
    lesson = site / "courses/sample-course/forms/draft/01-first-form.en.md"
    text = lesson.read_text("utf-8")
    assert find in text
    lesson.write_text(text.replace(find, put), "utf-8")


def _seal(site: Path, version: str, *more: str) -> Result:
    environ = {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    said = ["--by", "Sample team", "--why", "en=Clearer words.", "--why", "fr=Des mots plus clairs."]
    return CliRunner(env=environ).invoke(main, ["seal", "sample-course", version, *said, *more])


def _set_up(site: Path) -> None:
    """Make an installation as `lms setup` does, so that sealing finds a database of this version."""
    shutil.rmtree(site.parent / "data")
    environ = {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    assert CliRunner(env=environ).invoke(main, ["setup"]).exit_code == 0


def _with_learners(site: Path, count: int) -> None:
    context = a_context(site.parent / "data", site=site)
    context = replace(context, now=lambda: time.time_ns() // 1_000_000)
    for _ in range(count):
        learning.enrol(context, make.a_member(context), make.SAMPLE_CODE, "en")
    context.database.engine.dispose()


def test_the_way_back_is_named_and_can_be_gone(site: Path) -> None:
    _set_up(site)
    _edit(site, "Each question", "Every question")
    assert _seal(site, "1.1.0").exit_code == 0
    assert "Published: sample-course 1.1.0" in _run(site).output
    old = _run(site, "sample-course", "1.0.0")
    assert old.exit_code == 5
    assert "lms seal sample-course 1.2.0 --from 1.0.0" in old.output
    assert "The current version is 1.1.0" in old.output
    assert _seal(site, "1.2.0", "--from", "1.0.0").output.startswith("Sealed: sample-course 1.2.0")
    assert "Published: sample-course 1.2.0" in _run(site).output
    assert _run(site).exit_code == 0, "what was current before is no fault when everything is adopted"


def test_nothing_is_published_into_the_past(site: Path) -> None:
    past = _run(site, "sample-course", "1.0.0", "--on", "2020-01-01")
    assert past.exit_code == 2
    assert "1\u00a0January 2020 is in the past" in past.output
    assert "Published: sample-course 1.0.0" in _run(site).output, "nothing was written before"


def test_whom_it_touches_is_said_before_it_happens(site: Path) -> None:
    _set_up(site)
    _with_learners(site, 3)
    _edit(site, "Each question", "Every question")
    _seal(site, "1.1.0")
    told = _run(site, "sample-course", "1.1.0")
    assert told.exit_code == 0, "a script is not asked"
    assert "Learners on other versions: 3" in told.output
    assert "moved right away: 3, given a choice first: 0, course already completed: 0" in told.output
    assert told.output.index("Learners") < told.output.index("Published")


def _asked(site: Path, keys: str, *arguments: str) -> tuple[int, str]:
    """Answer at a terminal; give the exit code and what was said."""
    environ = os.environ | {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    terminal, ours = pty.openpty()
    os.write(terminal, keys.encode())
    done = subprocess.run(
        [sys.executable, "-m", "lms.cli.main", "adopt", *arguments],
        check=False,
        stdin=ours,
        capture_output=True,
        env=environ,
        text=True,
    )
    os.close(terminal)
    os.close(ours)
    return done.returncode, done.stdout


def test_a_person_is_asked_and_may_say_no(site: Path) -> None:
    _set_up(site)
    _with_learners(site, 1)
    _edit(site, "Each question", "Every question")
    _seal(site, "1.1.0")
    code, said = _asked(site, "n\n", "sample-course", "1.1.0")
    assert (code, "Publish?" in said, "Published" in said) == (1, True, False)
    code, said = _asked(site, "", "sample-course", "1.1.0", "--yes")
    assert (code, "Publish?" in said, "Published" in said) == (0, False, True)


def test_what_descends_is_taken_back_and_named(site: Path) -> None:
    _set_up(site)
    _edit(site, "Each question", "Every question")
    _seal(site, "1.1.0")
    _edit(site, "Every question", "Any question")
    _seal(site, "1.2.0")
    _run(site, "sample-course", "1.1.0", "--on", "2099-01-01")
    _run(site, "sample-course", "1.2.0", "--on", "2099-02-01")
    told = _run(site, "sample-course", "1.1.0", "--withdraw").output
    assert told.splitlines() == ["Withdrawn: sample-course 1.1.0", "Withdrawn: sample-course 1.2.0"]


def test_a_rival_names_what_it_takes_back(site: Path) -> None:
    _set_up(site)
    _edit(site, "Each question", "Every question")
    _seal(site, "1.1.0")
    _run(site, "sample-course", "1.1.0", "--on", "2099-01-01")
    shutil.move(site / "courses/sample-course/releases/1.1.0.yaml", site / "kept")
    _edit(site, "Every question", "Any question")
    assert _seal(site, "1.2.0").exit_code == 0, "made without knowing of 1.1.0"
    shutil.move(site / "kept", site / "courses/sample-course/releases/1.1.0.yaml")
    told = _run(site, "sample-course", "1.2.0").output
    assert "Version 1.1.0, which was scheduled to follow, will be withdrawn" in told
    assert "Withdrawn: sample-course 1.1.0" in told


def test_sealing_is_one_at_a_time_and_never_during_a_restore(site: Path) -> None:
    _set_up(site)
    data = site.parent / "data"
    with hold_sealing(data):
        assert _seal(site, "1.1.0").exit_code == 5
    (data / MARK).touch()
    assert "A restore was interrupted" in _seal(site, "1.1.0").output
    with refused(Unavailable, "disk.unavailable"), hold_sealing(data / "none"):
        pass


def test_a_reason_names_its_language(site: Path) -> None:
    for wrong in ("Clearer words.", "=Clearer words."):
        told = _seal(site, "1.1.0", "--why", wrong)
        assert (told.exit_code, "for example fr=" in told.output) == (2, True)
    _set_up(site)
    _edit(site, "Each question", "Every question")
    arguments = ["--by", "Sample team", "--why", "en=Clearer words."]
    environ = {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    told = CliRunner(env=environ).invoke(main, ["seal", "sample-course", "1.1.0", *arguments])
    assert (told.exit_code, "en, fr" in told.output) == (2, True)


def test_sealing_refuses_a_database_of_another_version(site: Path) -> None:
    context = a_context(site.parent / "data", site=site)
    with context.database.writing() as tx:
        tx.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        tx.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        tx.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    context.database.engine.dispose()
    told = _seal(site, "1.1.0")
    assert (told.exit_code, "lms setup" in told.output) == (5, True)
