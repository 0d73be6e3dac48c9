"""`lms conformance` shows the record of a release, and adds what people and browsers have found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from tests.builders import SITE, a_context
from tests.builders_learning import SAMPLE, SAMPLE_CODE, with_sample
from tests.core.checks.conformance.test_additions import axe

LONG_AGO = "2026-11-20T00:00:00Z"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    context = with_sample(a_context(tmp_path / "data"))
    context.database.engine.dispose()
    return tmp_path / "data"


def _run(data: Path, *arguments: str, lang: str = "C") -> Result:
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(SITE), "LANG": lang}
    return CliRunner(env=environ).invoke(main, ["conformance", SAMPLE, *arguments])


def test_the_record_is_told_in_the_language_of_the_terminal(data: Path) -> None:
    assert "No issues found by these checks." in _run(data).output
    assert "Non effectuées." in _run(data, "1.0.0", lang="fr_CA.UTF-8").output


def test_the_record_is_written_for_programs(data: Path) -> None:
    assert "@graph" in json.loads(_run(data, "--earl").output)
    assert json.loads(_run(data, "--sarif").output)["version"] == "2.1.0"


def test_a_release_that_is_not_there_is_not_found(data: Path) -> None:
    assert _run(data, "9.0.0").exit_code == 3


def test_results_of_a_browser_are_taken_in(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "axe.json"
    file.write_text(json.dumps([axe(f"/en/c/{SAMPLE_CODE}", timestamp=LONG_AGO)]), "utf-8")
    done = _run(data, "--record", str(file))
    assert done.exit_code == 0, done.output
    assert "axe-core 4.14.2" in done.output
    assert f"/en/c/{SAMPLE_CODE}" in _run(data).output


@pytest.mark.parametrize("raw", ["", "{", "[" * 100_000, "{}"])
def test_a_file_that_holds_none_is_refused(data: Path, tmp_path: Path, raw: str) -> None:
    file = tmp_path / "axe.json"
    file.write_text(raw, "utf-8")
    assert _run(data, "--record", str(file)).exit_code == 2


def test_a_check_by_a_person_is_added(data: Path) -> None:
    how = ("--checked", "keyboard", "--how", "Tab through all.", "--language", "fr", "--on", "2026-11-20")
    assert "Recorded for version 1.0.0." in _run(data, *how).output
    assert "Tab through all." in _run(data).output
    assert _run(data, *how[:2]).exit_code == 2
