"""A text that speaks of a law names its entry in the register."""

from __future__ import annotations

import pytest

from lms.core.checks.legal_references import KnownNames, faults, known_names
from lms.core.legislation.register import Law
from lms.core.locales import Words
from tests.builders_content import rules, stretches


def a_law(law_id: str, en: str, fr: str, kind: str = "statute") -> Law:
    empty = Words({"en": "", "fr": ""})
    return Law(
        id=law_id,
        jurisdiction="ca",
        kind=kind,
        title=Words({"en": en, "fr": fr}),
        title_fr_official=True,
        citation=empty,
        status="in-force",
        assented="",
        in_force="",
        events=(),
        meaning=empty,
        courses=(),
        topics=(),
        url={},
        confidence="verified",
        sources=(),
        unverified=(),
        source_quality="official",
    )


LAWS = [
    a_law("chra", "Canadian Human Rights Act", "Loi canadienne sur les droits de la personne"),
    a_law("on", "Human Rights Code (Ontario)", "Code des droits de la personne (Ontario)"),
    a_law("mb", "Human Rights Code (Manitoba)", "Code des droits de la personne (Manitoba)"),
    a_law(
        "eldridge", "Eldridge v. British Columbia (Attorney General)", "Eldridge v. British Columbia", "case"
    ),
    a_law("other", "Some Other Thing", "Autre chose", "something-else"),
    a_law("ward", "Ward", "Ward", "case"),
    Law(
        **{
            **{name: getattr(a_law("x", "", ""), name) for name in Law.__slots__},
            "title": Words({"fr": "Loi seule ici"}),
        }
    ),
]
BOX = "::: law {#l1 rests-on=chra as-of=2026-01-01 review-by=2026-06-01}"
NAMES = {language: known_names(LAWS, language) for language in ("en", "fr")}


def found(text: str, lang: str = "en", rests_on: tuple[str, ...] = ()) -> list[str]:
    findings = faults(stretches(text, lang), lang, "a.md", NAMES.get(lang, KnownNames({}, None)), rests_on)
    assert set(rules(findings)) <= {"law-reference"}
    return [str(finding.params["found"]) for finding in findings]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The Canadian Human Rights Act protects you.", "en", "Canadian Human Rights Act"),
        ("See section 5 of that text.", "en", "section 5 of"),
        ("Subsection 12(3) of it.", "en", "Subsection 12(3) of"),
        ("Bill C-16 changed it.", "en", "Bill C-16"),
        ("It is S.C. 2017 now.", "en", "S.C. 2017"),
        ("The Residential Tenancies Act is not ours.", "en", "The Residential Tenancies Act"),
        (
            "In Eldridge v. British Columbia (Attorney General) it was said.",
            "en",
            "Eldridge v. British Columbia (Attorney General)",
        ),
        (
            "La Loi canadienne sur les droits de la personne vise cela.",
            "fr",
            "Loi canadienne sur les droits de la personne",
        ),
        ("Selon l’article 9 de la loi.", "fr", "article 9 de la"),
        ("Le projet de loi C-16 a tout changé.", "fr", "projet de loi C-16"),
        ("La Loi sur les poids et mesures, non.", "fr", "Loi sur les poids et mesures"),
    ],
)
def test_a_reference_without_an_entry_is_found(text: str, lang: str, expected: str) -> None:
    assert found(text, lang) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The [Canadian Human Rights Act](law:chra) protects you.",
        "The Human Rights Code [in Ontario](law:on) says so, in section 5 of its text.",
        "The law protects you in British Columbia.",
        "Your area code, please. Act now.",
        f"{BOX}\n\nThe Canadian Human Rights Act.\n\n:::",
    ],
)
def test_a_reference_with_its_entry_passes(text: str) -> None:
    assert found(text) == []


def test_a_link_to_another_law_does_not_cover_a_name() -> None:
    assert found("The Canadian Human Rights Act and [this](law:on).") == ["Canadian Human Rights Act"]


def test_a_question_says_once_what_it_rests_on() -> None:
    assert found("The Canadian Human Rights Act.", rests_on=("chra",)) == []


def test_a_language_that_the_register_does_not_speak_is_left_alone() -> None:
    assert found("La Ley de Derechos, section 5 of it.", "es") == []


def test_names_are_told_longest_first_and_one_name_may_have_many_laws() -> None:
    names = NAMES["en"].names()
    assert list(names) == sorted(names, key=lambda name: (-len(name), name))
    assert NAMES["en"].laws["Human Rights Code"] == {"on", "mb"}
    assert not {"Ward", "Some Other Thing"} & set(names)
    assert known_names([], "en").pattern is None
