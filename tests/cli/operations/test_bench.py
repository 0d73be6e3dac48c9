"""`lms bench`: measures, says how, and writes figures that a program can read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lms.cli.main import main


@pytest.mark.slow
def test_it_measures_and_tells(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    wanted = [
        argument
        for case in ("lesson", "save", "submit", "layout", "pipeline")
        for argument in ("--only", case)
    ]
    told = CliRunner().invoke(
        main, ["bench", "--rounds", "1", "--lessons", "20", "--json", str(target), *wanted]
    )
    assert told.exit_code == 0, told.output
    assert "reference" in told.output
    figures = {one["name"]: one for one in json.loads(target.read_text("utf-8"))["figures"]}
    assert len(figures) == 6
    lesson = figures["lesson page, signed in"]
    assert lesson["facts"]["statements"] <= 2
    assert lesson["facts"]["bytes sent"] <= 10_000
    assert all(one["cpu"] > 0 and one["p50"] <= one["p99"] for one in figures.values())


def test_a_name_that_it_does_not_know_is_told_with_those_that_it_knows() -> None:
    told = CliRunner(env={"LC_ALL": "fr_CA.UTF-8"}).invoke(main, ["bench", "--only", "nonsense"])
    assert told.exit_code == 2
    assert "nonsense" in told.stderr
    names = ("lesson", "save", "submit", "sign-in", "first-view", "forget", "layout", "pipeline", "check")
    assert [name for name in names if name not in told.stderr] == []
    assert "Choisissez parmi" in told.stderr
