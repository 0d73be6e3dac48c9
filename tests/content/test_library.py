"""The site as the rest of the house sees it: drafts, seals, media, and what all courses share."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from lms.content.drafts.drafts import read_course_draft
from lms.content.files.files import sha256
from lms.content.library import Library
from lms.content.shapes.schemas import Strict, Version
from lms.core.errors import Invalid, NotFound
from lms.core.publishing.versions import is_version
from tests.builders_content import SITE, change, sample_site

COURSE = "sample-course"


class Numbered(Strict):
    """Something in a file that has a version."""

    version: Version


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


def _turned(site: Path, *files: Path) -> None:
    for file in files:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def test_a_difference_in_line_ends_alone_is_said_once(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    texts = [path for end in ("md", "yaml", "json", "svg", "vtt") for path in site.rglob(f"*.{end}")]
    _turned(site, *texts)
    (found,) = Library(site).verify(COURSE, "1.0.0")
    assert found.rule == "seal-line-ends"
    assert int(str(found.params["count"])) > 5


def test_line_ends_that_were_sealed_and_then_made_plain_are_told_as_such(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    sealed = site / "courses/sample-course/welcome/1.0.0/01-greeting.fr.md"
    _turned(site, sealed)
    lock = site / "courses/sample-course/releases/1.0.0.yaml"
    plain = sealed.read_bytes().replace(b"\r\n", b"\n")
    change(site, str(lock.relative_to(site)), sha256(plain), sha256(sealed.read_bytes()))
    assert Library(site).verify(COURSE, "1.0.0") == ()
    sealed.write_bytes(plain)
    assert [found.rule for found in Library(site).verify(COURSE, "1.0.0")] == ["seal-line-ends"]


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


@pytest.mark.parametrize("name", ["../module.yaml", "gone.svg", "", ".hidden", "x" * 4000])
def test_draft_media_stay_in_their_folder(name: str) -> None:
    with pytest.raises(NotFound):
        Library(SITE).draft_medium(COURSE, "welcome", name)


def test_draft_media() -> None:
    assert Library(SITE).draft_medium(COURSE, "welcome", "door.svg").type == "image/svg+xml"
    with pytest.raises(NotFound):
        Library(SITE).draft_medium("..", "welcome", "door.svg")
    for course, module in (("q" * 4000, "welcome"), (COURSE, "q" * 4000)):
        with pytest.raises(NotFound):
            Library(SITE).draft_medium(course, module, "door.svg")


def test_what_is_shared_is_read_again_after_a_change(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    library, soon = Library(site), Library(site, look_again=0)
    assert soon.register().as_of == "2026-11-22"
    glossary = soon.glossary()
    assert library.register().as_of == "2026-11-22"
    assert len(library.glossary()) == 2
    assert len(library.help_lines()) == 3
    assert library.register() is library.register()
    change(site, "courses/legislation/register.yaml", 'as_of: "2026-11-22"', 'as_of: "2026-12-01"')
    os.utime(site / "courses/legislation/register.yaml", ns=(1, 1))
    assert library.register().as_of == "2026-11-22"
    assert soon.register().as_of == "2026-12-01"
    assert soon.glossary() is glossary


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("1.10.2", True),
        ("0.0.999999", True),
        ("1.0", False),
        ("1.0.0.0", False),
        ("01.0.0", False),
        ("a.b.c", False),
        ("", False),
        ("1000000.0.0", False),
        ("9" * 5000 + ".0.0", False),
        ("1.0.٣", False),
        ("1.0.²", False),
        ("1.0.0\n", False),
    ],
)
def test_versions_have_three_numbers_wherever_they_are_read(text: str, good: bool) -> None:
    assert is_version(text) is good
    with nullcontext() if good else pytest.raises(ValueError, match="version"):
        Numbered(version=text)


def test_links_on_disk_are_not_followed(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    (site / "courses/glossary.yaml").unlink()
    (site / "courses/glossary.yaml").symlink_to(SITE / "courses/glossary.yaml")
    assert Library(site).files.raw("courses/glossary.yaml") is None
    assert Library(site).files.names("gone") == ()
