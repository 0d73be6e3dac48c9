"""Nothing of a lesson is lost: its pieces are its bytes, and a change changes what it was asked to."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.editing.changing import allowed_in, changed
from lms.content.editing.cutting import cut_pieces
from lms.content.markup.lessons import read_lesson
from lms.core.authoring.lessons.changes import (
    Change,
    InsertPiece,
    JoinPieces,
    MovePiece,
    NamePiece,
    NewPiece,
    RemovePiece,
    SetFields,
    SetText,
)
from lms.core.authoring.lessons.pieces import TEXTS, Piece, Place, piece_at, walk
from lms.core.errors import Conflict, Invalid

ROOT = Path(__file__).resolve().parents[3]
LESSONS = sorted([*ROOT.glob("courses/*/*/draft/*.md"), *ROOT.glob("tests/site/courses/*/*/draft/*.md")])
SMALL = sorted(ROOT.glob("tests/site/courses/*/*/draft/*.md"))
TEXT = b"""::: in-short

- One
- Two
- Three

:::

## First {#s1}

Words of *one* kind.

Table: Doors {#t1 row-headers}

| A | B |
|---|---|
| 1 | 2 |

::: law {#l1 rests-on="a-law" as-of=2025-01-01 review-by=2027-01-01}

It is so. {#p9}

:::

> Said.
> \xe2\x80\x94 Someone

1. Un
2. Deux
"""
SIGNS = [*"ab :`~<>!-[]{}#*|\\1.>_&\t\n\ré\u2028", "\r\n", ":::", "```", "<!--", "- "]
WILD = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


def own(piece: Piece) -> bytes:
    return piece.head.rstrip(b"\r\n")


def heads(raw: bytes) -> list[bytes]:
    return [own(piece) for _, piece in walk(cut_pieces(raw))]


def find(raw: bytes, kind: str) -> tuple[Place, Piece]:
    return next((place, piece) for place, piece in walk(cut_pieces(raw)) if piece.kind == kind)


def test_the_pieces_of_every_lesson_are_its_bytes() -> None:
    for path in LESSONS:
        raw = path.read_bytes()
        root = cut_pieces(raw)
        assert root.raw == raw
        assert not [piece for _, piece in walk(root) if piece.kind == "other"]


@given(st.lists(WILD, max_size=12).map("\n".join).map(str.encode) | st.binary(max_size=200))
def test_no_byte_is_lost_whatever_a_file_holds(raw: bytes) -> None:
    assert cut_pieces(raw).raw == raw


def test_line_ends_the_mark_of_the_order_of_bytes_and_a_missing_last_line_end_stay() -> None:
    raw = b"\xef\xbb\xbf" + TEXT.replace(b"\n", b"\r\n").rstrip()
    place, _ = find(raw, "paragraph")
    after = changed(raw, SetText(place, "Other\nwords."), "en")
    assert after == raw.replace(b"Words of *one* kind.", b"Other\r\nwords.")


def test_what_people_read_is_without_its_id_and_the_id_comes_back() -> None:
    shown = {piece.kind: piece for _, piece in walk(cut_pieces(TEXT))}
    assert (shown["heading"].shown, shown["heading"].level, shown["heading"].id) == ("First", 2, "s1")
    assert shown["table"].shown == "Table: Doors\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    assert (shown["table"].id, shown["table"].flags) == ("t1", frozenset({"row-headers"}))
    assert dict(shown["law"].values) == {
        "rests-on": "a-law",
        "as-of": "2025-01-01",
        "review-by": "2027-01-01",
    }
    for kind, words, written in (
        ("heading", "Second", b"## Second {#s1}\n"),
        ("table", "Table: Gates\n\n| A |\n|---|", b"Table: Gates {#t1 row-headers}\n\n| A |\n|---|\n"),
        ("quote", "Said again.", b"> Said again.\n"),
        ("numbered", "Un\nTrois", b"1. Un\n2. Trois\n"),
    ):
        assert written in changed(TEXT, SetText(find(TEXT, kind)[0], words), "en")


def test_a_paragraph_may_become_two_and_its_id_stays_with_the_first() -> None:
    inside = next(place for place, piece in walk(cut_pieces(TEXT)) if piece.id == "p9")
    after = changed(TEXT, SetText(inside, "It is.\r\n\r\nSo."), "en")
    assert b"It is. {#p9}\n\nSo.\n" in after
    assert len(heads(after)) == len(heads(TEXT)) + 1


@pytest.mark.parametrize(
    "typed",
    [":::", "::: law", "```\nx", "~~~", "<!-- x", "<script>", "[a]: b", "a\n:::\nb", "Look\n\n:::\n\nthere"],
)
def test_a_typed_line_stays_in_its_place(typed: str) -> None:
    place, piece = find(TEXT, "paragraph")
    after = changed(TEXT, SetText(place, typed), "en")
    before = heads(TEXT)
    at = before.index(own(piece))
    now = heads(after)
    assert now[:at] == before[:at]
    assert now[len(now) - (len(before) - at - 1) :] == before[at + 1 :]


def test_a_caption_that_would_take_the_table_of_another_piece_is_refused() -> None:
    raw = b"Words.\n\n| A |\n|---|\n"
    with pytest.raises(Invalid, match="reaches-out"):
        changed(raw, SetText((0,), "Table: mine"), "en")


def test_a_list_that_would_run_into_the_next_one_is_refused() -> None:
    with pytest.raises(Invalid, match="reaches-out"):
        changed(b"- one\n\nWords.\n\n- two\n", RemovePiece((1,)), "en")


def test_an_id_is_given_by_the_machine_alone() -> None:
    with pytest.raises(Invalid, match="id-typed"):
        changed(TEXT, SetText((2,), "Words {#mine}"), "en")
    assert b"## Words {#s7}" in changed(b"## Words\n", NamePiece((0,), "s7"), "en")
    for raw in (TEXT, b"- one\n"):
        with pytest.raises(Invalid, match="no-text"):
            changed(raw, NamePiece((1,) if raw == TEXT else (0,), "s7"), "en")


def test_values_are_written_where_they_stood_and_nothing_else_moves() -> None:
    place, _ = find(TEXT, "law")
    after = changed(
        TEXT, SetFields(place, {"as-of": "2026-02-03", "rests-on": "b-law c-law", "src": "x"}), "en"
    )
    assert after == TEXT.replace(b'"a-law" as-of=2025-01-01', b'"b-law c-law" as-of=2026-02-03')
    figure = b'::: figure {#f1 src=media/a.svg alt="A door"}\n:::\n'
    gone = changed(figure, SetFields((0,), {"alt": ""}, {"decorative": True}), "en")
    assert gone == b"::: figure {#f1 src=media/a.svg decorative}\n:::\n"
    assert changed(gone, SetFields((0,), {"alt": "A door"}, {"decorative": False}), "en") == figure
    assert changed(figure, SetFields((0,), {"alt": "A door"}), "en") == figure
    said = changed(figure, SetFields((0,), {"alt": 'A "door"\nto {go}'}), "fr").decode()
    assert 'alt="A «\u00a0door\u00a0» to {go}"' in said
    bare = changed(b"::: checklist\n:::\n", SetFields((0,), {"title": "Before"}), "en")
    assert bare == b'::: checklist {title="Before"}\n:::\n'


def test_a_closing_line_and_an_unknown_container_have_no_values() -> None:
    for raw, place in ((TEXT, (1,)), (b"::: odd\n:::\n", (0,))):
        with pytest.raises(Invalid, match="no-text"):
            changed(raw, SetFields(place, {"title": "x"}), "en")
    with pytest.raises(Invalid, match="no-text"):
        changed(TEXT, SetText((0,), "x"), "en")
    with pytest.raises(Conflict, match="piece-gone"):
        changed(TEXT, RemovePiece((99,)), "en")


@pytest.mark.parametrize("kind", allowed_in(""))
def test_whatever_is_put_in_is_read_as_what_it_is(kind: str) -> None:
    parts = (
        {"text": "Some words.", "discussion": "Because."} if kind == "scenario" else {"text": "Some words."}
    )
    words = {"text": "| A |\n|---|\n| 1 |"} if kind == "table" else {} if kind == "finder" else parts
    raw = b"# Head\nWords."
    after = changed(raw, InsertPiece((0,), NewPiece(kind, "n1", {}, frozenset(), words)), "en")
    place, piece = (1,), piece_at(cut_pieces(after), (1,))
    assert piece is not None
    assert piece.kind == kind
    assert heads(after)[0] == b"# Head"
    assert heads(after)[-1] == b"Words."
    assert changed(after, RemovePiece(place), "en").replace(b"\n\n", b"\n") == raw


def test_what_may_not_stand_in_a_container_is_not_put_there() -> None:
    place, _ = find(TEXT, "law")
    assert "plain" in allowed_in("law")
    assert allowed_in("finder") == ()
    with pytest.raises(Invalid, match="kind-not-here"):
        changed(TEXT, InsertPiece(place, NewPiece("scenario", "x"), inside=True), "en")
    with pytest.raises(Invalid, match="text-missing"):
        changed(TEXT, InsertPiece(place, NewPiece("paragraph"), inside=True), "en")
    after = changed(
        TEXT, InsertPiece(place, NewPiece("plain", parts={"text": "In short."}), inside=True), "en"
    )
    assert b"::: plain\n\nIn short.\n\n:::" in after


def test_a_branching_begins_with_its_first_step() -> None:
    new = NewPiece("branching", "b1", {"title": "A day"}, parts={"text": "Begin.", "step": "You wait."})
    after = changed(b"Words.\n", InsertPiece((0,), new), "en")
    assert (
        b'::: branching {#b1 title="A day"}\n\nBegin.\n\n::: step {#b1-a}\n\nYou wait.\n\n:::\n\n:::' in after
    )


def test_neighbours_change_places_and_the_last_line_end_is_no_matter() -> None:
    raw = b"One.\n\n\nTwo."
    assert changed(raw, MovePiece((0,), 1), "en") == b"Two.\n\n\nOne.\n"
    assert changed(raw, MovePiece((1,), -1), "en") == b"Two.\n\n\nOne.\n"
    for wish in (MovePiece((0,), -1), MovePiece((1,), 1), MovePiece((0,), 2)):
        with pytest.raises(Invalid, match="no-neighbour"):
            changed(raw, wish, "en")


def test_two_pieces_of_a_kind_become_one() -> None:
    assert (
        changed(b"One.\n\nTwo. {#p1}\n\nThree.\n", JoinPieces((0,)), "en") == b"One. Two. {#p1}\n\nThree.\n"
    )
    assert changed(b"> a\n\n> b", JoinPieces((0,)), "en") == b"> a\n>\n> b"
    for raw in (b"One.\n\n- two\n", b"One.\n"):
        with pytest.raises(Invalid, match="cannot-join"):
            changed(raw, JoinPieces((0,)), "en")


def wishes(raw: bytes, draw: st.DrawFn) -> Change:
    found = list(walk(cut_pieces(raw)))
    place, piece = draw(st.sampled_from(found)) if found else ((0,), None)
    kind = draw(st.sampled_from(["text", "fields", "insert", "remove", "move", "join"]))
    if kind == "text":
        return SetText(place, draw(WILD))
    if kind == "fields":
        return SetFields(place, {"title": draw(WILD), "alt": draw(WILD)}, {"decorative": draw(st.booleans())})
    if kind == "insert":
        new = NewPiece(
            draw(st.sampled_from([*TEXTS, "key-point", "scenario"])), "x1", parts={"text": draw(WILD)}
        )
        return InsertPiece(place, new, inside=bool(piece and piece.is_container and draw(st.booleans())))
    if kind == "remove":
        return RemovePiece(place)
    return MovePiece(place, draw(st.sampled_from([-1, 1]))) if kind == "move" else JoinPieces(place)


def touched(raw: bytes, wish: Change) -> list[bytes]:
    """Return the pieces that a change may change; all others must be found again, in their order."""
    piece = piece_at(cut_pieces(raw), wish.place)
    assert piece is not None
    if isinstance(wish, SetText | SetFields | NamePiece):
        return [own(piece)]
    if isinstance(wish, JoinPieces):
        other = piece_at(cut_pieces(raw), (*wish.place[:-1], wish.place[-1] + 1))
        assert other is not None
        return [own(piece), own(other)]
    if isinstance(wish, RemovePiece):
        return [own(piece), *(own(one) for _, one in walk(piece))]
    return []


@settings(max_examples=150)
@given(
    st.sampled_from(
        [TEXT, TEXT.replace(b"\n", b"\r\n"), TEXT.rstrip(), *(path.read_bytes() for path in SMALL)]
    ),
    st.data(),
)
def test_what_nobody_touched_keeps_its_bytes(raw: bytes, data: st.DataObject) -> None:
    for _ in range(4):
        wish = data.draw(st.composite(lambda draw, raw=raw: wishes(raw, draw))())
        before = sorted(heads(raw))
        try:
            after = changed(raw, wish, "en")
        except (Invalid, Conflict):
            continue
        assert cut_pieces(after).raw == after
        left = before.copy()
        for one in touched(raw, wish):
            left.remove(one)
        now = sorted(heads(after))
        for one in left:
            assert one in now
            now.remove(one)
        rules = {fault.rule for fault in read_lesson(after, "x.md", "en").findings}
        opened = {fault.rule for fault in read_lesson(raw, "x.md", "en").findings}
        assert not (rules - opened) & {
            "container-unclosed",
            "container-stray-close",
            "raw-html",
        } or isinstance(wish, SetText | InsertPiece)
        assert not (rules - opened) & {"container-unclosed", "container-stray-close"}
        raw = after


@pytest.mark.slow
@pytest.mark.parametrize("path", LESSONS[::6], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_piece_of_a_real_lesson_can_be_changed_and_changed_back(path: Path) -> None:
    raw = path.read_bytes()
    for place, piece in walk(cut_pieces(raw)):
        if piece.is_container or re.search(r"\{#", piece.shown):
            continue
        same = changed(raw, SetText(place, piece.shown.replace("\n", "\r\n"), piece.level), "en")
        pairs = zip_longest(heads(same), heads(raw))
        assert all(
            a == b or re.sub(rb"\s+", b" ", a or b"") == re.sub(rb"\s+", b" ", b or b"") for a, b in pairs
        )
