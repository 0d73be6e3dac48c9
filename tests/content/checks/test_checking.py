"""The whole check: a whole site is clean, and each broken sample gives exactly what it must."""

from __future__ import annotations

import re
import sys
import time
from datetime import date
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

import lms
from lms.content.checks.checking import check_site
from lms.content.files.cache import READERS, Cache, program, program_digest
from lms.content.library import Library
from lms.core.checks.rules import RULES
from lms.core.courses.findings import Severity
from lms.rendering.words.findings import finding_words
from tests.builders_checks_doc import PAGE, page
from tests.builders_content import (
    BROKEN,
    SITE,
    TODAY,
    beyond,
    broken_site,
    change,
    expected,
    rules,
    sample_site,
)

HOLE = re.compile(r"%\(\w+\)s")
SAMPLES = sorted(path.name for path in BROKEN.iterdir())


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_sample_site_is_clean(cache: Path) -> None:
    findings = check_site(Library(SITE, cache), TODAY)
    assert [(found.rule, found.severity) for found in findings] == [
        ("help-line-unchecked", Severity.ADVICE)
    ] * 2


def test_every_rule_has_a_sample() -> None:
    assert sorted(RULES) == SAMPLES


@pytest.mark.parametrize("rule", SAMPLES)
def test_a_broken_sample_gives_what_it_must(rule: str, tmp_path: Path, cache: Path) -> None:
    findings = check_site(Library(broken_site(rule, tmp_path), cache), TODAY)
    assert beyond(findings) == expected(rule)["findings"]
    own = [found for found in findings if found.rule == rule]
    assert own
    for found in own:  # whoever makes a finding gives everything that its words need
        words = finding_words(found, lambda sentence: sentence)
        assert not HOLE.search(words.title + words.mend)
        assert words.reference == RULES[rule].reference


def test_the_page_of_rules_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_what_was_found_before_is_found_again(tmp_path: Path) -> None:
    site = broken_site("alt-missing", tmp_path / "site")
    first = check_site(Library(site, tmp_path / "cache"), TODAY)
    assert check_site(Library(site, tmp_path / "cache"), TODAY) == first
    assert check_site(Library(site), TODAY) == first


def test_what_is_kept_is_forgotten_when_anything_it_rests_on_changes(tmp_path: Path) -> None:
    site, kept = sample_site(tmp_path / "site"), tmp_path / "cache"
    before = check_site(Library(site, kept), TODAY)
    assert set(rules(check_site(Library(site, kept), date(2027, 6, 1)))) - set(rules(before)) == {
        "law-review-past",
        "register-review-past",
    }
    change(site, "courses/legislation/sample-act.yaml", "status: in-force", "status: repealed")
    assert "law-repealed" in rules(check_site(Library(site, kept), TODAY))
    change(site, "courses/glossary.yaml", "avoid: {en: [real name]", "avoid: {en: [a smile, hello]")
    assert "word-to-avoid" in rules(check_site(Library(site, kept), TODAY))


def test_a_column_is_told_where_it_is_known(tmp_path: Path) -> None:
    site = broken_site("link-generic", tmp_path)
    (found,) = [one for one in check_site(Library(site), TODAY) if one.rule == "link-generic"]
    line = (site / found.place.file).read_text("utf-8").split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith("click here")


@pytest.mark.parametrize(
    ("only", "count"),
    [
        ((), 2),
        (("sample-course",), 1),
        (("courses",), 2),
        (("courses/sample-course/welcome",), 1),
        (("courses/sample-course/forms", "quizzes"), 0),
        (("courses/glossary.yaml",), 0),
        (("courses/help-lines.yaml",), 1),
    ],
)
def test_a_check_can_be_restricted(tmp_path: Path, only: tuple[str, ...], count: int) -> None:
    site = broken_site("alt-missing", tmp_path)
    change(site, "courses/help-lines.yaml", "checked: null", 'checked: "2026-11-01"')
    assert len(check_site(Library(site), TODAY, only=only)) == count


