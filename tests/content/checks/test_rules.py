"""The less common ways to break a rule, each made from the sample site by one edit or two."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.content.shapes.reading import read_yaml
from lms.core.courses.course import RESERVED_CODES
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
        ((QUIZ, "{id: p1, left", "{id: choice, left"), "id-reserved"),
        ((QUIZ, "{id: d1, text", "{id: instead, text"), "id-reserved"),
        ((QUIZ, "- id: g1\n", "- id: text\n"), "id-reserved"),
        ((QUIZ, "- id: g2\n", "- id: g1\n"), "duplicate-id"),
        ((f"{FORMS}module.yaml", "code: m2", "code: check"), "id-reserved"),
        ((f"{FORMS}module.yaml", "code: l1", "code: offline"), "id-reserved"),
        ((f"{WELCOME}module.yaml", "code: l1", "code: top"), "id-reserved"),
        *(
            ((QUIZ, find, put), "quiz-block")
            for find, put in (
                ('en: "What comes right before', 'en: "## Think\\n\\nWhat comes right before'),
                ('en: "I look up and say hello"', 'en: "I look up:\\n\\n- say hello"'),
                ('en: "Look up"', 'en: "- Look up"'),
                ('en: "That closes the talk."', 'en: "> That closes the talk."'),
                ('en: "That closes the talk."', 'en: "- That\\n\\n  > closes the talk."'),
                ('en: "Ask an {g1} question', 'en: "Ask an *open* {g1} question'),
                ('en: "Ask an {g1} question', 'en: "Ask.\\n\\nAn {g1} question'),
            )
        ),
        ((QUIZ, "Look up", "Look up {here}"), "markup-shown"),
        ((QUIZ, "and then {g2}.", "and then {g2} {.x}."), "markup-shown"),
        ((f"{WELCOME}module.yaml", "title: {en: ", "title: {en: *a*, xx: "), "yaml-alias"),
        ((QUIZ, '"A loud radio"', '"📻"'), "words-missing"),
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


@pytest.mark.parametrize(
    "edits",
    [
        ((QUIZ, "Somebody comes in. What do", "Somebody comes in:\\n\\n- late\\n- tired\\n\\nWhat do"),),
        ((QUIZ, "{g1}", "{first}"), (QUIZ, "{g1}", "{first}"), (QUIZ, "- id: g1", "- id: first")),
        ((QUIZ, 'en: "That closes the talk."', 'en: "That closes:\\n\\n- the talk"'),),
        ((QUIZ, '"my name", "your name"', '"my_name*", "your {name}"'),),
    ],
)
def test_what_can_be_drawn_passes(tmp_path: Path, cache: Path, edits: tuple[Edit, ...]) -> None:
    assert found(tmp_path, cache, *edits) <= {"question-behind"}


@pytest.mark.parametrize(("day", "wrong"), [("2027-03-05", False), ("2027-03-06", True)])
def test_a_text_may_be_dated_ahead_for_a_change_that_the_register_expects(
    tmp_path: Path, cache: Path, day: str, wrong: bool
) -> None:
    expected = (
        '- {date: "2027-03-05", event: amendment, material: true, effect: pending, '
        'en: "Two seats.", fr: "Deux chaises."}\nmeaning:'
    )
    dated = [
        (f"{WELCOME}01-greeting.{tag}.md", "as-of=2026-11-01", f"as-of={day}") for tag in ("en", "fr", "ar")
    ]
    edits = *dated, ("courses/legislation/sample-act.yaml", "meaning:", expected)
    assert ("law-date" in found(tmp_path, cache, *edits)) is wrong


@pytest.mark.parametrize("words", ["A *warm* welcome", "A [welcome](term:x)", "A ~~warm~~ welcome", "- Warm"])
def test_a_title_is_no_markdown(tmp_path: Path, cache: Path, words: str) -> None:
    site = sample_site(tmp_path)
    title = read_yaml((site / "courses/sample-course/course.yaml").read_bytes(), "x").value["title"]["en"]  # type: ignore[index]
    change(site, "courses/sample-course/course.yaml", title, f'"{words}"')
    assert "markup-shown" in {one["rule"] for one in beyond(check_site(Library(site, cache), TODAY))}


def test_every_address_of_a_course_is_a_reserved_code() -> None:
    addresses = (Path(__file__).parents[2] / "house/addresses.txt").read_text("utf-8").splitlines()
    after = (line.split()[1].partition("/c/<course_code>/")[2].split("/") for line in addresses)
    words = {part for parts in after for part in parts[: 1 + parts[0].startswith("<module")]}
    fixed = {word for word in words if word.isalnum() and len(word) <= 12}
    assert fixed
    assert fixed <= RESERVED_CODES


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
