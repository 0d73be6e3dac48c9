"""A backup that lacks what is published says so when it is made, and again when it is restored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from lms.settings import from_environment
from lms.storage.operations.backups import last_backup
from tests.builders import SITE

HELD = "sample-course 1.0.0"
PARTS = (
    "courses",
    "courses/sample-course",
    "courses/sample-course/releases",
    "courses/sample-course/releases/1.0.0.tree.json",
    "courses/sample-course/media",
    "quizzes/sample-course",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an installation, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(SITE, folder / "site", ignore=shutil.ignore_patterns("broken"))
    assert run(folder, "setup").exit_code == 0
    return folder


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Path:
    """Return the folder of an installation of one's own."""
    return shutil.copytree(made, tmp_path / "house", symlinks=True)


def environ(house: Path) -> dict[str, str]:
    return {"LMS_DATA": str(house / "data"), "LMS_SITE": str(house / "site"), "LC_ALL": "en"}


def run(house: Path, *words: str) -> Result:
    return CliRunner().invoke(main, list(words), env=environ(house))


def backed_up(house: Path) -> Result:
    return run(house, "backup", str(house / "x.parvis"), "--without-keys")


@pytest.mark.parametrize("part", PARTS)
def test_what_is_published_behind_a_link_is_missing_and_said(part: str, house: Path) -> None:
    """The site serves it, a backup does not hold it: whoever restores would find no course."""
    there = house / "site" / part
    (house / "disk").mkdir()
    shutil.move(there, house / "disk" / "moved")
    there.symlink_to(house / "disk" / "moved")
    result = backed_up(house)
    assert result.exit_code == 6, result.output
    assert f"Not included because it is a link: {there}" in result.output
    assert HELD in result.output
    assert (house / "x.parvis").exists(), "what learners did is kept all the same"
    assert last_backup.find(house / "data") is None
    shutil.rmtree(house / "site")
    restored = run(house, "restore", str(house / "x.parvis"), "--without-keys")
    assert restored.exit_code == 0, restored.output
    assert f"{HELD} is published, but its files are not in this backup." in restored.output


@pytest.mark.parametrize("change", ["gone", "changed", "another"])
def test_what_is_published_and_gone_or_changed_is_said(change: str, house: Path) -> None:
    releases = house / "site/courses/sample-course/releases"
    if change == "gone":
        shutil.rmtree(house / "site/courses/sample-course")
    elif change == "changed":
        (releases / "1.0.0.tree.json").write_text("{}")
    else:
        lock = releases / "1.0.0.yaml"
        lock.write_text(lock.read_text() + "\n")
    result = backed_up(house)
    assert (result.exit_code, HELD in result.output) == (6, True)


def test_other_links_are_named_and_do_no_harm(house: Path) -> None:
    for name in ("notes", "courses/draft-elsewhere"):
        (house / "site" / name).symlink_to(house)
    (house / "data/blobs/odd").symlink_to(house / "nowhere")
    result = backed_up(house)
    assert result.exit_code == 0, result.output
    assert result.output.count("Not included because it is a link") == 3
    assert last_backup.find(house / "data") is not None


def test_a_site_folder_that_is_a_link_itself_is_backed_up(house: Path) -> None:
    (house / "site").rename(house / "real")
    (house / "site").symlink_to(house / "real")
    assert backed_up(house).exit_code == 0
    assert from_environment(environ(house)).site == house / "site"
