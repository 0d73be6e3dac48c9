"""Sealing: deterministic, atomic, honest about its version, and never in the way of what is sealed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lms.content.files.files import sha256
from lms.content.files.writing import write_file, write_folder
from lms.content.library import Library
from lms.content.sealing import SealedRelease, seal
from lms.content.seals.locks import Lock, lock_text
from lms.content.seals.trees import release_in, tree_of
from lms.content.shapes.reading import read_yaml
from lms.core.checks.rules import broken
from lms.core.courses.findings import Place
from lms.core.errors import Conflict, Invalid, NotFound, ParvisError, Unavailable
from tests.builders_content import SITE, change, sample_site

COURSE = "sample-course"
FIRST = {
    "by": "Sample team",
    "why": {"en": "First release.", "fr": "Première version."},
    "date": "2026-11-22",
}
COURSE_FILE = "courses/sample-course/course.yaml"
LESSON = "courses/sample-course/forms/draft/01-first-form.en.md"


def sealed(site: Path, version: str, **more: Any) -> SealedRelease:
    return seal(Library(site), COURSE, version, **{**FIRST, **more})


def refused(site: Path, version: str, **more: Any) -> ParvisError:
    with pytest.raises(ParvisError) as found:
        sealed(site, version, **more)
    return found.value


def without_seal(folder: Path) -> Path:
    site = sample_site(folder)
    lock = site / "courses/sample-course/releases/1.0.0.yaml"
    lock.unlink()
    return site


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    for name, raw in list(files(site).items()):
        if name.startswith("specimens/"):
            continue
        if "1.0.0" in name or "/media/" in name.replace("/draft/media/", ""):
            (site / name).unlink()
            assert raw
    sealed(site, "1.0.0")
    assert files(site) == {name: raw for name, raw in files(SITE).items() if not name.startswith("broken/")}


def test_a_seal_that_is_there_is_accepted_again_whatever_the_day(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    before = files(site)
    again = sealed(site, "1.0.0", date="2030-01-01")
    assert again.was_there
    assert files(site) == before


def test_a_half_written_seal_is_completed(tmp_path: Path) -> None:
    site = without_seal(tmp_path)
    (site / "courses/sample-course/welcome/1.0.0/01-greeting.en.md").write_text(
        "An attempt before the last edit."
    )
    (site / "courses/sample-course/forms/1.0.0/module.yaml").unlink()
    done = sealed(site, "1.0.0")
    assert not done.was_there
    assert Library(site).verify(COURSE, "1.0.0") == ()
    assert files(site) == {name: raw for name, raw in files(SITE).items() if not name.startswith("broken/")}


def test_a_lost_part_comes_back_when_the_same_is_sealed_again(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    (site / "quizzes/sample-course/forms/1.0.0.yaml").unlink()
    assert sealed(site, "1.0.0").was_there
    assert Library(site).verify(COURSE, "1.0.0") == ()


def test_other_contents_under_a_version_that_is_taken_are_refused(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, "Each question", "Every question")
    before = files(site)
    assert (refused(site, "1.0.0").code, files(site)) == ("release.already-sealed", before)
    assert isinstance(refused(site, "1.0.0", by="Somebody else"), Conflict)


@pytest.mark.parametrize(
    ("edit", "too_low", "needed", "change_class"),
    [
        ((LESSON, "Each question", "Every question"), "1.0.1", "1.1.0", "informative"),
        (
            (LESSON, "https://www.example.org/records", "https://www.example.org/r"),
            "0.9.0",
            "1.0.1",
            "editorial",
        ),
        ((COURSE_FILE, "pass_mark: 80", "pass_mark: 75"), "1.9.0", "2.0.0", "material"),
    ],
)
def test_the_smallest_honest_version_is_enforced(
    tmp_path: Path, edit: tuple[str, str, str], too_low: str, needed: str, change_class: str
) -> None:
    site = sample_site(tmp_path)
    change(site, *edit)
    error = refused(site, too_low)
    assert error.code == "release.version-too-low"
    assert (error.params["needed"], error.params["change"]) == (needed, change_class)
    done = sealed(site, needed)
    assert (done.release.change, done.release.parent) == (change_class, "1.0.0")


def test_what_did_not_change_keeps_its_version_and_its_copy(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, "Each question", "Every question")
    release = sealed(site, "1.1.0").release
    assert [(module.version, module.quiz.version) for module in release.modules] == [
        ("1.0.0", "1.0.0"),
        ("1.1.0", "1.0.0"),
    ]
    assert not (site / "courses/sample-course/welcome/1.1.0").exists()
    assert (site / "courses/sample-course/forms/1.1.0/module.yaml").exists()
    assert not (site / "quizzes/sample-course/forms/1.1.0.yaml").exists()
    change(
        site,
        "quizzes/sample-course/forms/draft.yaml",
        "A question without a use goes",
        "A question without use goes",
    )
    release = sealed(site, "1.2.0").release
    assert [(module.version, module.quiz.version) for module in release.modules] == [
        ("1.0.0", "1.0.0"),
        ("1.1.0", "1.2.0"),
    ]
    assert all(Library(site).verify(COURSE, version) == () for version in ("1.0.0", "1.1.0", "1.2.0"))


@pytest.mark.parametrize(
    ("version", "more", "code"),
    [
        ("1.1", {}, "release.version-form"),
        ("1.1.0", {"by": " "}, "release.reason-missing"),
        ("1.1.0", {"why": {"en": "x"}}, "release.reason-missing"),
        ("1.1.0", {"why": {"en": "x", "fr": "\ue000token\ue001"}}, "release.characters"),
        ("1.1.0", {"by": "A\x00B"}, "release.characters"),
        ("1.1.0", {"findings": (broken("alt-missing", Place("a.md"), src="x"),)}, "release.findings"),
    ],
)
def test_what_cannot_be_sealed(tmp_path: Path, version: str, more: dict[str, Any], code: str) -> None:
    assert refused(sample_site(tmp_path), version, **more).code == code


def test_warnings_do_not_keep_from_sealing(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, "Each question", "Each  question")
    assert sealed(site, "1.0.1", findings=(broken("alt-long", Place("a.md")),)).release.change == "editorial"


@pytest.mark.parametrize("version", ["1.0.1", "1.1.0", "2.0.0", "0.9.0"])
def test_a_draft_in_which_nothing_changed_is_refused(tmp_path: Path, version: str) -> None:
    site = sample_site(tmp_path)
    before = files(site)
    problem = refused(
        site, version, by="Somebody else", why={"en": "More.", "fr": "Plus."}, date="2030-01-01"
    )
    assert (type(problem), problem.code) == (Conflict, "release.unchanged")
    assert problem.params == {"course": COURSE, "version": "1.0.0"}
    assert files(site) == before


def test_a_draft_that_is_as_it_was_last_sealed_is_refused_whatever_was_sealed_before(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, "Each question", "Every question")
    sealed(site, "1.1.0")
    assert refused(site, "1.2.0").params == {"course": COURSE, "version": "1.1.0"}
    change(site, LESSON, "Every question", "Each question")
    assert sealed(site, "1.2.0").release.parent == "1.1.0"


@pytest.mark.parametrize(
    ("file", "find", "put"),
    [
        (LESSON, "Each question", "Each  question"),
        (COURSE_FILE, "pass_mark: 80", "pass_mark: 75"),
        ("courses/sample-course/forms/draft/media/line.svg", "</svg>", " </svg>"),
        ("quizzes/sample-course/forms/draft.yaml", "\n", "\n\n"),
    ],
    ids=["a space", "a rule", "a picture", "an empty line"],
)
def test_the_smallest_change_can_be_sealed(tmp_path: Path, file: str, find: str, put: str) -> None:
    site = sample_site(tmp_path)
    change(site, file, find, put)
    assert sealed(site, "2.0.0").release.parent == "1.0.0"


def test_a_draft_with_faults_of_its_own_is_refused(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LESSON, "Each question", "<b>Each</b> question")
    error = refused(site, "1.1.0")
    assert isinstance(error, Invalid)
    assert {found.rule for found in error.findings} == {"raw-html"}


@pytest.mark.parametrize(
    ("file", "find", "put"),
    [
        (LESSON, "Each question", "\ue000token\ue001 Each question"),
        (LESSON, "Each question", "&#xE000;token&#xE001; Each question"),
        (LESSON, "Each question", "\x00Each question"),
        ("courses/sample-course/forms/draft/facilitator.en.md", "## ", "\x1bx\n\n## "),
        ("courses/sample-course/forms/draft/module.yaml", "Forms and notes", '"Forms \\ue000 notes"'),
        ("quizzes/sample-course/forms/draft.yaml", "A form asks", "A \\0 form asks"),
        (COURSE_FILE, "Un accueil chaleureux", "Un \ue000accueil"),
        ("courses/legislation/sample-act.yaml", "en: ", "en: \ue000"),
        ("courses/glossary.yaml", "en: ", "en: \ue000"),
    ],
)
def test_words_that_nobody_can_read_are_not_sealed(tmp_path: Path, file: str, find: str, put: str) -> None:
    """Even when nobody hands in the findings of the checks."""
    site = sample_site(tmp_path)
    change(site, file, find, put)
    error = refused(site, "1.1.0")
    assert isinstance(error, Invalid)
    assert error.code == "release.findings"
    assert {found.rule for found in error.findings} == {"character-unusable"}


def test_a_broken_parent_is_refused(tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, "courses/sample-course/releases/1.0.0.yaml", "format: 2", "format: 0")
    assert refused(site, "1.1.0").code == "release.broken-seal"
    assert refused(site, "1.0.0").code == "release.broken-seal"


def test_a_course_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        seal(Library(sample_site(tmp_path)), "gone", "1.0.0", **FIRST)  # type: ignore[arg-type]


class _Hasty(Library):
    """A library whose draft is changed by somebody else right after it was read."""

    def register(self) -> Any:
        path = self.files.root / LESSON
        path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
        return super().register()


def test_a_draft_that_changes_meanwhile_is_not_sealed(tmp_path: Path) -> None:
    site = without_seal(tmp_path)
    with pytest.raises(Conflict) as found:
        seal(_Hasty(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]
    assert found.value.code == "draft.changed"
    assert Library(site).versions(COURSE) == ()


def test_a_third_required_language_is_sealed(tmp_path: Path) -> None:
    site = without_seal(tmp_path)
    change(
        site,
        "courses/sample-course/course.yaml",
        "required_locales: [en, fr]",
        "required_locales: [en, fr, es]",
    )
    for text in site.glob("courses/*/*/draft/*.fr.md"):
        text.with_name(text.name.replace(".fr.", ".es.")).write_bytes(text.read_bytes())
    with pytest.raises(Invalid) as found:
        seal(Library(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]
    assert found.value.code == "release.reason-missing"
    why = {**FIRST["why"], "es": "Primera versión."}  # type: ignore[dict-item]
    sealed = seal(Library(site), COURSE, "1.0.0", **{**FIRST, "why": why})  # type: ignore[arg-type]
    assert sealed.release.why["es"] == "Primera versión."
    assert "es" in sealed.release.modules[0].lessons[0].documents


class _HastyAtTheEnd(Library):
    """A library in which a file that is not copied is changed by hand when everything else is written."""

    def draft_digest(self, course_id: str) -> str:
        change(self.files.root, COURSE_FILE, "pass_mark: 80", "pass_mark: 81")
        return super().draft_digest(course_id)


def test_a_file_that_is_not_copied_and_changes_at_the_last_moment_keeps_the_lock_from_being_written(
    tmp_path: Path,
) -> None:
    site = without_seal(tmp_path)
    with pytest.raises(Conflict) as found:
        seal(_HastyAtTheEnd(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]
    assert found.value.code == "draft.changed"
    assert Library(site).versions(COURSE) == ()


def test_only_the_draft_that_was_approved_is_sealed(tmp_path: Path) -> None:
    site = without_seal(tmp_path)
    approved = Library(site).draft_digest(COURSE)
    change(site, LESSON, "Each question", "Every question")
    before = files(site)
    assert (refused(site, "1.0.0", approved=approved).code, files(site)) == ("draft.changed", before)
    assert not sealed(site, "1.0.0", approved=Library(site).draft_digest(COURSE)).was_there
    change(site, LESSON, "Every question", "Each question")
    assert (
        refused(site, "1.0.0", approved=Library(site).draft_digest(COURSE)).code == "release.already-sealed"
    )


@pytest.mark.parametrize("version", ["9" * 5000 + ".0.0", "123456789012345678901.0.0", "1.0.0\n", "1.0.٣"])
def test_a_version_that_a_lock_could_not_hold_is_refused_by_name(tmp_path: Path, version: str) -> None:
    site = sample_site(tmp_path)
    assert refused(site, version).code == "release.version-form"


def test_a_lock_can_be_read_by_people_and_by_us() -> None:
    raw = (SITE / "courses/sample-course/releases/1.0.0.yaml").read_bytes()
    source = read_yaml(raw, "1.0.0.yaml")
    lock = Lock.model_validate(source.value)
    assert lock_text(lock) == raw
    assert lock.snapshots.course["title"]["fr"] == "Un accueil chaleureux"
    assert [term["id"] for term in lock.snapshots.terms] == ["chosen-name", "open-question"]
    assert [law["id"] for law in lock.snapshots.laws] == [
        "sample-access-act",
        "sample-act",
        "sample-code",
        "sample-rights-act",
    ]
    assert Library(SITE).release(COURSE, "1.0.0").digest == sha256(raw)


def test_a_tree_is_the_release_and_nothing_is_lost() -> None:
    release = Library(SITE).release(COURSE, "1.0.0")
    assert replace(release_in(tree_of(release)), digest=release.digest) == release


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unavailable):
        write_file(tmp_path / "file" / "below", b"x")
    with pytest.raises(Unavailable):
        write_folder(tmp_path / "file" / "below", {"a": b"x"})


@pytest.mark.parametrize("version", ["999999.999999.999999", "102.0.0", "2.0.101"])
def test_a_number_far_beyond_the_next_is_refused_with_the_next(tmp_path: Path, version: str) -> None:
    site = sample_site(tmp_path)
    change(site, COURSE_FILE, "pass_mark: 80", "pass_mark: 75")
    error = refused(site, version)
    assert (error.code, error.params["needed"]) == ("release.version-too-high", "2.0.0")
    assert sealed(site, "101.0.0").release.change == "material"


def test_the_first_version_leaves_a_next_one(tmp_path: Path) -> None:
    site = without_seal(tmp_path)
    error = refused(site, "9999.0.0")
    assert (error.code, error.params["needed"]) == ("release.version-too-high", "1.0.0")
    assert sealed(site, "2026.1.0").release.change == "first"
