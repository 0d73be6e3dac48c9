"""The less common ways to break a rule, each made from the sample site by one edit or two."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.checking import check_site
from lms.content.library import Library
from tests.builders_content import TODAY, beyond, change, sample_site

WELCOME = "courses/sample-course/welcome/draft/"
FORMS = "courses/sample-course/forms/draft/"
QUIZ = "quizzes/sample-course/welcome/draft.yaml"
FORMS_QUIZ = "quizzes/sample-course/forms/draft.yaml"
Edit = tuple[str, str, str]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def found(folder: Path, cache: Path, *edits: Edit) -> set[str]:
    site = sample_site(folder)
    for edit in edits:
        change(site, *edit)
    return {one["rule"] for one in beyond(check_site(Library(site, cache), TODAY))}


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        ((f"{WELCOME}module.yaml", "outcomes: [o1, o2]", "outcomes: [o1, o9]"), "outcome-unknown"),
        ((f"{WELCOME}module.yaml", "- {id: o2", "- {id: o1"), "duplicate-id"),
        ((f"{FORMS}module.yaml", "code: m2", "code: m1"), "code-duplicate"),
        ((FORMS_QUIZ, "id: f-q01", "id: w-q01"), "duplicate-id"),
        ((f"{WELCOME}module.yaml", "small: media/hello.webm", "small: media/tiny.webm"), "media-missing"),
        (
            (f"{WELCOME}01-greeting.en.md", "lesson:forms/safe-notes", "lesson:forms/safe-notes#s9"),
            "link-anchor",
        ),
        ((f"{WELCOME}01-greeting.en.md", "as-of=2026-11-01", "as-of=2026-02-31"), "law-date"),
        ((QUIZ, "rests_on: [sample-act]", "rests_on: [gone]"), "law-unknown"),
        ((QUIZ, "{id: p2, left", "{id: p1, left"), "duplicate-id"),
        ((QUIZ, 'right: {en: "A chair"', 'right: {en: "A small room"'), "quiz-same-options"),
        ((QUIZ, 'text: {en: "Say hello"', 'text: {en: "Look up"'), "quiz-same-options"),
        ((QUIZ, "{id: s2, text", "{id: s1, text"), "duplicate-id"),
        ((QUIZ, '{id: a, correct: true, text: {en: "open"', '{id: a, text: {en: "open"'), "quiz-one-right"),
        ((QUIZ, '{id: a, text: {en: "A louder', '{id: b, text: {en: "A louder'), "duplicate-id"),
        ((QUIZ, "Que faites-vous d’abord?", "Laquelle n’est pas bonne?"), "quiz-negative"),
        ((QUIZ, '"Je montre les chaises"', '"Toutes ces réponses"'), "quiz-all-above"),
        (
            (QUIZ, "Qu’est-ce qui rend une entrée facile?", "Qu'est-ce qui rend une entrée facile?"),
            "french-apostrophe",
        ),
        ((QUIZ, "What do you do first?", "Read [the act](law:gone) first."), "law-unknown"),
        ((QUIZ, "What do you do first?", "Look up [this word](term:gone) first."), "link-term"),
        ((QUIZ, "What do you do first?", "Read [the lesson](lesson:gone/gone) first."), "link-lesson"),
        ((f"{FORMS}media/line.svg", 'viewBox="0 0 320 180"', 'width="320"'), "picture-unsafe"),
        (
            ("courses/sample-course/course.yaml", "final_check: {items: 6}", "final_check: {items: 60}"),
            "quiz-few",
        ),
        (("courses/glossary.yaml", "fr: nom choisi}", "fr: nom choisi : oui}"), "yaml-syntax"),
        (("courses/glossary.yaml", "même s’il", "même s'il"), "french-apostrophe"),
        (
            ("courses/help-lines.yaml", "{en: Day and night, fr: Jour et nuit}", "{en: Day and night}"),
            "locale-missing",
        ),
    ],
)
def test_one_edit_breaks_one_rule(tmp_path: Path, cache: Path, edit: Edit, rule: str) -> None:
    assert rule in found(tmp_path, cache, edit)


def test_a_wide_picture_is_weighed_too(tmp_path: Path, cache: Path) -> None:
    site = sample_site(tmp_path)
    (site / f"{FORMS}media/photo.png").write_bytes(b"x" * 200_001)
    rules = {one["rule"] for one in beyond(check_site(Library(site, cache), TODAY))}
    assert rules == {"picture-large", "media-unused"}


def test_a_module_whose_files_are_not_whole_is_told_once(tmp_path: Path, cache: Path) -> None:
    broken = (f"{FORMS}module.yaml", "minutes: 8", "minutes: eight"), (QUIZ, "draw: 5", "draw: five")
    assert found(tmp_path, cache, *broken) == {"schema-type", "link-lesson"}


def test_a_link_to_a_language_that_is_only_offered_is_left_alone(tmp_path: Path, cache: Path) -> None:
    edit = (f"{WELCOME}01-greeting.ar.md", "[الاسم المختار](term:chosen-name)", "الاسم")
    assert found(tmp_path, cache, edit) == set()


def test_a_first_language_that_is_missing_has_nothing_to_be_compared_with(
    tmp_path: Path, cache: Path
) -> None:
    site = sample_site(tmp_path)
    (site / f"{FORMS}02-safe-notes.en.md").unlink()
    assert {one["rule"] for one in beyond(check_site(Library(site, cache), TODAY))} == {"file-missing"}
