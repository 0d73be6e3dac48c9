"""Words of a draft are found, replaced, put right; an answer is kept for one block of it."""

from __future__ import annotations

import re

import pytest

from lms.core.authoring.draft_texts import (
    PROSE,
    TextPiece,
    answer_key,
    block_at,
    fixed,
    matches,
    pattern_of,
    with_matches,
)
from lms.core.courses.findings import Finding, Place, Severity


def prose(text: str, lang: str = "fr") -> TextPiece:
    return TextPiece(text, PROSE, lang, 1)


def test_words_are_found_exactly_or_loosely_and_replaced() -> None:
    pieces = (prose("Un été, un ÉTÉ."), prose("Rien."))
    assert [one.found for one in matches(pieces, pattern_of("été", loosely=False))] == ["été"]
    found = list(matches(pieces, pattern_of("été", loosely=True)))
    assert [(one.before, one.found, one.after) for one in found] == [
        ("Un ", "été", ", un ÉTÉ."),
        ("Un été, un ", "ÉTÉ", "."),
    ]
    assert with_matches(pieces[0].text, found, "hiver") == "Un hiver, un hiver."
    assert list(matches(pieces, re.compile(""))) == []


@pytest.mark.parametrize(
    ("rule", "text", "right"),
    [
        ("french-colon", "Oui: non", "Oui\u00a0: non"),
        ("french-guillemets", "« Oui »", "«\u00a0Oui\u00a0»"),
        ("french-space-before", "Oui !", "Oui!"),
        ("french-apostrophe", "l'été", "l’été"),
    ],
)
def test_a_safe_fix_changes_french_signs_alone(rule: str, text: str, right: str) -> None:
    assert fixed((prose(text), prose(text, "en"), prose(right)), rule) == {0: right}
    assert fixed((prose(text),), "no-rule") == {}


def test_a_block_is_a_paragraph_or_an_entry_with_what_is_in_it() -> None:
    lesson = "a\n\nb\nc\n\nd"
    assert [block_at(lesson, line, is_yaml=False) for line in (0, 1, 3, 4, 6, 9)] == [
        lesson,
        "a",
        "b\nc",
        "b\nc",
        "d",
        lesson,
    ]
    quiz = "- id: a\n  text: b\n\n  hint: c\n- id: d"
    assert block_at(quiz, 1, is_yaml=True) == "- id: a\n  text: b\n\n  hint: c"
    assert block_at(quiz, 5, is_yaml=True) == "- id: d"


def test_an_answer_is_for_one_rule_and_block_wherever_its_line_moves() -> None:
    def key(line: int, block: str) -> str:
        place = Place("a.md", line)
        return answer_key(Finding("rule", Severity.WARNING, place, {"line": line, "found": "x"}), block)

    assert key(1, "a") == key(2, "a") != key(1, "b")