def test_names_that_only_the_database_knows_stay_away(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    known = {"sample-course": {"question f-q01": "match", "module m7": "gone"}}
    (site / "courses/sample-course/releases/1.0.0.yaml").unlink()
    found = check_site(Library(site), TODAY, known)
    assert set(rules(found)) == {"help-line-unchecked", "kind-changed"}


def test_a_question_that_was_dropped_does_not_come_back(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    sealed_before = {"sample-course": {"question f-q09": "choice"}}
    change(site, "quizzes/sample-course/forms/draft.yaml", "id: f-q05", "id: f-q09")
    found = [one for one in check_site(Library(site), TODAY, sealed_before) if one.rule == "id-recycled"]
    assert [one.params["id"] for one in found] == ["question f-q09"]


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    site, kept = sample_site(tmp_path / "site"), tmp_path / "cache"
    before = check_site(Library(site, kept), TODAY)
    for path in kept.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-9])
    assert check_site(Library(site, kept), TODAY) == before


def test_what_another_version_kept_is_removed(tmp_path: Path) -> None:
    (tmp_path / "content-0000").mkdir()
    (tmp_path / "other").mkdir()
    Cache(tmp_path).put("yaml", "a", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"content-{program()}", "other"]


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    blocked = Cache(tmp_path / "file")
    blocked.put("yaml", "a", b"x")
    assert blocked.get("yaml", "a") is None
    assert Cache().get("yaml", "a") is None
    assert len(program()) == 16


def test_the_cache_forgets_when_the_program_or_what_it_reads_with_changes(tmp_path: Path) -> None:
    code = tmp_path / "code"
    (code / "room").mkdir(parents=True)
    (code / "a.py").write_text("x = 1")
    (code / "room/b.py").write_text("y = 2")
    seen = [program_digest([code], ["3.11", "1.0"])]
    assert program_digest([code], ["3.11", "1.0"]) == seen[0]
    seen.append(program_digest([code], ["3.11", "1.1"]))
    (code / "a.py").write_text("x = 3")
    seen.append(program_digest([code], ["3.11", "1.0"]))
    (code / "room/b.py").rename(code / "room/c.py")
    seen.append(program_digest([code], ["3.11", "1.0"]))
    assert len(set(seen)) == len(seen)
    (tmp_path / "none").mkdir()
    with pytest.raises(FileNotFoundError):
        program_digest([tmp_path / "none"], [])


def test_the_cache_knows_all_the_code_that_reads_content() -> None:
    rooms = Path(lms.__file__).parent
    versions = (sys.version, *map(version, READERS))
    assert program() == program_digest([rooms / "content", rooms / "core"], versions)
    third = {"markdown_it", "pydantic", "pydantic_core", "ruamel", "yaml"}
    imported = {
        name
        for path in (*rooms.glob("content/**/*.py"), *rooms.glob("core/**/*.py"))
        for name in re.findall(r"^(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE)
    } - set(sys.stdlib_module_names)
    assert imported == third | {"lms"}
    made_by = {
        package: {name.lower().replace("_", "-") for name in names}
        for package, names in packages_distributions().items()
    }
    assert all(made_by[package] & set(READERS) for package in third)


@pytest.mark.slow
def test_two_hundred_lessons_are_checked_within_a_second_warm(tmp_path: Path) -> None:
    site = sample_site(tmp_path / "site")
    home = site / "courses/sample-course"
    for at in range(50):  # four lessons each
        name = f"copy-{at}"
        for room in ("courses", "quizzes"):
            source = site / room / "sample-course"
            for path in sorted(source.rglob("*")):
                parts = path.relative_to(source).parts
                if (
                    path.is_file()
                    and not {"1.0.0", "releases", "1.0.0.yaml"} & set(parts)
                    and parts[0] != "media"
                ):
                    target = site / room / name / Path(*parts)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(path.read_bytes())
        change(site, f"courses/{name}/course.yaml", "id: sample-course", f"id: {name}")
    assert home.is_dir()
    check_site(Library(site, tmp_path / "cache"), TODAY)
    started = time.process_time()
    findings = check_site(Library(site, tmp_path / "cache"), TODAY)
    assert time.process_time() - started < 1.0
    assert set(rules(findings)) == {"help-line-unchecked"}
