"""What goes into the index, and the sentence that shows why something was found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lms.actions.catalogue.searching import rebuild, search
from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.core.courses.document import Block, Document, Heading
from lms.core.courses.opaque import opaque
from lms.core.people.actors import NOBODY, SYSTEM
from tests.builders_certificates import later
from tests.builders_learning import lesson, module, release, with_shelf
from tests.builders_lessons import para, said


def shelf(context: Context, *blocks: Block) -> Context:
    """Return a desk with one lesson of these blocks in English; in French it has no words yet."""
    one = replace(lesson(), documents={"en": Document("en", blocks), "fr": Document("fr", ())})
    return with_shelf(context, release("1.0.0", replace(module(), lessons=(one,))))


def found(context: Context, question: str) -> list[tuple[str, str]]:
    return [(one.address.rpartition("/")[2], one.excerpt) for one in search(context, NOBODY, question, "en")]


def test_each_section_is_found_at_its_anchor(context: Context) -> None:
    made = shelf(
        context,
        para("Apple first."),
        Heading(2, said("Pears"), "s1"),
        para("Green. A pear tree stands. Tall."),
    )
    assert rebuild(made, SYSTEM) == 2
    assert found(made, "apples") == [("l1", "Apple first.")]
    assert found(made, "tree") == [("l1#s1", "A pear tree stands.")]


def test_a_heading_with_nothing_under_it_is_found_without_a_sentence(context: Context) -> None:
    made = shelf(context, Heading(2, said("Pears"), "s1"), Heading(2, said("Plums"), "s2"))
    assert rebuild(made, SYSTEM) == 2
    assert found(made, "plum") == [("l1#s2", "")]


def test_an_empty_lesson_has_no_entry(context: Context) -> None:
    assert rebuild(shelf(context), SYSTEM) == 0
    assert found(context, "anything") == []


def test_a_long_sentence_is_cut_between_words(context: Context) -> None:
    made = shelf(context, para("pear " * 100))
    rebuild(made, SYSTEM)
    excerpt = found(made, "pear")[0][1]
    assert excerpt.endswith("pear …")
    assert len(excerpt) < 190


def test_a_question_without_words_finds_nothing(context: Context) -> None:
    made = shelf(context, para("Pear."))
    rebuild(made, SYSTEM)
    assert found(made, "?! …") == []


def test_a_bare_letter_is_looked_for_when_it_is_all_there_is(context: Context) -> None:
    made = shelf(context, para("The X marker."))
    rebuild(made, SYSTEM)
    assert found(made, "x") == [("l1", "The X marker.")]


@pytest.fixture
def helped(context: Context) -> Context:
    """Return a desk that can find the help lines that come with the program."""
    made = replace(
        context, library=SiteFolder(Path(__file__).parents[3], cache=context.settings.data / "cache")
    )
    later(made, minutes=10 * 24 * 60)  # the tests' day is before the one on which the numbers were read
    rebuild(made, SYSTEM)
    return made


@pytest.mark.parametrize(
    ("locale", "question"),
    [
        *(
            ("en", one)
            for one in ("988", "9-8-8", "suicide", "crisis line", "crisis centre", "suicide helpline")
        ),
        *(("fr", one) for one in ("988", "9-8-8", "crise", "centre de crise", "suicide", "ligne de crise")),
    ],
)
def test_whoever_is_in_a_crisis_finds_the_line_first(helped: Context, locale: str, question: str) -> None:
    first = search(helped, NOBODY, question, locale)[0]
    assert (first.kind, first.address) == ("help", f"support#{opaque('suicide-crisis')}")
    assert first.title.endswith(" – 9-8-8")


@pytest.mark.parametrize(
    ("locale", "question", "term"),
    [
        ("fr", "accommodement", "accommodation"),
        ("fr", "Accommodements raisonnables", "accommodation"),
        ("en", "reasonable accommodation", "accommodation"),
        ("fr", "personne en situation de handicap", "disability"),
        ("en", "handicapped", "disability"),
        ("fr", "transgenre", "trans"),
        ("en", "transgender", "trans"),
        ("fr", "iel", "pronouns"),
        ("fr", "neopronoms", "pronouns"),
        ("en", "preferred name", "chosen-name"),
        ("fr", "demandeurs d'asile", "refugee-claimant"),
        ("en", "asylum seekers", "refugee-claimant"),
        ("en", "lgbtq", "2slgbtqia"),
        ("fr", "LGBT", "2slgbtqia"),
    ],
)
def test_what_people_call_it_finds_what_the_courses_call_it(
    helped: Context, locale: str, question: str, term: str
) -> None:
    assert f"glossary#{opaque(term)}" in {one.address for one in search(helped, NOBODY, question, locale)}


def test_the_sentence_shown_holds_what_the_other_word_stands_for(context: Context) -> None:
    groups = ({"en": ("duty to accommodate", "adjustment")},)
    made = shelf(context, para("Apples first. There is a duty to accommodate. Pears last."), para("Plum."))
    words: Any = made.library
    words.expressions = groups
    rebuild(made, SYSTEM)
    assert found(made, "adjustments") == [("l1", "There is a duty to accommodate.")]
    assert found(made, "adjustment plum") == [("l1", "There is a duty to accommodate.")]
    words.expressions = ()
    rebuild(made, SYSTEM)
    assert found(made, "adjustments") == []


def test_a_line_of_a_province_is_found_on_its_own_page(helped: Context) -> None:
    first = search(helped, NOBODY, "1 877 336-2433", "fr")[0]
    assert first.address == f"support?region=ca-on#{opaque('femaide')}"


def test_a_line_that_is_not_shown_is_not_found(helped: Context) -> None:
    assert not [one for one in search(helped, NOBODY, "OCASI", "en") if one.kind == "help"]
    later(helped, minutes=400 * 24 * 60)
    rebuild(helped, SYSTEM)
    assert not [one for one in search(helped, NOBODY, "988", "en") if one.kind == "help"]
