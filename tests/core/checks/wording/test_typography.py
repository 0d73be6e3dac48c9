"""French is set as French is set in Canada; other languages are left alone."""

from __future__ import annotations

import pytest

from lms.core.checks.wording.typography import faults
from lms.core.locales import is_french
from tests.builders_content import rules, stretches


def found(text: str, lang: str = "fr") -> list[str]:
    return rules(faults(stretches(text, lang), lang, "a.md"))


@pytest.mark.parametrize(
    "text",
    [
        "Voici~: une liste.",
        "Elle dit~: «~Est-ce trop tard?~»",
        "Venez à 14:30; c’est ouvert!",
        "CAN/ASC-EN 301 549:2024 et <https://exemple.ca>",
        "Les signes «~?~» et «~!~» sont des signes.",
        "Une [expression: in English?]{lang=en} est marquée.",
        "Dites «~la “vraie” raison~».",
        "Le code `a : b` reste.",
    ],
)
def test_what_is_well_set_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Voici : une liste.", "french-colon"),
        ("Voici: une liste.", "french-colon"),
        ("Voici\u202f: une liste.", "french-colon"),
        ("Dites «bonjour~».", "french-guillemets"),
        ("Dites «~bonjour ».", "french-guillemets"),
        ("Est-ce fermé ?", "french-space-before"),
        ("Bravo~!", "french-space-before"),
        ("L'accueil.", "french-apostrophe"),
        ('Dites "bonjour".', "french-quotes"),
        ("Dites “bonjour”.", "french-quotes"),
        ("Les intervenant·e·s.", "french-inclusive-form"),
        ("Les assigné(e)s.", "french-inclusive-form"),
        ("Un intervenant/e.", "french-inclusive-form"),
    ],
)
def test_each_fault_is_found(text: str, rule: str) -> None:
    assert rule in found(text)


def test_english_is_left_alone() -> None:
    assert found('Here: it\'s "fine" ?', "en") == []
    assert not is_french("en")


def test_a_finding_shows_the_words_around_it() -> None:
    (finding,) = faults(stretches("Un mot.\n\nVoici : une liste.", "fr-CA"), "fr-CA", "a.md")
    assert (finding.place.line, finding.params["found"]) == (3, "Voici : une liste.")
