"""Courses that build on each other: what they need is there, once, in no circle, and is sealed with them."""

from __future__ import annotations

import shutil
from pathlib import Path

from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.content.sealing import seal
from lms.content.shapes.reading import read_yaml
from tests.builders_content import TODAY, beyond, change, sample_site

COURSE = "sample-course"
FILE = f"courses/{COURSE}/course.yaml"


def needing(site: Path, *courses: str, of: str = COURSE) -> Path:
    entries = ", ".join(
        f"{{course: {name}, why: {{en: It comes first., fr: Ce cours vient d’abord.}}}}" for name in courses
    )
    change(site, f"courses/{of}/course.yaml", "pass_mark: 80", f"needs: [{entries}]\npass_mark: 80")
    return site


def with_second(folder: Path) -> Path:
    """Make a site of two courses; the second one has a course file only."""
    site = sample_site(folder)
    (site / "courses/second-course").mkdir()
    shutil.copyfile(site / FILE, site / "courses/second-course/course.yaml")
    change(site, "courses/second-course/course.yaml", "id: sample-course", "id: second-course")
    return site


def found(site: Path, *only: str) -> list[tuple[str, str]]:
    findings = beyond(
        check_site(Library(site), TODAY, only=only or (FILE, "courses/second-course/course.yaml"))
    )
    return [(one["rule"], one["file"].split("/")[1]) for one in findings]


def test_what_is_needed_is_read_with_its_reason(tmp_path: Path) -> None:
    site = needing(with_second(tmp_path), "second-course")
    assert found(site) == []
    needs = Library(site).preview(COURSE).course.needs
    assert [(need.course, need.why["fr"]) for need in needs] == [("second-course", "Ce cours vient d’abord.")]


def test_two_courses_do_not_wait_for_each_other(tmp_path: Path) -> None:
    site = needing(with_second(tmp_path), "second-course")
    needing(site, COURSE, of="second-course")
    assert found(site) == [("need-circle", COURSE), ("need-circle", "second-course")]
    assert found(site, COURSE) == [("need-circle", COURSE)]


def test_a_course_outside_a_circle_is_not_blamed_for_it(tmp_path: Path) -> None:
    site = needing(with_second(tmp_path), "second-course")
    needing(site, "second-course", of="second-course")
    assert found(site) == [("need-circle", "second-course")]


def test_a_course_is_needed_once(tmp_path: Path) -> None:
    assert found(needing(with_second(tmp_path), "second-course", "second-course")) == [
        ("duplicate-id", COURSE)
    ]


def test_a_course_file_that_is_not_whole_needs_nothing(tmp_path: Path) -> None:
    site = needing(with_second(tmp_path), "second-course")
    change(site, "courses/second-course/course.yaml", "pass_mark: 80", "pass_mark: 0")
    assert found(site) == [("schema-range", "second-course")]


def test_a_reason_is_given_in_every_language(tmp_path: Path) -> None:
    site = needing(with_second(tmp_path), "second-course")
    change(site, FILE, ", fr: Ce cours vient d’abord.", "")
    assert found(site) == [("locale-missing", COURSE)]


def test_needs_are_sealed(tmp_path: Path) -> None:
    site = needing(with_second(tmp_path), "second-course")
    why = {"en": "Needs.", "fr": "Préalable."}
    release = seal(Library(site), COURSE, "1.1.0", by="Sample team", why=why, date="2026-11-22").release
    assert (release.change, release.course.needs[0].course) == ("informative", "second-course")
    assert Library(site).release(COURSE, "1.1.0").course.needs == release.course.needs
    lock = read_yaml((site / f"courses/{COURSE}/releases/1.1.0.yaml").read_bytes(), "lock").value
    assert lock["snapshots"]["course"]["needs"][0]["course"] == "second-course"  # type: ignore[index]
