"""`lms help-line`: each line with how it stands, and a call noted down."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from tests.builders import a_context
from tests.builders_content import change, sample_site

LINES = "courses/help-lines.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = sample_site(tmp_path / "own")
    change(made, LINES, '  number: "555-0102"\n', "")
    a_context(tmp_path / "data", site=made).database.engine.dispose()
    return made


def run(site: Path, *arguments: str) -> Result:
    environ = {"LMS_DATA": str(site.parent / "data"), "LMS_SITE": str(site), "LANG": "C"}
    return CliRunner(env=environ).invoke(main, ["help-line", *arguments])


def test_each_line_is_listed_with_how_it_stands(site: Path) -> None:
    change(site, LINES, 'checked: "2026-11-01"', 'read: "2020-01-01"\n  sources: [a page]\n  checked: null')
    listed = run(site, "list").output.splitlines()
    assert listed[0].startswith("emergency  9-1-1  ")
    assert listed[1::2] == [
        "  number hidden: not found in a public source or confirmed in the last 180 days",
        "  number hidden: not found in a public source or confirmed in the last 180 days",
        "  no number yet, not shown",
    ]


def test_a_call_is_noted_for_today(site: Path) -> None:
    done = run(site, "confirm", "emergency", "legal-aid-on")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[1] == "Confirmed today: Legal aid, 555-0101"
    assert "  confirmed on " in run(site, "list").output


def test_what_was_read_today_is_still_to_be_confirmed(site: Path) -> None:
    run(site, "confirm", "legal-aid-on")
    text = (site / LINES).read_text()
    (site / LINES).write_text(
        text[::-1].replace("checked:"[::-1], "sources: [a page]\n  read:"[::-1], 2)[::-1]
    )
    assert "found in a public source on " in run(site, "list").output


def test_a_name_that_is_not_there_is_refused_with_where_to_look(site: Path) -> None:
    refusal = run(site, "confirm", "gone")
    assert refusal.exit_code != 0
    assert "lms help-line list" in refusal.output
