"""One change to the bytes of a lesson, and the proof that nothing else has changed.

Each change is made on bytes, cut again, and compared with what was meant: where another piece would become
part of this one, or this one of another, nothing is changed and the words are given back with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.content.editing.cutting import cut_pieces
from lms.content.editing.new_pieces import source_of
from lms.content.editing.openings import rewritten
from lms.content.editing.typed_text import as_markdown
from lms.content.markup.containers import RULES
from lms.core.authoring.lessons.changes import (
    Change,
    InsertPiece,
    JoinPieces,
    MovePiece,
    NamePiece,
    RemovePiece,
    SetFields,
    SetText,
)
from lms.core.authoring.lessons.pieces import (
    BULLETS,
    NUMBERED,
    PARAGRAPH,
    QUOTE,
    ROOT,
    TEXTS,
    Piece,
    Place,
    piece_at,
)
from lms.core.errors import Conflict, Invalid

_JOINS = {PARAGRAPH: " ", BULLETS: "\n", NUMBERED: "\n", QUOTE: "\n>\n"}
_NAMED = frozenset({"heading", "paragraph", "table", "quote"})
Lines = tuple[tuple[str, int, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the file: a leaf, or a line that opens or closes a container."""

    what: str
    depth: int
    own: bytes
    gap: bytes


def _parts(piece: Piece, depth: int = 0) -> Iterator[_Part]:
    if not piece.is_container:
        yield _Part(piece.kind, depth, piece.head, piece.gap)
        return
    yield _Part("open", depth, piece.head, piece.gap)
    for child in piece.children:
        yield from _parts(child, depth + 1)
    yield _Part("close", depth, piece.tail, piece.tail_gap)


def _same(parts: Sequence[_Part]) -> Lines:
    """Return what must not change: every piece, but for a line end that the last one may lack."""
    return tuple((part.what, part.depth, part.own.rstrip(b"\r\n")) for part in parts)


def _written(parts: Sequence[_Part]) -> bytes:
    return b"".join(part.own + part.gap for part in parts)


class _Sheet:
    """A file, cut, while it is changed."""

    def __init__(self, raw: bytes, place: Place) -> None:
        self.raw = raw
        self.root = cut_pieces(raw)
        self.eol = b"\r\n" if b"\r\n" in raw else b"\n"
        found = piece_at(self.root, place)
        if found is None:
            raise Conflict("editing.piece-gone")
        self.piece = found
        self.parts = tuple(_parts(self.root))
        self.first = self._index(place)
        self.behind = self.first + sum(1 for _ in _parts(found))
        self.depth = len(place)

    def _index(self, place: Place) -> int:
        at, node = 0, self.root
        for step in place:
            at += 1 + sum(sum(1 for _ in _parts(child)) for child in node.children[:step])
            node = node.children[step]
        return at

    def bytes_of(self, text: str) -> bytes:
        """Return written text as bytes with the line ends of this file, without the last one."""
        return self.eol.join(line.encode("utf-8", "surrogateescape") for line in text.split("\n"))

    def ended(self, parts: Sequence[_Part]) -> list[_Part]:
        """Give each part but the last its line end, so that two lines never become one."""
        found = [
            _Part(part.what, part.depth, part.own + self.eol, part.gap)
            if part.own and not part.own.endswith(b"\n")
            else part
            for part in parts[:-2]
        ]
        return [*found, *parts[-2:]]

    def apart(self, parts: list[_Part], at: int) -> None:
        """See to an empty line behind the part at a position."""
        part = parts[at]
        if part.own and b"\n" not in part.gap and at < len(parts) - 2:
            parts[at] = _Part(part.what, part.depth, part.own, part.gap + self.eol)

    def proved(self, parts: Sequence[_Part], *, free: range | None = None) -> bytes:
        """Return the bytes of these parts, if they are read as meant; `free` may have become several leaves.

        Raises: Invalid `editing.reaches-out`.
        """
        raw = _written(parts)
        now = tuple(_parts(cut_pieces(raw)))
        if free is None:
            is_meant = _same(now) == _same(parts)
        else:
            left = len(parts) - free.stop
            inner = now[free.start : len(now) - left]
            is_meant = (
                _same(now[: free.start]) == _same(parts[: free.start])
                and _same(now[len(now) - left :]) == _same(parts[free.stop :])
                and all(part.depth == self.depth and part.what not in {"open", "close"} for part in inner)
            )
        if not is_meant:
            raise Invalid("editing.reaches-out")
        return raw


def _refuse_containers(piece: Piece) -> None:
    if piece.is_container:
        raise Invalid("editing.no-text")


def _set_text(sheet: _Sheet, wish: SetText) -> bytes:
    piece = sheet.piece
    _refuse_containers(piece)
    text = as_markdown(piece.kind, wish.text, piece.behind, wish.level or piece.level)
    if not text:
        return _remove(sheet)
    had_end = piece.head.endswith(b"\n")
    own = sheet.bytes_of(text) + (sheet.eol if had_end else b"")
    parts = list(sheet.parts)
    parts[sheet.first] = _Part(piece.kind, sheet.depth, own, piece.gap)
    free = range(sheet.first, sheet.first + 1)
    try:
        return sheet.proved(parts, free=free)
    except Invalid:
        parts = sheet.ended(parts)
        for at in (sheet.first - 1, sheet.first):
            sheet.apart(parts, at)
        return sheet.proved(parts, free=free)


