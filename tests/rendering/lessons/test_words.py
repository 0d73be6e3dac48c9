"""A word is explained in one place of a lesson: where the open text uses it first, not in the summary."""

from __future__ import annotations

import pytest

from lms.core.courses.document import (
    Block,
    Checklist,
    Document,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    InShort,
    Link,
    ListItem,
    Paragraph,
    Scenario,
    Text,
)
from lms.core.courses.walk import all_links
from lms.rendering.lessons.words import words_once
from tests.builders_lessons import para, said


def term(words: str = "ally", name: str = "ally") -> Link:
    return Link("term", name, said(words))


def in_a(*runs: Inline) -> Paragraph:
    return Paragraph(runs)


def linked(*blocks: Block) -> list[tuple[int, str]]:
    """Return at which block words are linked, and as what."""
    document = words_once(Document("en", blocks))
    return [
        (at, "".join(text.text for text in link.content if isinstance(text, Text)))
        for at, block in enumerate(document.blocks)
        for link, _line in all_links((block,))
        if link.kind == "term"
    ]


def test_the_first_place_keeps_its_link_and_the_others_stay_words() -> None:
    assert linked(in_a(Text("An "), term()), in_a(Emphasis((term("allies"),)))) == [(0, "ally")]


def test_what_stands_open_goes_before_what_is_folded_and_before_a_heading() -> None:
    folded = Scenario("s", "Case", (para("x"),), (in_a(term()),))
    assert linked(folded, Heading(2, (term(),), "s1"), in_a(term("allies"))) == [(2, "allies")]
    assert linked(folded, para("y")) == [(0, "ally")]
    assert linked(Heading(2, (term(),), "s1"), para("An ally.")) == [(0, "ally")]


@pytest.mark.parametrize(
    "nowhere",
    [InShort(((Text("Be an "), term("ally")),)), Checklist("c", "Plan", (ListItem((in_a(term("ally")),)),))],
)
def test_a_word_of_the_summary_or_of_a_label_is_explained_where_the_text_uses_it(nowhere: Block) -> None:
    assert linked(nowhere, para("An ally helps. An ally listens."), para("ally")) == [(1, "ally")]
    assert linked(nowhere, para("Ally, and more.")) == [(1, "Ally")]
    assert linked(nowhere, para("Allying is no match."), para("Nor rally.")) == []


def test_two_words_in_one_text_are_linked_in_two_places() -> None:
    summary = InShort(((term("ally"), Text(" "), term("chair", "chair")),))
    assert linked(summary, para("An ally on a chair."), para("A chair.")) == [(1, "ally"), (2, "chair")]


def test_nothing_is_linked_inside_another_link_or_another_language() -> None:
    summary = InShort(((term("ally"),),))
    outside = Link("law", "act", said("the ally act"))
    assert linked(summary, in_a(outside, Foreign("mi", said("ally")))) == []


def test_a_text_without_words_to_explain_stays_the_same_text() -> None:
    document = Document("en", (para("x"), in_a(Emphasis(said("y")))))
    assert words_once(document).blocks is document.blocks


def test_what_stands_around_a_word_stays() -> None:
    summary = InShort(((term("ally"),),))
    made = words_once(Document("en", (summary, para("An ally!"))))
    assert made.blocks == (
        InShort(((Text("ally"),),)),
        in_a(Text("An "), term("ally"), Text("!")),
    )
