"""The site as the rest of the house sees it: drafts, seals, media, and what all courses share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lms.content import library as room
from lms.content.drafts import read_course_draft
from lms.content.library import Library, is_version
from lms.core.errors import Invalid, NotFound
from tests.builders_content import SITE, change, sample_site

COURSE = "sample-course"


def test_what_there_is() -> None:
    library = Library(SITE)
    assert library.courses() == (COURSE,)
    assert library.versions(COURSE) == ("1.0.0",)
    assert library.versions("gone") == library.versions("../etc") == ()
    assert [draft.id for draft in library.drafts()] == [COURSE]
    latest = library.latest(COURSE)
    assert latest is not None
    assert latest.version == "1.0.0"
    assert library.latest("gone") is None


def test_a_release_is_read_once_and_is_what_was_sealed() -> None:
    library = Library(SITE)
    release = library.release(COURSE, "1.0.0")
    assert library.release(COURSE, "1.0.0") is release
    assert (release.course.code, release.law_as_of, release.change, release.parent) == (
        "s4mp",
        "2026-11-22",
        "first",
        "",
    )
    assert release.why["fr"] == "Première version."
    assert set(release.terms) == {"chosen-name", "open-question"}
    assert set(release.laws) == {"sample-access-act", "sample-act", "sample-code", "sample-rights-act"}
    assert set(release.modules[0].lessons[0].documents) == {"en", "fr", "ar"}
    assert release.lesson("m1", "l2") is not None
    preview = library.preview(COURSE)
    assert [module.lessons for module in preview.modules] == [module.lessons for module in release.modules]
    assert preview.version == "draft"


@pytest.mark.parametrize(
    ("course", "version"), [(COURSE, "9.9.9"), ("gone", "1.0.0"), ("../x", "1.0.0"), (COURSE, "../1.0.0")]
)
def test_a_release_that_is_not_there(course: str, version: str) -> None:
    with pytest.raises(NotFound) as refused:
        Library(SITE).release(course, version)
    assert refused.value.code == "release.unknown"


def test_a_broken_seal_is_not_served(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, "courses/sample-course/welcome/1.0.0/01-greeting.fr.md", "Dire", "Lire")
    with pytest.raises(Invalid) as refused:
        Library(site).release(COURSE, "1.0.0")
    assert refused.value.code == "release.broken-seal"
    assert [found.rule for found in refused.value.findings] == ["seal-broken"]
    assert Library(SITE).verify(COURSE, "1.0.0") == ()


def test_a_lock_that_belongs_elsewhere_is_not_taken(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, "courses/sample-course/releases/1.0.0.yaml", "version: 1.0.0", "version: 1.0.1")
    assert [found.rule for found in Library(site).verify(COURSE, "1.0.0")] == ["id-mismatch"]


def test_a_tree_of_the_future_is_refused(tmp_path: Path) -> None:
    from tests.builders_content import broken_site  # noqa: PLC0415 - only here

    site = broken_site("seal-unreadable", tmp_path)
    with pytest.raises(Invalid) as refused:
        Library(site).release(COURSE, "1.0.0")
    assert [found.rule for found in refused.value.findings] == ["seal-unreadable"]


def test_a_draft_that_is_not_whole_cannot_be_shown(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    (site / "courses/sample-course/forms/draft/module.yaml").unlink()
    with pytest.raises(Invalid) as refused:
        Library(site).preview(COURSE)
    assert refused.value.code == "draft.not-whole"
    with pytest.raises(NotFound):
        Library(site).draft("gone")


def test_a_lesson_without_any_language_keeps_a_draft_from_being_whole(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    for locale in ("en", "fr"):
        (site / f"courses/sample-course/forms/draft/02-safe-notes.{locale}.md").unlink()
    with pytest.raises(Invalid):
        Library(site).preview(COURSE)


def test_a_lesson_that_goes_while_it_is_read_is_a_finding(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    draft = read_course_draft(Library(site).files, COURSE)
    lesson = draft.modules[0].lessons[0]
    (site / lesson.file).unlink()
    assert [found.rule for found in lesson.text.findings] == ["file-missing"]


def test_media_are_found_by_digest() -> None:
    library = Library(SITE)
    module = library.release(COURSE, "1.0.0").modules[0]
    medium = library.medium(module.media["media/hello.webm"])
    assert (medium.type, medium.size) == ("video/webm", medium.path.stat().st_size)
    assert library.medium(module.media["media/hello.webm"]) is medium
    assert library.medium(module.media["media/hello.fr.vtt"]).type == "text/vtt"
    for digest in ("0" * 64, "../x", ""):
        with pytest.raises(NotFound):
            library.medium(digest)


@pytest.mark.parametrize("name", ["../module.yaml", "gone.svg", "", ".hidden"])
def test_draft_media_stay_in_their_folder(name: str) -> None:
    with pytest.raises(NotFound):
        Library(SITE).draft_medium(COURSE, "welcome", name)


def test_draft_media() -> None:
    assert Library(SITE).draft_medium(COURSE, "welcome", "door.svg").type == "image/svg+xml"
    with pytest.raises(NotFound):
        Library(SITE).draft_medium("..", "welcome", "door.svg")


def test_what_is_shared_is_read_again_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = sample_site(tmp_path)
    library = Library(site)
    assert library.register().as_of == "2026-11-22"
    assert len(library.glossary()) == 2
    assert len(library.help_lines()) == 3
    assert library.register() is library.register()
    change(site, "courses/legislation/register.yaml", 'as_of: "2026-11-22"', 'as_of: "2026-12-01"')
    os.utime(site / "courses/legislation/register.yaml", ns=(1, 1))
    assert library.register().as_of == "2026-11-22"
    monkeypatch.setattr(room, "LOOK_AGAIN", 0)
    assert library.register().as_of == "2026-12-01"
    assert library.glossary() is library.glossary()


@pytest.mark.parametrize(
    ("text", "good"),
    [("1.10.2", True), ("1.0", False), ("1.0.0.0", False), ("01.0.0", False), ("a.b.c", False), ("", False)],
)
def test_versions_have_three_numbers(text: str, good: bool) -> None:
    assert is_version(text) is good


def test_links_on_disk_are_not_followed(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    (site / "courses/glossary.yaml").unlink()
    (site / "courses/glossary.yaml").symlink_to(SITE / "courses/glossary.yaml")
    assert Library(site).files.raw("courses/glossary.yaml") is None
    assert Library(site).files.names("gone") == ()
