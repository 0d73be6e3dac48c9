"""A quiz as its file says it, whole or not, with what is wrong at its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lms.core.authoring.quizzes.quiz_draft import PlacedFinding, QuizDraft
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.locales import Words

WRONG = Finding("rule", Severity.ERROR, Place("draft.yaml", 3))


def quiz(value: dict[str, Any], *paths: tuple[str | int, ...]) -> QuizDraft:
    placed = tuple(PlacedFinding(path, WRONG) for path in paths)
    course: Any = None  # no part of it is looked at here
    return QuizDraft("draft.yaml", "", course, "welcome", Words({}), (), value, placed, is_readable=True)


def test_questions_are_the_entries_with_an_id() -> None:
    made = quiz({"items": ("x", {"id": 5}, {"id": "a"})}, ("items", 2, "prompt"), ("items",), ("draw",))
    assert [one["id"] for one in made.entries] == ["a"]
    assert made.place_of("a") == 2
    assert made.place_of("b") is None
    assert made.entry("a") == {"id": "a"}
    assert made.entry("b") is None
    assert [one.path for one in made.findings_of("a")] == [("prompt",)]
    assert [one.path for one in made.other_findings] == [("items",), ("draw",)]


def test_a_file_without_questions_has_none() -> None:
    made = replace(quiz({"items": "x"}), value={"items": "x"})
    assert made.entries == ()
    assert made.place_of("a") is None
