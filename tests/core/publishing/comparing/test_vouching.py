"""Blocks line up across languages, and whichever side moves, the set has to be checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.content.library import Library
from lms.core.courses.course import Release
from lms.core.courses.document import Document, Paragraph, Text
from lms.core.publishing.comparing.pieces import ComparedPiece
from lms.core.publishing.comparing.vouching import (
    SetState,
    VouchedSet,
    Vouchers,
    lined_up,
    piece_digest,
    sets_of,
    vouched_by,
)
from tests.builders_content import SITE

OLD = Library(SITE).release("sample-course", "1.0.0")
TAGS = ("en", "fr")


def some(*texts: str, kind: str = "paragraph") -> list[ComparedPiece]:
    return [ComparedPiece(kind, "", text) for text in texts]


def vouch(*pairs: tuple[str, str]) -> Vouchers:
    digests = (map(piece_digest, some(*pair)) for pair in pairs)
    return Vouchers(VouchedSet(dict(zip(TAGS, one, strict=True))) for one in digests)


def lesson(**texts: tuple[str, ...]) -> Release:
    """Return a course of one lesson with these paragraphs."""
    module = OLD.modules[0]
    documents: Any = {
        tag: Document(tag, tuple(Paragraph((Text(one),)) for one in paragraphs))
        for tag, paragraphs in texts.items()
    }
    only = replace(module, lessons=(replace(module.lessons[0], documents=documents),), facilitator={})
    course = replace(OLD.course, required_locales=TAGS, offered_locales=())
    return replace(OLD, course=course, modules=(only,))


def states(release: Release, known: Vouchers) -> list[tuple[tuple[str, ...], str]]:
    found = [one for one in sets_of(release, known) if one.place.lesson]
    return [(tuple(piece.text for piece in one.pieces.values()), one.state.value) for one in found]


def test_what_was_sealed_together_is_current() -> None:
    assert {one.state for one in sets_of(OLD, Vouchers(vouched_by(OLD)))} == {SetState.CURRENT}
    assert SetState.CURRENT not in {one.state for one in sets_of(OLD, Vouchers())}


def test_whichever_side_moves_the_others_are_to_check() -> None:
    known = Vouchers(vouched_by(lesson(en=("One.", "Two."), fr=("Un.", "Deux."))))
    english = lesson(en=("One!", "Two."), fr=("Un.", "Deux."))
    french = lesson(en=("One.", "Two."), fr=("Un!", "Deux."))
    for now in (english, french):
        assert [state for _, state in states(now, known)] == ["check", "current"]


def test_a_move_in_both_languages_is_no_change() -> None:
    known = Vouchers(vouched_by(lesson(en=("One.", "Two."), fr=("Un.", "Deux."))))
    moved = lesson(en=("Two.", "One."), fr=("Deux.", "Un."))
    assert [state for _, state in states(moved, known)] == ["current", "current"]


def test_a_block_that_exists_in_one_language_is_missing_in_the_other() -> None:
    known = Vouchers(vouched_by(lesson(en=("One.",), fr=("Un.",))))
    more = lesson(en=("One.",), fr=("Un.", "Deux."))
    assert states(more, known) == [(("One.", "Un."), "current"), (("Deux.",), "missing")]
    less = lesson(en=("One.", "Two."), fr=("Un.",))
    assert states(less, known) == [(("One.", "Un."), "current"), (("Two.",), "missing")]


def test_equal_paragraphs_are_told_apart_by_their_neighbours() -> None:
    known = vouch(("Yes.", "Oui."), ("A.", "a."), ("B.", "b."))
    one, other = some("A.", "B.", "Yes."), some("Oui.", "a.", "b.", "Oui.")
    assert lined_up(one, other, TAGS, known) == {0: 1, 1: 2, 2: 3}


def test_ids_come_first_and_kinds_are_not_mixed() -> None:
    one = [
        ComparedPiece("heading", "a", "One"),
        ComparedPiece("paragraph", "", "Text"),
        ComparedPiece("heading", "b", "Two"),
    ]
    other = [
        ComparedPiece("heading", "b", "Deux"),
        ComparedPiece("table", "", "Texte"),
        ComparedPiece("heading", "a", "Un"),
    ]
    assert lined_up(one, other, TAGS, Vouchers()) == {0: 2, 2: 0}
    twice = [ComparedPiece("paragraph", "a", "One"), ComparedPiece("paragraph", "a", "Two")]
    assert lined_up(twice, [ComparedPiece("paragraph", "a", "Un")], TAGS, Vouchers()) == {}


def test_what_could_be_two_blocks_waits_for_its_neighbours() -> None:
    known = vouch(("Yes.", "Oui."))
    assert lined_up(some("Yes.", "Yes."), some("Oui."), TAGS, known) in ({0: 0}, {1: 0})


def test_what_has_no_like_is_passed_over() -> None:
    one = [ComparedPiece("paragraph", "", "One")]
    other = [ComparedPiece("table", "", "Un"), ComparedPiece("paragraph", "", "Deux")]
    assert lined_up(one, other, TAGS, Vouchers()) == {0: 1}
    assert lined_up(other, one, TAGS, Vouchers()) == {1: 0}


def test_a_course_in_one_language_has_nothing_to_check() -> None:
    alone = lesson(en=("One.",))
    course = replace(alone.course, required_locales=("en",))
    assert {one.state for one in sets_of(replace(alone, course=course), Vouchers())} == {SetState.CURRENT}


@given(st.lists(st.integers(0, 4), max_size=8))
def test_the_same_blocks_in_the_same_order_are_always_current(numbers: list[int]) -> None:
    release = lesson(en=tuple(f"E{n}." for n in numbers), fr=tuple(f"F{n}." for n in numbers))
    assert {state for _, state in states(release, Vouchers(vouched_by(release)))} <= {"current"}