def _set_fields(sheet: _Sheet, wish: SetFields, lang: str) -> bytes:
    piece = sheet.piece
    if piece.kind not in RULES:
        raise Invalid("editing.no-text")
    line = piece.head.rstrip(b"\r\n")
    text = rewritten(line.decode("utf-8", "surrogateescape"), piece.kind, wish.values, wish.flags, lang)
    own = text.encode("utf-8", "surrogateescape") + piece.head[len(line) :]
    parts = list(sheet.parts)
    parts[sheet.first] = _Part("open", sheet.depth, own, piece.gap)
    return sheet.proved(parts)


def allowed_in(kind: str) -> tuple[str, ...]:
    """Return the kinds that may stand in a container, or in the lesson itself for ''."""
    if kind == ROOT:
        return (*TEXTS, *(name for name, rule in RULES.items() if not rule.inside))
    if kind == "finder" or kind not in RULES:
        return ()
    return (*TEXTS, *sorted(RULES[kind].children, key=list(RULES).index))


def _insert(sheet: _Sheet, wish: InsertPiece, lang: str) -> bytes:
    around = sheet.piece if wish.inside else piece_at(sheet.root, wish.place[:-1])
    if around is None or wish.new.kind not in allowed_in(around.kind):
        raise Invalid("editing.kind-not-here")
    at = sheet.first + 1 if wish.inside else sheet.behind
    depth = sheet.depth + 1 if wish.inside else sheet.depth
    source = sheet.bytes_of(source_of(wish.new, lang)) + sheet.eol
    new = [
        _Part(part.what, part.depth + depth - 1, part.own, part.gap)
        for part in tuple(_parts(cut_pieces(source)))[1:-1]
    ]
    parts = sheet.ended([*sheet.parts[:at], *new, *sheet.parts[at:]])
    for edge in (at - 1, at + len(new) - 1):
        if edge:
            sheet.apart(parts, edge)
    return sheet.proved(parts)


def _remove(sheet: _Sheet) -> bytes:
    return sheet.proved([*sheet.parts[: sheet.first], *sheet.parts[sheet.behind :]])


def _move(sheet: _Sheet, wish: MovePiece) -> bytes:
    around = piece_at(sheet.root, wish.place[:-1])
    other = wish.place[-1] + wish.by if wish.place else -1
    if around is None or abs(wish.by) != 1 or not 0 <= other < len(around.children):
        raise Invalid("editing.no-neighbour")
    upper = sheet if wish.by > 0 else _Sheet(sheet.raw, (*wish.place[:-1], other))
    lower = _Sheet(sheet.raw, (*wish.place[:-1], other)) if wish.by > 0 else sheet
    above = list(sheet.parts[upper.first : upper.behind])
    below = list(sheet.parts[lower.first : lower.behind])
    # The empty lines stay where they are: the last part of each takes those of the other.
    gaps = above[-1].gap, below[-1].gap
    above[-1] = _Part(above[-1].what, above[-1].depth, above[-1].own, gaps[1])
    below[-1] = _Part(below[-1].what, below[-1].depth, below[-1].own, gaps[0])
    parts = [*sheet.parts[: upper.first], *below, *above, *sheet.parts[lower.behind :]]
    return sheet.proved(sheet.ended(parts))


def _join(sheet: _Sheet, wish: JoinPieces) -> bytes:
    piece = sheet.piece
    after = piece_at(sheet.root, (*wish.place[:-1], wish.place[-1] + 1)) if wish.place else None
    if after is None or after.kind != piece.kind or piece.kind not in _JOINS:
        raise Invalid("editing.cannot-join")
    behind = piece.behind or after.behind
    text = f"{piece.shown.rstrip()}{_JOINS[piece.kind]}{after.shown.lstrip()}"
    own = sheet.bytes_of(text + (f" {behind}" if behind else ""))
    own += sheet.eol if after.head.endswith(b"\n") else b""
    joined = _Part(piece.kind, sheet.depth, own, after.gap)
    return sheet.proved([*sheet.parts[: sheet.first], joined, *sheet.parts[sheet.behind + 1 :]])


def _name(sheet: _Sheet, wish: NamePiece) -> bytes:
    piece = sheet.piece
    if piece.kind not in _NAMED or piece.id:
        raise Invalid("editing.no-text")
    text = as_markdown(piece.kind, piece.shown, f"{{#{wish.id}}}", piece.level)
    own = sheet.bytes_of(text) + (sheet.eol if piece.head.endswith(b"\n") else b"")
    parts = list(sheet.parts)
    parts[sheet.first] = _Part(piece.kind, sheet.depth, own, piece.gap)
    return sheet.proved(parts)


def changed(raw: bytes, wish: Change, lang: str) -> bytes:
    """Return a file with one change; every other piece keeps its bytes.

    `lang` is the language of the file, for the signs of a quotation in a value.

    Raises: Conflict `editing.piece-gone`; Invalid `editing.reaches-out`, `editing.id-typed`,
    `editing.no-text`, `editing.kind-not-here`, `editing.no-neighbour`, `editing.cannot-join`.
    """
    sheet = _Sheet(raw, wish.place)
    match wish:
        case SetText():
            raw = _set_text(sheet, wish)
        case SetFields():
            raw = _set_fields(sheet, wish, lang)
        case InsertPiece():
            raw = _insert(sheet, wish, lang)
        case RemovePiece():
            raw = _remove(sheet)
        case MovePiece():
            raw = _move(sheet, wish)
        case JoinPieces():
            raw = _join(sheet, wish)
        case NamePiece():
            raw = _name(sheet, wish)
    return raw
