"""Pieces of several languages side by side, and pieces found again after others have changed the file."""

from __future__ import annotations

from lms.core.authoring.lessons.pieces import Piece, piece_at, place_words, read_place, walk
from lms.core.authoring.lessons.rows import Row, found_again, rows_of


def leaf(words: str, kind: str = "paragraph", ident: str = "") -> Piece:
    return Piece(kind, words.encode() + b"\n", id=ident, shown=words)


def holder(kind: str, *children: Piece, ident: str = "") -> Piece:
    return Piece(kind, b"::: x\n", children=children, tail=b":::\n", is_container=True, id=ident)


def shape(rows: tuple[Row, ...]) -> list[tuple[str, dict[str, tuple[int, ...]]]]:
    return [(row.kind, {locale: place for locale, (place, _) in row.cells.items()}) for row in rows]


def test_pieces_meet_by_id_then_by_type_in_their_order() -> None:
    english = holder("", leaf("a"), leaf("h", "heading", "s1"), leaf("b"), leaf("l", "bullets"))
    french = holder("", leaf("h", "heading", "s1"), leaf("x", "quote"), leaf("b"))
    assert shape(rows_of({"en": english, "fr": french})) == [
        ("paragraph", {"en": (0,)}),
        ("heading", {"en": (1,), "fr": (0,)}),
        ("quote", {"fr": (1,)}),
        ("paragraph", {"en": (2,), "fr": (2,)}),
        ("bullets", {"en": (3,)}),
    ]


def test_ids_in_another_order_are_not_crossed() -> None:
    one = holder("", leaf("a", ident="p1"), leaf("b", ident="p2"))
    other = holder("", leaf("b", ident="p2"), leaf("a", ident="p1"))
    rows = rows_of({"en": one, "fr": other})
    assert all(len(row.cells) in {1, 2} for row in rows)
    places = [row.cells["fr"][0] for row in rows if "fr" in row.cells]
    assert places == sorted(places)


def test_two_ids_are_two_things() -> None:
    """A button of a row changes every language: nothing goes along with what is something else."""
    one = holder("", leaf("a", "heading", "s1"), leaf("b"))
    other = holder("", leaf("c", "heading", "s2"), leaf("d"))
    assert shape(rows_of({"en": one, "fr": other})) == [
        ("heading", {"en": (0,)}),
        ("heading", {"fr": (0,)}),
        ("paragraph", {"en": (1,), "fr": (1,)}),
    ]
    bare = holder("", leaf("e", "heading"), leaf("f"))
    assert shape(rows_of({"en": one, "fr": bare})) == [
        ("heading", {"en": (0,), "fr": (0,)}),
        ("paragraph", {"en": (1,), "fr": (1,)}),
    ]


def test_what_stands_in_containers_meets_too_in_any_number_of_languages() -> None:
    root = holder("", holder("law", leaf("a"), ident="l1"))
    rows = rows_of({"en": root, "fr": root, "ar": holder("")})
    assert shape(rows[0].children) == [("paragraph", {"en": (0, 0), "fr": (0, 0)})]
    assert rows_of({}) == ()


def test_a_piece_is_found_where_it_has_moved_to() -> None:
    before = holder("", leaf("a"), leaf("b"), leaf("c"))
    now = holder("", leaf("new"), leaf("a"), leaf("B"), leaf("c"))
    assert found_again(before, now, (0,)) == ((1,), True)
    assert found_again(before, now, (1,)) == ((2,), False)
    assert found_again(before, now, (2,)) == ((3,), True)
    assert found_again(before, now, (9,)) is None
    assert found_again(before, holder("", leaf("a"), leaf("c")), (1,)) is None
    assert found_again(before, holder("", leaf("a"), leaf("l", "bullets"), leaf("c")), (1,)) is None


def test_places_are_words() -> None:
    root = holder("", holder("law", leaf("a")))
    assert [place_words(place) for place, _ in walk(root)] == ["0", "0-0"]
    assert piece_at(root, (0, 0)) == leaf("a")
    assert piece_at(root, (0, 1)) is None
    assert piece_at(root, ()) is root
    assert root.raw == b"::: x\n::: x\na\n:::\n:::\n"
    assert [read_place(word) for word in ("1-2", "", "a", "1-", "99999")] == [(1, 2), None, None, None, None]
