"""Every rule has words: what, why, how to mend."""

from __future__ import annotations

import re

import pytest

from lms.core.checks.rules import RULES, broken
from lms.core.courses.findings import Place
from lms.rendering.words.findings import ENTRIES, finding_words, rule_words

HOLE = re.compile(r"%\((\w+)\)s")


def test_every_rule_has_words_and_no_words_are_left_over() -> None:
    assert set(ENTRIES) == set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_words_are_sentences(rule: str) -> None:
    entry = ENTRIES[rule]
    for sentence in (entry.title, entry.why, entry.mend):
        assert sentence[0].isupper() or sentence[0] in "“%"
        assert "'" not in sentence
        assert '"' not in sentence
    assert entry.why.endswith(".")
    assert entry.mend.endswith(".")
    assert not HOLE.search(entry.why)
    assert rule_words(rule, str.upper) == (entry.why.upper(), RULES[rule].reference)


def test_what_was_found_is_filled_in() -> None:
    words = finding_words(broken("alt-long", Place("a.md"), count=130, limit=125), lambda sentence: sentence)
    assert words.title == "The alternative text is too long: 130 characters (maximum: 125)."
    assert words.reference == "WCAG 1.1.1"
