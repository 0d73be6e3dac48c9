"""`lms check` and `lms seal` at a terminal: what they say, and with which exit code they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli.main import main
from lms.core.checks.rules import RULES
from tests.builders_content import broken_site, change, sample_site

GREETING = "courses/sample-course/welcome/draft/01-greeting.en.md"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("LMS_DATA", str(tmp_path / "data"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


def check(run: CliRunner, site: Path, *arguments: str) -> Result:
    return run.invoke(main, ["check", "--site", str(site), *arguments])


def test_a_clean_site_ends_well(run: CliRunner, tmp_path: Path) -> None:
    result = check(run, sample_site(tmp_path / "site"), "--no-advice")
    assert (result.exit_code, result.output) == (0, "Errors: 0. Warnings: 0. Advice: 0.\n")


def test_a_finding_says_where_what_why_and_how(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a path is told as seen from where one stands
    result = check(run, broken_site("alt-missing", tmp_path / "site"), "--no-advice")
    assert result.exit_code == 2
    assert result.output.splitlines() == [
        f"{Path('site') / GREETING}:27:0: error: The picture media/door.svg has no alternative text.",
        "    People who cannot see the picture read or hear this text instead.",
        "    Say in one sentence what the picture is for here, or mark it as decorative.",
        "    alt-missing · WCAG 1.1.1",
        "Errors: 1. Warnings: 0. Advice: 0.",
    ]


def test_warnings_count_only_when_asked(run: CliRunner, tmp_path: Path) -> None:
    site = broken_site("alt-long", tmp_path / "site")
    assert check(run, site).exit_code == 0
    assert check(run, site, "--strict").exit_code == 2


def test_json_is_for_programs(run: CliRunner, tmp_path: Path) -> None:
    result = check(run, broken_site("alt-missing", tmp_path / "site"), "--format", "json", "--no-advice")
    (finding,) = json.loads(result.output)["findings"]
    assert finding["rule"] == "alt-missing"
    assert (finding["line"], finding["reference"]) == (27, "WCAG 1.1.1")


def test_sarif_names_every_rule_and_place(run: CliRunner, tmp_path: Path) -> None:
    result = check(run, broken_site("link-generic", tmp_path / "site"), "--format", "sarif")
    told = json.loads(result.output)
    assert told["version"] == "2.1.0"
    (one,) = told["runs"]
    assert [rule["id"] for rule in one["tool"]["driver"]["rules"]] == list(RULES)
    error = next(found for found in one["results"] if found["ruleId"] == "link-generic")
    place = error["locations"][0]["physicalLocation"]
    assert (error["level"], place["region"]) == ("error", {"startLine": 13, "startColumn": 28})


def test_paths_restrict_and_unknown_ones_are_refused(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = broken_site("alt-missing", tmp_path / "site")
    assert check(run, site, "courses/sample-course/forms").exit_code == 0
    assert check(run, site, "sample-course").exit_code == 2
    assert check(run, site, str(site / "courses")).exit_code == 2
    assert check(run, site, str(site)).exit_code == 2
    assert check(run, site, "gone").exit_code == 3
    monkeypatch.chdir(site / "courses")
    assert check(run, site, "sample-course/welcome").exit_code == 2


def seal(run: CliRunner, site: Path, version: str, *, why: str = "Clearer words.") -> Result:
    arguments = [
        "--by",
        "Sample team",
        "--why",
        f"en={why}",
        "--why",
        "fr=Des mots plus clairs.",
        "--site",
        str(site),
    ]
    return run.invoke(main, ["seal", "sample-course", version, *arguments])


def test_a_draft_is_sealed_once(run: CliRunner, tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    change(site, "courses/sample-course/forms/draft/01-first-form.en.md", "Each question", "Every question")
    result = seal(run, site, "1.1.0")
    assert result.exit_code == 0
    assert result.output.startswith("Sealed: sample-course 1.1.0 (")
    again = seal(run, site, "1.1.0")
    assert again.output.startswith("Already sealed, and unchanged: sample-course 1.1.0 (")
    assert seal(run, site, "1.1.0", why="Other words.").exit_code == 5


def test_a_draft_in_which_nothing_changed_is_refused_in_one_sentence(run: CliRunner, tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    result = seal(run, site, "1.1.0")
    assert result.exit_code == 5
    assert result.output == (
        "Nothing has changed in the draft of sample-course since version 1.0.0 was sealed, "
        "so there is nothing to seal.\n"
    )


def test_a_course_in_french_alone_gives_its_reason_in_french(run: CliRunner, tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    change(site, "courses/sample-course/course.yaml", "required_locales: [en, fr]", "required_locales: [fr]")
    change(site, "courses/sample-course/course.yaml", "offered_locales: [ar]", "offered_locales: [en, ar]")
    arguments = ["seal", "sample-course", "2.0.0", "--by", "Sample team", "--site", str(site)]
    assert run.invoke(main, [*arguments, "--why", "en=Words."]).exit_code == 2
    result = run.invoke(main, [*arguments, "--why", "fr=Des mots."])
    assert result.exit_code == 0, result.output


def test_errors_keep_a_draft_from_being_sealed(run: CliRunner, tmp_path: Path) -> None:
    site = broken_site("alt-missing", tmp_path / "site")
    result = seal(run, site, "1.1.0")
    assert result.exit_code == 2
    assert "Nothing was sealed" in result.stderr
    assert not (site / "courses/sample-course/releases/1.1.0.yaml").exists()


def test_a_version_that_says_too_little_is_refused(run: CliRunner, tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    change(site, "courses/sample-course/course.yaml", "pass_mark: 80", "pass_mark: 75")
    result = seal(run, site, "1.1.0")
    assert result.exit_code == 2
    assert "2.0.0" in result.stderr
    assert (
        run.invoke(
            main,
            ["seal", "gone", "1.0.0", "--by", "x", "--why", "en=x", "--why", "fr=x", "--site", str(site)],
        ).exit_code
        == 3
    )


def test_reading_levels_are_told_for_each_lesson(run: CliRunner, tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    result = check(run, site, "--reading")
    assert result.exit_code == 0
    for words in ("Flesch-Kincaid", "Kandel-Moles", "sample-course", "  welcome/greeting", "  median"):
        assert words in result.output
    assert "sample-course" in check(run, site, "--reading", "courses/sample-course/forms").output
    assert check(run, site, "--reading", "none").exit_code == 3


def test_paths_can_be_opened_from_where_one_stands(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = broken_site("alt-missing", tmp_path / "site")
    for folder in (tmp_path, site, site / "courses" / "sample-course"):
        monkeypatch.chdir(folder)
        told = check(run, site, "--no-advice").output.splitlines()
        places = [line.split(":")[0] for line in told if ": error: " in line or ": warning: " in line]
        assert places
        assert [place for place in places if not Path(place).is_file()] == []


def test_what_blocks_is_told_first(run: CliRunner, tmp_path: Path) -> None:
    site = broken_site("heading-order", tmp_path / "site")
    told = [
        line.split(": ")[1] for line in check(run, site).output.splitlines() if line[:1] not in {" ", "E"}
    ]
    weights = ["error", "warning", "advice"]
    assert told == sorted(told, key=weights.index)
    assert len(set(told)) > 1


def test_a_path_outside_the_site_is_named_with_the_site(run: CliRunner, tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    outside = tmp_path / "elsewhere.md"
    outside.touch()
    for path in (str(outside), "/etc/passwd", "../elsewhere.md"):
        result = check(run, site, path)
        assert result.exit_code == 3
        assert "lms check --site FOLDER" in result.stderr
        assert str(site) in result.stderr


def test_a_folder_without_a_site_is_named(run: CliRunner, tmp_path: Path) -> None:
    result = check(run, tmp_path)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"We cannot find a site in {tmp_path}")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("courses/sample-course/forms/draft/module.yaml", b"title:", b"title: : x"),
        ("courses/sample-course/forms/draft/01-first-form.en.md", b"form", b"form\x92"),
        ("quizzes/sample-course/forms/draft.yaml", b"items:", b"items: : x"),
        ("courses/glossary.yaml", b":", b": : x"),
        ("courses/legislation/sample-code.yaml", b":", b": : x"),
        ("courses/sample-course/course.yaml", b"title:", b"title: : x"),
    ],
)
def test_one_slip_is_one_finding(run: CliRunner, tmp_path: Path, file: str, old: bytes, new: bytes) -> None:
    site = sample_site(tmp_path / "site")
    path = site / file
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    told = json.loads(check(run, site, "--format", "json", "--no-advice").output)["findings"]
    assert [one["file"] for one in told] == [file]
    assert told[0]["rule"] in {"yaml-syntax", "file-encoding"}
