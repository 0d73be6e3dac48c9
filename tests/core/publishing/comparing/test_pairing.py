"""Blocks are never paired wrongly: by id, by what they say, by likeness between those; a move is a move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.core.publishing.comparing.differences import Fate, compared
from lms.core.publishing.comparing.pairing import paired, steady, words_in
from lms.core.publishing.comparing.pieces import ComparedPiece
from lms.core.publishing.comparing.runs import RunKind, word_runs


def piece(text: str, id_: str = "", kind: str = "paragraph", *, fixed: bool = False) -> ComparedPiece:
    return ComparedPiece(kind, id_, text, fixed=fixed)


def texts(*some: str) -> list[ComparedPiece]:
    return [piece(one) for one in some]


def test_an_id_is_an_identity_whatever_the_words() -> None:
    old = [piece("One two three.", "a"), piece("Four five six.", "b")]
    new = [piece("Four five six.", "a"), piece("One two three.", "b")]
    assert paired(old, new) == {0: 0, 1: 1}


def test_two_ids_are_two_things_though_they_say_the_same() -> None:
    assert paired([piece("One two three.", "a")], [piece("One two three.", "b")]) == {}


def test_an_id_that_stands_twice_is_none() -> None:
    old = [piece("Whom do you ask first today?", "a"), piece("Nobody knows the answer.", "a")]
    assert paired(old, [piece("Nobody knows the answer.", "a")]) == {}


def test_a_move_is_a_move() -> None:
    old, new = texts("A first one.", "A second.", "A third."), texts("A second.", "A third.", "A first one.")
    fates = [(one.fate, one.piece.text) for one in compared(old, new)]
    assert fates == [(Fate.KEPT, "A second."), (Fate.KEPT, "A third."), (Fate.MOVED, "A first one.")]


def test_twins_are_told_apart_by_their_neighbours() -> None:
    old, new = texts("Yes.", "Alpha.", "Yes.", "Beta."), texts("Alpha.", "Yes.", "Beta.")
    assert paired(old, new) == {1: 0, 2: 1, 3: 2}


def test_a_word_changes_in_a_paragraph_between_two_others() -> None:
    old = texts("Before.", "Ask the person which words they use.", "After.")
    new = texts("Before.", "Ask each person which words they use.", "After.")
    [_, changed, _] = compared(old, new)
    assert changed.fate is Fate.CHANGED
    assert [run.kind for run in changed.runs] == [RunKind.SAME, RunKind.REPLACED, RunKind.SAME]


def test_what_has_little_in_common_was_removed_and_added() -> None:
    old, new = texts("The law says nothing about it."), texts("Chairs stand in a circle here.")
    assert [one.fate for one in compared(old, new)] == [Fate.ADDED, Fate.REMOVED]


def test_kinds_are_not_mixed_by_likeness() -> None:
    old = [piece("Ask the person which words they use.", kind="heading")]
    new = [piece("Ask each person which words they use.")]
    assert paired(old, new) == {}


def test_what_moved_and_changed_is_known_again_if_it_is_long() -> None:
    far = "A long sentence that says how people are greeted at the door."
    old = texts("Alpha one.", far, "Beta two.", "Gamma three.")
    new = texts("Alpha one.", "Beta two.", "Gamma three.", far.replace("door", "gate"))
    assert paired(old, new)[1] == 3
    block = compared(old, new)[-1]
    assert (block.fate, block.moved) == (Fate.CHANGED, True)


def test_the_likeliest_one_is_taken_once() -> None:
    far = "A long sentence that says how people are greeted at the door."
    new = texts("Alpha one.", "Beta two.", far.replace("door", "gate"), far.replace("door", "desk"))
    old = texts("Alpha one.", far, "Beta two.")
    assert paired(old, new) == {0: 0, 1: 2, 2: 1}


def test_what_is_known_by_its_place_is_paired_by_it_alone() -> None:
    old = [piece("Yes, always do so.", "q1/a", fixed=True), piece("No, never do so.", "q1/b", fixed=True)]
    new = [piece("No, never do so.", "q1/c", fixed=True), piece("Yes, always do so.", "q1/a", fixed=True)]
    assert paired(old, new) == {0: 1}
    assert [one.fate for one in compared(old, new)] == [Fate.ADDED, Fate.KEPT, Fate.REMOVED]


def test_the_longest_part_in_order_stays() -> None:
    assert steady({0: 3, 1: 0, 2: 1, 3: 2}) == {1, 2, 3}
    assert steady({}) == frozenset()


def test_nothing_is_like_nothing() -> None:
    assert paired(texts("…"), texts("—")) == {}
    assert not words_in("…")


# --- never wrongly: whatever is done to a text, no block is taken for another one ------------------------
Text = list[tuple[set[int], str]]
NOUNS = ("door", "chair", "law", "name", "word", "team", "phone", "form")


def sentence(number: int) -> str:
    """Return a sentence that shares no rare word with another one."""
    return " ".join(f"{noun}{number}" for noun in NOUNS) + "."


def move(text: Text, at: int, to: int) -> None:
    text.insert(to % len(text), text.pop(at))


def add(text: Text, at: int, number: int) -> None:
    text.insert(at, (set(), sentence(1000 + at * 31 + number)))


def edit(text: Text, at: int, number: int) -> None:
    text[at] = (text[at][0], text[at][1].replace("law", f"rule{number}", 1))


def split(text: Text, at: int, _: int) -> None:
    whose, words = text[at]
    half = words.split(" ")
    middle = len(half) // 2
    text[at : at + 1] = [(whose, " ".join(half[:middle])), (whose, " ".join(half[middle:]))]


def join(text: Text, at: int, _: int) -> None:
    if at + 1 < len(text):
        (whose, words), (more, rest) = text[at], text.pop(at + 1)
        text[at] = (whose | more, f"{words} {rest}")


EDITS: dict[str, Callable[[Text, int, int], object]] = {
    "move": move, "add": add, "edit": edit, "split": split, "join": join,
    "drop": lambda text, at, _: text.pop(at),
}  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(EDITS)),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=8,
)


def edited(steps: list[tuple[str, int, int]], count: int) -> Text:
    """Return a text after some edits: for each block of which old blocks it holds words."""
    text = [({number}, sentence(number)) for number in range(count)]
    for name, one, other in steps:
        if text:
            EDITS[name](text, one % len(text), other)
    return text


@given(st.integers(1, 12), STEPS)
def test_no_block_is_taken_for_another(count: int, steps: list[tuple[str, int, int]]) -> None:
    old, made = texts(*map(sentence, range(count))), edited(steps, count)
    new = texts(*(words for _, words in made))
    for before, after in paired(old, new).items():
        assert before in made[after][0]


@given(st.integers(1, 12), STEPS)
def test_nothing_is_lost_and_nothing_said_twice(count: int, steps: list[tuple[str, int, int]]) -> None:
    old = texts(*map(sentence, range(count)))
    new = texts(*(words for _, words in edited(steps, count)))
    blocks = compared(old, new)
    assert [one.new for one in blocks if one.new] == new
    assert sorted(one.old.text for one in blocks if one.old) == sorted(one.text for one in old)


@given(st.integers(2, 12), st.integers(0, 11), st.integers(0, 11))
def test_one_move_is_one_move(count: int, one: int, other: int) -> None:
    old = texts(*map(sentence, range(count)))
    new = list(old)
    new.insert(other % count, new.pop(one % count))
    moved = [block for block in compared(old, new) if block.fate is not Fate.KEPT]
    assert len(moved) <= 1
    assert all(block.fate is Fate.MOVED for block in moved)


@given(st.text("ab c,’é\u00a0", max_size=40), st.text("ab c,’é\u00a0", max_size=40))
def test_the_runs_put_together_are_both_texts(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new
    assert all((run.kind is RunKind.SAME) == (run.old == run.new) for run in runs)


def test_texts_that_share_little_are_shown_one_after_the_other() -> None:
    [run] = word_runs("A law about names.", "Chairs in a ring.")
    assert run.kind is RunKind.REPLACED
    assert word_runs("", "") == ()
    assert replace(run, old="").old == ""
