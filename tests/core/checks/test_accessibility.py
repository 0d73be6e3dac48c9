"""Structure and links say what they are to everyone, in English and in French."""

from __future__ import annotations

import pytest

from lms.core.checks.accessibility import faults
from tests.builders_content import lesson, rules

TOP = """::: in-short

- a
- b
- c

:::

"""


def found(text: str, lang: str = "en") -> list[str]:
    return rules(faults(lesson(TOP + text, lang), "a.md"))


GOOD = [
    "## Say hello {#s1}\n\n### More\n\n#### Deep\n\n## Next {#s2}\n\nText with *stress* in it.",
    "## 2SLGBTQIA+ {#s1}\n\nText.",
    "**Note:** this is fine.",
    "- **Name**\n- **Place**",
    "Table: Words {#t1 row-headers}\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "You have the right to ask. It is on the right to work page. Connect people to the right body.",
    "[Forms in plain words](https://example.org) and [the register](https://example.org/r).",
    "[Same words](https://a.example) and [same words](https://a.example).",
    "Two dashes – one here – are no list.",
    '::: job-aid {#j1 title="x"}\n\n### A\n\n#### B\n\n::: client\n\n### C\n\nText.\n\n:::\n\n:::',
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_well_made_passes(text: str) -> None:
    assert found(text) == []


BAD = [
    ("Text.\n\n#### Deep", "heading-order"),
    ("### Deep\n\nText.", "heading-order"),
    ('::: job-aid {#j1 title="x"}\n\n#### B\n\nText.\n\n:::', "heading-order"),
    ('::: job-aid {#j1 title="x"}\n\nText.\n\n::: client\n\n## C\n\n:::\n\n:::', "heading-order"),
    ("## {#s1}", "heading-empty"),
    ("## CALL FOR HELP {#s1}", "heading-capitals"),
    ("## IMPORTANT {#s1}", "heading-capitals"),
    ("## Same {#s1}\n\nText.\n\n## same {#s2}", "heading-repeated"),
    ("## No anchor", "anchor-missing"),
    ("**A heading in disguise**", "heading-emphasis"),
    ("*A heading in disguise*", "heading-emphasis"),
    ("::: key-point\n\n**Look up**\n\n:::", "heading-emphasis"),
    ("word " * 401, "section-long"),
    ("word " * 401 + "\n\n## Next {#s1}\n\nText.", "section-long"),
    ("• one • two", "list-by-hand"),
    ("one\\\n– two\\\n– three", "list-by-hand"),
    ("one\\\n2) two\\\n3) three", "list-by-hand"),
    ("Table: x {#t1}\n\n|  | b |\n|---|---|\n| 1 | 2 |", "table-headers"),
    ("Table: x {#t1 row-headers}\n\n| a | b |\n|---|---|\n|  | 2 |", "table-headers"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "table-caption"),
    ("[](https://example.org)", "link-empty"),
    ("[Click here.](https://example.org)", "link-generic"),
    ("[https://example.org/a](https://example.org/a)", "link-bare-address"),
    ("<https://example.org/a>", "link-bare-address"),
    ("[Forms](https://a.example) and [forms](https://b.example).", "link-same-words"),
    ("Press the green button.", "sensory-words"),
    ("Look at the box on the right.", "sensory-words"),
    ("Use the menu on the left side of the page.", "sensory-words"),
]


@pytest.mark.parametrize(("text", "rule"), BAD)
def test_each_fault_is_found(text: str, rule: str) -> None:
    assert rule in found(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[Cliquez ici](https://example.org)", "link-generic"),
        ("[En savoir plus](https://example.org)", "link-generic"),
        ("Voyez la case à droite.", "sensory-words"),
        ("Appuyez sur le bouton rouge.", "sensory-words"),
    ],
)
def test_each_fault_is_found_in_french(text: str, rule: str) -> None:
    assert rule in found(text, "fr")


def test_a_language_without_lists_of_words_is_judged_by_its_structure() -> None:
    assert found("[The form](https://example.org) on the right.", "ar") == []


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize(
    "words",
    [
        "Click here to read more",
        "Follow the link below",
        "Pour en savoir plus, cliquez ici",
        "Plus d’information ici",
        "Haga clic aquí",
        "Mehr erfahren",
        "اقرأ المزيد",
        "点击 这里",
        "See the full document",
        "Lire la page",
    ],
)
def test_a_link_that_names_nothing_is_generic_in_every_language(words: str, lang: str) -> None:
    assert found(f"[{words}](https://example.org)", lang) == ["link-generic"]


@pytest.mark.parametrize(
    "words", ["Read the act", "About hearing aids", "Page on names", "La page sur les noms", "ᐃᓄᒃᑎᑐᑦ"]
)
def test_a_link_that_names_something_is_not(words: str) -> None:
    assert found(f"[{words}](https://example.org)") == []


@pytest.mark.parametrize(
    "text", ["• one\n\n• two\n\n• three", "a) one\n\nb) two", "Text.\n\n1\\) a\n\n2\\) b"]
)
def test_paragraphs_that_begin_with_bullets_are_a_list_by_hand(text: str) -> None:
    assert found(text) == ["list-by-hand"]


def test_a_picture_may_say_where_things_are() -> None:
    text = '::: figure {#f1 src=media/a.svg alt="A door"}\n\nThe chair on the right.\n\n:::'
    assert found(text) == []


@pytest.mark.parametrize("text", ["", "Text first."])
def test_a_lesson_begins_in_short(text: str) -> None:
    assert "in-short-missing" in rules(faults(lesson(text), "a.md"))


def test_the_deepest_possible_level_is_told() -> None:
    (finding,) = faults(lesson(TOP + "## One {#s1}\n\n#### Three"), "a.md")
    assert (finding.params["level"], finding.params["expected"], finding.place.line) == (4, 3, 11)
