"""Words in another language are marked; a guess is only made where there is enough to go by."""

from __future__ import annotations

import pytest

from lms.core.checks.wording.languages import faults, guess, script
from tests.builders_content import rules, stretches

ENGLISH = "You can go where they want to be, and that is what this is about."
FRENCH = "Vous pouvez aller dans la salle, et c’est ce que nous avons pour vous."


#: One sentence in each of some languages that newcomers speak.
SAID = (
    "Dónde está la oficina, por favor, para los papeles",
    "Wo ist die Stelle für uns, bitte",
    "Onde está o escritório? Eu não tenho os papéis",
    "Dove sono gli uffici della città per noi",
    "Xin chào, tôi không có giấy tờ của tôi",
    "Hindi ko po alam kung saan ang opisina",
    "Waxaan rabaa inaan ku arko xafiiska waayo waa muhiim",
    "Mwen pa konnen ki kote biwo a ye, tanpri",
    "Nie wiem, gdzie jest biuro dla nas",
)


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
        (
            f"{FRENCH}\n\nFarah, 23~ans, vit ici. Son plan dit~: textos seulement, avant 16~h, mots neutres.",
            "fr",
        ),
        (f"{FRENCH}\n\nMots neutres~; textos courts~; appels rares~; horaires fixes.", "fr"),
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
        *((f"{ENGLISH} She says “{said}” now.", "en") for said in SAID),
        *((f"{FRENCH} Elle dit «~{said}~» encore.", "fr") for said in SAID),
        (f"{ENGLISH} She says “¿Cómo estás?” now.", "en"),
        (f"{ENGLISH}\n\nDer Termin ist nicht hier, und wir haben keine Zeit.", "en"),
        ("الناس هنا. She says that they want to be with us.", "ar"),
    ],
)
def test_an_unmarked_run_is_found(text: str, lang: str) -> None:
    assert found(text, lang) == ["foreign-unmarked"]


@pytest.mark.parametrize(("text", "lang"), [(FRENCH, "en"), (ENGLISH, "fr")])
def test_a_whole_page_in_the_wrong_language_is_said_once(text: str, lang: str) -> None:
    assert found(text, lang) == ["language-wrong"]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Tervetuloa meidän kotiimme, olkaa hyvä ja istukaa tänne", False),
        ("Tere tulemast meie koju palun võtke siin istet", False),
        ("Age, langue, race, genre, foi, statut, corps, travail", True),
        ("Tere tulemast meie koju", True),
    ],
)
def test_a_long_sentence_without_small_words_is_in_another_language(
    text: str, lang: str, *, known: bool
) -> None:
    said = {"en": ENGLISH, "fr": FRENCH}[lang]
    assert (found(f"{said}\n\n{text}.", lang) == []) is known


def test_a_guess_needs_enough_to_go_by() -> None:
    assert guess("the the") == guess("Two-Spirit people in town") == ""
    assert guess("le the la and les of des to") == ""


def test_only_other_scripts_are_named() -> None:
    assert script("naïve café") == script("ʻokina ₂") == ""
    assert (script("мир"), script("你好")) == ("CYRILLIC", "CJK")
