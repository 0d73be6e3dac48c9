"""A lesson's source as a tree of pieces whose bytes, put together again, are the file.

Holds the shape alone: how a file is cut, and what may be done to it, is `content.editing`. A *leaf* is one
block of Markdown (a table with its caption), a *container* has an opening line, pieces and a closing line.
Empty lines belong to what stands before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Place = tuple[int, ...]  # of a piece: its position among its neighbours, from the outermost on

HEADING, PARAGRAPH, BULLETS, NUMBERED = "heading", "paragraph", "bullets", "numbered"
TABLE, QUOTE, OTHER = "table", "quote", "other"
#: The kinds of leaves that people write.
TEXTS = (PARAGRAPH, HEADING, BULLETS, NUMBERED, TABLE, QUOTE)
ROOT = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece; of a leaf `head` is all of it, of a container its opening line.

    `shown` is what people read and write of a leaf: without the id behind it (`behind`, as it is written).
    """

    kind: str
    head: bytes
    gap: bytes = b""
    children: tuple[Piece, ...] = ()
    tail: bytes = b""
    tail_gap: bytes = b""
    line: int = 0
    is_container: bool = False
    id: str = ""
    shown: str = ""
    behind: str = ""
    level: int = 0  # of a heading
    values: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()

    @property
    def raw(self) -> bytes:
        """Return the bytes of the piece with all that stands in it."""
        return self.head + self.gap + b"".join(one.raw for one in self.children) + self.tail + self.tail_gap


def walk(piece: Piece, place: Place = ()) -> Iterator[tuple[Place, Piece]]:
    """Go through what stands in a piece, at any depth, in reading order."""
    for at, child in enumerate(piece.children):
        yield (*place, at), child
        yield from walk(child, (*place, at))


def piece_at(root: Piece, place: Place) -> Piece | None:
    """Find the piece at a place.

    >>> piece_at(Piece(ROOT, b""), (3,)) is None
    True
    """
    found = root
    for at in place:
        if not 0 <= at < len(found.children):
            return None
        found = found.children[at]
    return found


def piece_on(root: Piece, line: int) -> tuple[Place, Piece] | None:
    """Return the innermost piece that holds a line of the file, from 1; None where none does.

    >>> piece_on(Piece(ROOT, b"", children=(Piece(PARAGRAPH, b"Hello.", line=1),)), 0) is None
    True
    """
    before = [(place, piece) for place, piece in walk(root) if piece.line <= line]
    return before[-1] if before and line else None


def place_words(place: Place) -> str:
    """Write a place as a word.

    >>> place_words((2, 0)), read_place("2-0")
    ('2-0', (2, 0))
    """
    return "-".join(map(str, place))


def read_place(word: str) -> Place | None:
    """Read a place that was written as a word; None for what is none.

    >>> read_place("2-x") is None
    True
    """
    parts = word.split("-")
    is_sound = all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts)  # noqa: PLR2004  # digits
    return tuple(map(int, parts)) if is_sound else None
