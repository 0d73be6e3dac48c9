"""First uses of terms: recognised as whole words in both languages, everyday words left in peace."""

from __future__ import annotations

import re

import pytest

from lms.core.checks.first_uses import NO_TERMS, faults, forms, uses, vocabulary
from lms.core.courses.findings import Severity
from lms.core.legislation.register import Term
from lms.core.locales import Words
from tests.builders_content import lesson


def term(name: str, en: str, fr: str = "") -> Term:
    said = {"en": en, **({"fr": fr} if fr else {})}
    return Term(name, Words(said), Words({"en": "Means it."}), "2026-11-22", {})


TERMS = (
    term("ally", "ally", "personne alliée"),
    term("deaf-culture", "Deaf", "Sourd, Sourde"),
    term("deaf", "deaf", "sourd, sourde"),
    term("deaf-interpreter", "Deaf interpreter", "interprète sourd ou sourde"),
    term("disability", "disability", "handicap"),
    term("episodic", "episodic disability", "handicap épisodique"),
    term("pronouns", "pronouns", "pronoms"),
    term("bias", "biases", "biais"),
    term("stress", "minority stress", "stress"),
    term("acronym", "2SLGBTQIA+", "2ELGBTQIA+"),
    term("hardship", "undue hardship", "contrainte excessive (Ontario\u00a0: préjudice injustifié)"),
    term("english-only", "hidden"),
)
ENGLISH, FRENCH = vocabulary(TERMS, "en"), vocabulary(TERMS, "fr")


def met(text: str, lang: str = "en") -> list[str]:
    found = uses(lesson(text, lang), FRENCH if lang == "fr" else ENGLISH)
    return [f"{use.term}: {use.found}" for use in found if not use.is_linked]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Be an ally. Allies listen.", ["ally: ally"]),
        ("Allies listen.", ["ally: Allies"]),
        ("She rallied; an ally-in-waiting; non-ally.", []),
        ("An ally’s work, his pronoun.", ["ally: ally", "pronouns: pronoun"]),
        (
            "People with disabilities; an episodic disability.",
            ["disability: disabilities", "episodic: episodic disability"],
        ),
        ("The Canada Disability Benefit helps.", []),
        ("Disability is common.", ["disability: Disability"]),
        ("Some are Deaf, some are deaf.", ["deaf-culture: Deaf", "deaf: deaf"]),
        ("Deaf people sign.", []),
        ("Ask: a Deaf interpreter comes.", ["deaf-interpreter: Deaf interpreter"]),
        (
            "The 2SLGBTQIA+ community has biases and minority stress.",
            ["acronym: 2SLGBTQIA+", "bias: biases", "stress: minority stress"],
        ),
        ("“I am an ally”, she says.", []),
    ],
)
def test_english(text: str, found: list[str]) -> None:
    assert met(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Les personnes alliées écoutent.", ["ally: personnes alliées"]),
        (
            "L’épreuve du handicap épisodique et l’handicap.",
            ["episodic: handicap épisodique", "disability: handicap"],
        ),
        ("Des interprètes sourdes viennent.", ["deaf-interpreter: interprètes sourdes"]),
        ("Elle est sourde, eux sont Sourds.", ["deaf: sourde", "deaf-culture: Sourds"]),
        ("Son pronom, un biais, le stress.", ["pronouns: pronom", "bias: biais", "stress: stress"]),
        ("Une contrainte excessive.", ["hardship: contrainte excessive"]),
        ("«~Mon pronom~» est hidden.", []),
    ],
)
def test_french(text: str, found: list[str]) -> None:
    assert met(text, "fr") == found


def test_forms_of_an_entry() -> None:
    assert forms("gay", "en") == ("gay",)
    assert forms("non ou oui", "fr") == ("non ou oui",)
    assert forms("a ou deux mots", "fr") == ("a ou deux mots",)


def test_what_is_no_running_text_does_not_count() -> None:
    text = """::: in-short

- An ally.
- Two.
- Three.

:::

## An ally {#s1}

> An ally.
> — An ally

::: law {#st1 rests-on="a" as-of=2026-11-01 review-by=2027-05-01}

An ally must sit.

:::

::: checklist {#c1 title="An ally"}

- An ally

:::

[an ally](https://example.org/) and *[ally]{lang=fr}* and `ally`

::: figure {#f1 src=media/a.svg alt="x"}

Caption.

::: description

An ally stands.

:::

:::

Table: An ally {#t1}

| An ally |
|---|
| nobody |
"""
    assert met(text) == []


def test_running_text_is_also_in_cells_steps_and_emphasis() -> None:
    assert met("Table: Who {#t1}\n\n| Who |\n|---|\n| an *ally* |\n") == ["ally: ally"]
    first = "::: step {#a}\n\nYou are an ally.\n\n- [An ally](#b)\n\n:::\n\n"
    last = "::: step {#b}\n\nEnd.\n\n:::\n\n"
    steps = f'::: branching {{#b1 title="x"}}\n\n{first}{last}:::\n'
    assert met(steps) == ["ally: ally"]


def test_official_names_hold_no_terms() -> None:
    document = lesson("The ally act of ally.")
    found = uses(document, ENGLISH, re.compile("ally act of ally"))
    assert found == ()
    assert uses(document, NO_TERMS) == ()


def test_a_link_settles_it_for_its_paragraph_and_what_follows() -> None:
    first = uses(lesson("An ally is an [ally](term:ally).\n\nAn ally."), ENGLISH)
    assert faults([("a.md", first)]) == []
    late = uses(lesson("An ally.\n\nAn [ally](term:ally)."), ENGLISH)
    [finding] = faults([("a.md", late)])
    assert (finding.rule, finding.severity, finding.place.line) == ("term-not-linked", Severity.WARNING, 1)
    assert finding.params == {"found": "ally", "term": "ally"}


def test_a_module_is_read_from_its_first_lesson_on() -> None:
    linked, bare = uses(lesson("[Allies](term:ally)."), ENGLISH), uses(lesson("Be an ally."), ENGLISH)
    assert faults([("1.md", linked), ("2.md", bare)]) == []
    assert [one.place.file for one in faults([("1.md", bare), ("2.md", linked)])] == ["1.md"]


def test_an_everyday_word_counts_where_the_module_means_the_term() -> None:
    bare, linked = uses(lesson("Be an ally."), ENGLISH), uses(lesson("An [ally](term:ally)."), ENGLISH)
    assert faults([("1.md", bare)], {"ally"}) == []
    assert len(faults([("1.md", bare), ("2.md", linked)], {"ally"})) == 1
