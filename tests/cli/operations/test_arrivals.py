"""What comes with a newer program waits, overwrites nothing, and is taken when somebody says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from lms.cli.operations import arrivals
from lms.core.errors import NotFound
from lms.settings import Settings, from_environment
from tests.builders import SITE
from tests.builders_learning import refused

COURSE, VERSION = "sample-course", "1.0.0"
BUNDLED = ("accessibility", "1.0.0")  # what the program itself comes with


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return an installation that was made before its program came with a course."""
    (tmp_path / "data" / "site" / "courses").mkdir(parents=True)
    return from_environment({"LMS_DATA": str(tmp_path / "data")})


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner(env={"LMS_DATA": str(settings.data), "LANG": "C"}).invoke(main, [*arguments])


def test_an_upgrade_names_what_came_and_a_word_publishes_it(settings: Settings) -> None:
    assert run(settings, "setup").exit_code == 0
    told = run(settings, "upgrade")
    assert told.exit_code == 0, told.output
    assert f"Included with this program: {BUNDLED[0]} {BUNDLED[1]}" in told.output
    taken = run(settings, "adopt", *BUNDLED, "--bundled")
    assert taken.exit_code == 0, taken.output
    assert f"Published: {BUNDLED[0]} {BUNDLED[1]}" in taken.output
    assert BUNDLED not in arrivals.waiting(settings)
    assert (settings.site / "courses" / BUNDLED[0] / "course.yaml").exists()


def test_a_version_of_a_course_that_is_here_brings_its_sealed_files_only(settings: Settings) -> None:
    mine = settings.site / "courses" / COURSE / "course.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    arrivals.take(settings, COURSE, VERSION, SITE)
    assert mine.read_text() == "mine"
    copied = {path.relative_to(settings.site) for path in settings.site.rglob("*") if path.is_file()}
    assert not [path for path in copied if "draft" in path.parts or path.name == "draft.yaml"]
    assert Path("courses", COURSE, "releases", f"{VERSION}.yaml") in copied
    assert [path for path in copied if path.parts[:2] == ("quizzes", COURSE)]


def test_what_did_not_come_cannot_be_taken(settings: Settings) -> None:
    with refused(NotFound, "release.unknown"):
        arrivals.take(settings, COURSE, "9.9.9", SITE)


def test_a_site_that_is_the_bundled_one_waits_for_nothing(settings: Settings) -> None:
    assert arrivals.waiting(settings, SITE) == ((COURSE, VERSION),)
    assert arrivals.waiting(settings, settings.site) == ()
