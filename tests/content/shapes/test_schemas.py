"""Strict shapes: every fault of a file is told at once, at its line; unknown keys are never passed over."""

from __future__ import annotations

import pytest

from lms.content.drafts.courses import read_course, read_module
from lms.content.drafts.quizzes import read_quiz
from lms.content.shapes.reading import read_yaml
from lms.content.shapes.schemas import TermEntry
from lms.content.shapes.validation import validate_list
from tests.builders_content import SITE

COURSE = (SITE / "courses/sample-course/course.yaml").read_text("utf-8")
MODULE = (SITE / "courses/sample-course/welcome/draft/module.yaml").read_text("utf-8")
QUIZ = (SITE / "quizzes/sample-course/welcome/draft.yaml").read_text("utf-8")


def course(text: str) -> list[tuple[str, int, str]]:
    source = read_yaml(text.encode(), "course.yaml")
    return [
        (found.rule, found.place.line, str(found.params.get("key", "")))
        for found in read_course(source, "sample-course")[1]
    ]


def test_the_sample_course_is_whole() -> None:
    assert course(COURSE) == []


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = COURSE.replace("code: s4mp", "code: S4MP\ncolour: red").replace("pass_mark: 80", 'pass_mark: "80"')
    assert course(text) == [
        ("schema-format", 2, "code"),
        ("schema-type", 15, "pass_mark"),
        ("schema-unknown", 3, "colour"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('hours: "0.5"', "hours: 0.5", "schema-type"),
        ("sensitive: false", "sensitive: no", "schema-type"),
        ("modules: [welcome, forms]", "modules: []", "schema-length"),
        ("modules: [welcome, forms]", "modules: welcome", "schema-type"),
        ("pass_mark: 80", "pass_mark: 0", "schema-range"),
        ("all-modules-and-final-check", "none", "schema-choice"),
        ("{items: 6}", "{items: 6, more: 1}", "schema-unknown"),
        ("id: sample-course", "id: other", "id-mismatch"),
        ("title: {en:", "title: {englisch:", "schema-format"),
        ("email: learning@example.org", "email: ' '", "schema-format"),
    ],
)
def test_each_fault_has_its_rule(old: str, new: str, rule: str) -> None:
    assert [found for found, _, _ in course(COURSE.replace(old, new, 1))] == [rule]


def test_a_file_that_is_no_map_or_is_empty() -> None:
    assert [rule for rule, _, _ in course("- a")] == ["schema-type"]
    assert [rule for rule, _, _ in course("")] == ["schema-type"]


def test_outcomes_keep_their_languages_beside_the_id() -> None:
    text = MODULE.replace('en: "Greet', 'english: "Greet').replace("- {id: o2", "- {ident: o2")
    found = read_module(read_yaml(text.encode(), "module.yaml"), "welcome")[1]
    assert [(one.rule, one.place.line, one.params["key"]) for one in found] == [
        ("schema-format", 6, "english"),
        ("schema-missing", 7, "id"),
        ("schema-format", 7, "ident"),
    ]
    found = read_module(read_yaml(MODULE.replace("- {id: o2", "- [id]\n- {id: o2").encode(), "m"), "welcome")[
        1
    ]
    assert [one.rule for one in found] == ["schema-type"]


def test_a_module_lives_in_its_folder() -> None:
    found = read_module(read_yaml(MODULE.encode(), "module.yaml"), "other")[1]
    assert [one.rule for one in found] == ["id-mismatch"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("kind: choices", "kind: many", "schema-choice", 13),
        ("  kind: choices\n", "", "schema-missing", 13),
        ("answer: false", "answer: no", "schema-type", 27),
        ('correct: true, text: {en: "I look up', 'right: true, text: {en: "I look up', "schema-unknown", 11),
        ("  points: 5", "  points: 50", "schema-range", 120),
        ("draw: 5", "draw: five", "schema-type", 2),
    ],
)
def test_a_question_is_as_strict(old: str, new: str, rule: str, line: int) -> None:
    raw = QUIZ.replace(old, new, 1).encode()
    quiz, found = read_quiz(read_yaml(raw, "draft.yaml"), raw)
    assert quiz is None
    assert [(one.rule, one.place.line) for one in found] == [(rule, line)]


def test_a_quiz_reads_markdown_once() -> None:
    raw = (
        QUIZ.replace("Somebody comes in. What", "Somebody *comes in*. What")
        .replace("I look up", "I <b>look</b> up")
        .encode()
    )
    quiz, found = read_quiz(read_yaml(raw, "draft.yaml"), raw)
    assert quiz is not None
    assert [one.rule for one in found] == ["raw-html", "raw-html"]
    assert "Somebody *comes in*. What do you do first?" in quiz.marked
    assert len(quiz.blocks("Plain words.")) == 1


def test_every_kind_of_question_is_in_the_sample() -> None:
    quiz, _ = read_quiz(read_yaml(QUIZ.encode(), "draft.yaml"), QUIZ.encode(), "1.0.0")
    assert quiz is not None
    assert quiz.version == "1.0.0"
    assert [question.kind for question in quiz.questions] == [
        "choice", "choices", "true-false", "match", "order", "text", "number", "gaps", "branch", "reflection",
        "likert",
    ]  # fmt: skip
    truth = quiz.questions[2]
    assert [option.correct for option in getattr(truth, "options", ())] == [False, True]


def test_a_list_keeps_the_entries_that_are_whole() -> None:
    text = "- {id: a, term: {en: a}, definition: {en: b}, reviewed: '2026-01-01'}\n- {id: b}\n- c\n"
    kept, found = validate_list(TermEntry, read_yaml(text.encode(), "g.yaml"))
    assert [entry.id for entry in kept] == ["a"]
    assert {one.place.line for one in found} == {2, 3}


@pytest.mark.parametrize("text", ["a: b", "", "a: [", "words"])
def test_a_list_that_is_none_gives_nothing(text: str) -> None:
    kept, found = validate_list(TermEntry, read_yaml(text.encode(), "g.yaml"))
    assert kept == ()
    assert len(found) == 1
