"""Long sentences, long paragraphs and hard pages are told, and never more than told."""

from __future__ import annotations

import pytest

from lms.core.checks.wording.readability import faults, lengths, measure, sentences, syllables, without_names
from lms.core.courses.findings import Severity
from tests.builders_content import rules, stretches

LONG = " ".join(["word"] * 26) + "."


def test_a_long_sentence_is_advised_on() -> None:
    (finding,) = lengths(stretches(f"Short.\n\n{LONG}"), "en", "a.md")
    assert (finding.rule, finding.severity, finding.place.line) == ("sentence-long", Severity.ADVICE, 3)
    assert finding.params["words"] == 26


def test_a_long_paragraph_is_advised_on() -> None:
    assert rules(lengths(stretches("You wait. " * 31), "en", "a.md")) == ["paragraph-long"]


def test_exact_statements_headings_and_cells_are_exempt() -> None:
    text = f"""## {LONG}

::: law {{#l1 rests-on=x as-of=2026-01-01 review-by=2026-06-01}}

{LONG}

:::

| {LONG} |
|---|
| {LONG} |
"""
    assert lengths(stretches(text), "en", "a.md") == []


def test_an_official_name_counts_as_one_word() -> None:
    name = "Act to " + " ".join(["Secure"] * 24)
    assert without_names(f"The {name} helps.", ("Another Act", name)) == "The Nom helps."
    assert lengths(stretches(f"The {name} helps."), "en", "a.md", (name,)) == []


def test_words_in_another_language_count_as_one() -> None:
    assert lengths(stretches(f"Say [{LONG}]{{lang=mi}} now."), "en", "a.md") == []


@pytest.mark.parametrize(
    ("text", "lang", "formula"),
    [
        ("Organizational accountability necessitates communication. ", "en", "Flesch-Kincaid"),
        (
            "L’imputabilité organisationnelle nécessite une communication interministérielle. ",
            "fr",
            "Kandel-Moles",
        ),
    ],
)
def test_a_hard_page_is_advised_on(text: str, lang: str, formula: str) -> None:
    found = [
        finding
        for finding in faults(stretches(text * 30, lang), lang, "a.md")
        if finding.rule == "reading-level"
    ]
    assert [finding.params["formula"] for finding in found] == [formula]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_easy_page_is_not(lang: str) -> None:
    text = {"en": "You can wait. I am here. ", "fr": "Tu peux venir. Je suis ici. "}[lang] * 40
    assert "reading-level" not in rules(faults(stretches(text, lang), lang, "a.md"))


def test_a_short_page_has_no_level() -> None:
    assert faults(stretches("Organizational accountability."), "en", "a.md") == []


def test_other_languages_are_not_measured() -> None:
    assert faults(stretches(LONG * 9, "ar"), "ar", "a.md") == []


def test_an_empty_text_can_be_measured() -> None:
    counted = measure([], "en")
    assert (counted.sentences, counted.words, counted.syllables) == (1, 1, 0)


def test_sentences_end_where_they_end() -> None:
    assert sentences("Look up. Say hello! Then 3 seconds…  Wait") == [
        "Look up.",
        "Say hello!",
        "Then 3 seconds…",
        "Wait",
    ]


def test_syllables_of_small_words() -> None:
    assert [syllables(word, "en") for word in ("the", "name", "little", "asked")] == [1, 1, 2, 1]
    assert [syllables(word, "fr") for word in ("la", "elle", "personne")] == [1, 1, 2]
