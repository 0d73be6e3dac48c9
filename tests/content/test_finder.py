"""A finder in files: an empty block with an id, alike in all languages, sealed with all that it shows."""

from __future__ import annotations

from pathlib import Path

from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.content.sealing import seal
from lms.content.shapes.reading import read_yaml
from lms.core.legislation.finder import shown
from tests.builders_content import TODAY, beyond, change, sample_site

COURSE = "sample-course"
LESSON = f"courses/{COURSE}/forms/draft/02-safe-notes.en.md"
ACT = "courses/legislation/sample-access-act.yaml"
FINDER = "::: finder {#f2}\n\n:::"
FIRST = {"by": "Sample team", "why": {"en": "Law.", "fr": "Loi."}, "date": "2026-11-22"}


def found(site: Path) -> list[tuple[str, int]]:
    return [(one["rule"], one["line"]) for one in beyond(check_site(Library(site), TODAY))]


def test_a_finder_is_empty_and_has_an_id(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, FINDER, "::: finder\n\nWords.\n\n:::")
    rules = {rule for rule, _ in found(site)}
    assert rules == {"attribute-missing", "container-content", "parity-differs", "text-behind"}


def test_a_finder_stands_in_every_language(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, f"{FINDER}\n", "")
    assert [rule for rule, _ in found(site)] == ["parity-extra"]


def test_all_that_a_finder_shows_is_sealed(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    watch = '- instrument: sample-access-act\n  date: "2027-03-01"\n  what: A plan is due.\n'
    change(site, "courses/legislation/register.yaml", "watch:\n", f"watch:\n{watch}")
    change(site, ACT, "Offices with a door.", "Offices with two doors.")
    release = seal(Library(site), COURSE, "1.1.0", **FIRST).release  # type: ignore[arg-type]
    assert release.change == "informative"
    assert shown(release.laws) == {"sample-access-act", "sample-rights-act"}
    (site / ACT).unlink()
    kept = Library(site).release(COURSE, "1.1.0")
    binds = kept.laws["sample-access-act"].binds
    assert binds is not None
    assert (binds["en"], [one.date for one in kept.watch]) == ("Offices with two doors.", ["2027-03-01"])
    lock = read_yaml((site / f"courses/{COURSE}/releases/1.1.0.yaml").read_bytes(), "lock").value
    assert lock["snapshots"]["watch"][0]["instrument"] == "sample-access-act"  # type: ignore[index]


def test_a_course_without_a_finder_keeps_nothing_of_the_watch_list(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    watch = '- instrument: sample-access-act\n  date: "2027-03-01"\n  what: A plan is due.\n'
    change(site, "courses/legislation/register.yaml", "watch:\n", f"watch:\n{watch}")
    for language in ("en", "fr"):
        change(site, LESSON.replace(".en.", f".{language}."), FINDER, "")
    release = Library(site).preview(COURSE)
    assert (release.watch, "sample-access-act" in release.laws) == ((), False)


def test_who_is_bound_is_said_in_both_languages(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, ACT, '  fr: "Les bureaux qui ont une porte."\n', "")
    assert found(site) == [("locale-missing", 16)]
