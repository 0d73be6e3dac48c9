"""Words in another language are marked; a guess is only made where there is enough to go by."""

from __future__ import annotations

import pytest

from lms.core.languages import faults, guess, script
from tests.builders_content import rules, stretches

ENGLISH = "You can go where they want to be, and that is what this is about."
FRENCH = "Vous pouvez aller dans la salle, et c’est ce que nous avons pour vous."


def found(text: str, lang: str) -> list[str]:
    return rules(faults(stretches(text, lang), lang, "a.md"))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr-CA"),
        (f"{ENGLISH}\n\nSay [Qui est dans la salle?]{{lang=fr}} now.", "en"),
        (f"{ENGLISH} She says “où est la”.", "en"),
        (f"{ENGLISH}\n\n[مرحبا]{{lang=ar}}", "en"),
        (f"{ENGLISH}\n\nShe says “Where do you want to go?”", "en"),
        ("مرحبا", "ar"),
        ("Names: Tomás, Linh, Nadège.", "en"),
    ],
)
def test_what_is_marked_or_in_its_language_passes(text: str, lang: str) -> None:
    assert found(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (f"{ENGLISH}\n\n{ENGLISH}\n\nQui est dans la salle avec vous?", "en"),
        (f"{ENGLISH} She says « Qui est dans la salle avec vous? » now.", "en"),
        (f"{FRENCH} Elle dit “Where do you want to go?” encore.", "fr"),
        (f"{ENGLISH} In French it is *qui est dans la salle avec vous* now.", "en"),
        (f"{ENGLISH} In French it is [a *qui est dans la salle avec vous*](https://a.example) now.", "en"),
        (f"{ENGLISH} مرحبا", "en"),
    ],
)
def test_an_unmarked_run_is_found(text: str, lang: str) -> None:
    assert found(text, lang) == ["foreign-unmarked"]


@pytest.mark.parametrize(("text", "lang"), [(FRENCH, "en"), (ENGLISH, "fr")])
def test_a_whole_page_in_the_wrong_language_is_said_once(text: str, lang: str) -> None:
    assert found(text, lang) == ["language-wrong"]


def test_a_guess_needs_enough_to_go_by() -> None:
    assert guess("the the") == guess("Two-Spirit people in town") == ""
    assert guess("le the la and les of des to") == ""


def test_only_other_scripts_are_named() -> None:
    assert script("naïve café") == script("ʻokina ₂") == ""
    assert (script("мир"), script("你好")) == ("CYRILLIC", "CJK")
