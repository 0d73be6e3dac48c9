"""The pieces of one lesson in several languages side by side: lined up by id, then by kind and position.

Holds the lining up, and the finding again of a piece after others have changed the file. Holds no bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lms.core.authoring.lessons.pieces import Piece, Place, walk

Spot = tuple[Place, Piece]


@dataclass(frozen=True, slots=True)
class Row:
    """One piece in each language that has it, and the rows that stand in it."""

    kind: str
    cells: Mapping[str, Spot]
    children: tuple[Row, ...] = field(default=())


def _spots(place: Place, piece: Piece) -> list[Spot]:
    return [((*place, at), child) for at, child in enumerate(piece.children)]


def _anchors(mine: Sequence[Piece], theirs: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pair the pieces that carry the same id, as far as they come in the same order."""
    places = {(piece.kind, piece.id): at for at, piece in enumerate(theirs) if piece.id}
    last = -1
    for at, piece in enumerate(mine):
        other = places.get((piece.kind, piece.id), -1) if piece.id else -1
        if other > last:
            last = other
            yield at, other


def _between(mine: Sequence[Piece], theirs: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pair pieces by kind, in their order; two ids are two things, whatever they are."""
    ours, other_kinds = [piece.kind for piece in mine], [piece.kind for piece in theirs]
    for one, other, size in SequenceMatcher(None, ours, other_kinds, autojunk=False).get_matching_blocks():
        for at, there in ((one + step, other + step) for step in range(size)):
            if not (mine[at].id and theirs[there].id):
                yield at, there


def _pairs(mine: Sequence[Piece], theirs: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    one = other = 0
    for anchor in (*_anchors(mine, theirs), (len(mine), len(theirs))):
        for at, there in _between(mine[one : anchor[0]], theirs[other : anchor[1]]):
            yield one + at, other + there
        if anchor[0] < len(mine):
            yield anchor
        one, other = anchor[0] + 1, anchor[1] + 1


def _merged(slots: list[dict[str, Spot]], locale: str, spots: list[Spot]) -> list[dict[str, Spot]]:
    """Add a language to what is lined up already."""
    firsts = [next(iter(slot.values()))[1] for slot in slots]
    merged: list[dict[str, Spot]] = []
    mine = theirs = 0
    for one, other in (*_pairs(firsts, [piece for _, piece in spots]), (len(slots), len(spots))):
        merged += slots[mine:one]
        merged += [{locale: spot} for spot in spots[theirs:other]]
        if one < len(slots):
            merged.append({**slots[one], locale: spots[other]})
        mine, theirs = one + 1, other + 1
    return merged


def _rows(children: Mapping[str, list[Spot]]) -> tuple[Row, ...]:
    slots: list[dict[str, Spot]] = []
    for locale, spots in children.items():
        slots = _merged(slots, locale, spots)
    return tuple(
        Row(
            next(iter(slot.values()))[1].kind,
            slot,
            _rows({locale: _spots(*spot) for locale, spot in slot.items()}),
        )
        for slot in slots
    )


def rows_of(roots: Mapping[str, Piece]) -> tuple[Row, ...]:
    """Line up a lesson: a row for each piece, in the order of reading."""
    return _rows({locale: _spots((), root) for locale, root in roots.items()})


def _keys(root: Piece) -> list[tuple[Place, tuple[int, str, bytes]]]:
    return [(place, (len(place), piece.kind, piece.head.rstrip(b"\r\n"))) for place, piece in walk(root)]


def found_again(before: Piece, now: Piece, place: Place) -> tuple[Place, bool] | None:
    """Find a piece of an earlier state in the file as it is now, and whether it still is what it was.

    None when it is gone.
    """
    old, new = _keys(before), _keys(now)
    at = next((index for index, (there, _) in enumerate(old) if there == place), -1)
    if at < 0:
        return None
    matcher = SequenceMatcher(None, [key for _, key in old], [key for _, key in new], autojunk=False)
    tag, i1, _, j1, j2 = next(code for code in matcher.get_opcodes() if code[1] <= at < code[2])
    if tag == "equal":
        return new[j1 + at - i1][0], True
    shape = old[at][1][:2]
    number = sum(1 for _, key in old[i1:at] if key[:2] == shape)
    alike = [there for there, key in new[j1:j2] if key[:2] == shape]
    return (alike[number], False) if number < len(alike) else None
