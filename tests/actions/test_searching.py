"""What goes into the index, and the sentence that shows why something was found."""

from __future__ import annotations

from dataclasses import replace

from lms.actions.desk import Desk
from lms.actions.searching import rebuild, search
from lms.core.document import Block, Document, Heading
from lms.core.people import NOBODY, SYSTEM
from tests.builders_learning import lesson, module, release, with_shelf
from tests.builders_lessons import para, said


def shelf(desk: Desk, *blocks: Block) -> Desk:
    """Give a desk with one lesson of these blocks, in English alone."""
    one = replace(lesson(), documents={"en": Document("en", blocks)})
    return with_shelf(desk, release("1.0.0", replace(module(), lessons=(one,))))


def found(desk: Desk, question: str) -> list[tuple[str, str]]:
    return [(one.address.rpartition("/")[2], one.excerpt) for one in search(desk, NOBODY, question, "en")]


def test_each_section_is_found_at_its_anchor(desk: Desk) -> None:
    made = shelf(
        desk, para("Apple first."), Heading(2, said("Pears"), "s1"), para("Green. A pear tree stands. Tall.")
    )
    assert rebuild(made, SYSTEM) == 2
    assert found(made, "apples") == [("l1", "Apple first.")]
    assert found(made, "tree") == [("l1#s1", "A pear tree stands.")]


def test_a_heading_with_nothing_under_it_is_found_without_a_sentence(desk: Desk) -> None:
    made = shelf(desk, Heading(2, said("Pears"), "s1"), Heading(2, said("Plums"), "s2"))
    assert rebuild(made, SYSTEM) == 2
    assert found(made, "plum") == [("l1#s2", "")]


def test_an_empty_lesson_has_no_entry(desk: Desk) -> None:
    assert rebuild(shelf(desk), SYSTEM) == 0
    assert found(desk, "anything") == []


def test_a_long_sentence_is_cut_between_words(desk: Desk) -> None:
    made = shelf(desk, para("pear " * 100))
    rebuild(made, SYSTEM)
    excerpt = found(made, "pear")[0][1]
    assert excerpt.endswith("pear …")
    assert len(excerpt) < 190


def test_a_question_without_words_finds_nothing(desk: Desk) -> None:
    made = shelf(desk, para("Pear."))
    rebuild(made, SYSTEM)
    assert found(made, "?! …") == []


def test_a_bare_letter_is_looked_for_when_it_is_all_there_is(desk: Desk) -> None:
    made = shelf(desk, para("The X marker."))
    rebuild(made, SYSTEM)
    assert found(made, "x") == [("l1", "The X marker.")]
