"""The bytes of a lesson file to a tree of pieces, losing none: `cut_pieces(raw).raw == raw` for any.

Containers are found by the very cutter that reads a lesson (`markup.containers`), blocks by its parser. Holds
no change (see `changing`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lms.content.markup.attributes import parse_attributes
from lms.content.markup.containers import Fence, Prose, cut
from lms.content.markup.markdown import is_caption, stretches
from lms.content.markup.report import Notebook
from lms.core.authoring.lessons.pieces import (
    BULLETS,
    HEADING,
    NUMBERED,
    OTHER,
    PARAGRAPH,
    QUOTE,
    ROOT,
    TABLE,
    Piece,
)

MOST_KEPT = 64  # files, some 100 kB each with their pieces
_BOM = b"\xef\xbb\xbf"
_LINES = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_BEHIND = re.compile(r"[ \t]*\{[ \t]*(#[^{}\n]*)\}[ \t]*\Z")
_HASHES = re.compile(r"[ \t]*(#{1,6})(?:[ \t]+|\Z)(.*)\Z", re.DOTALL)
_KINDS = {
    "heading_open": HEADING,
    "paragraph_open": PARAGRAPH,
    "bullet_list_open": BULLETS,
    "ordered_list_open": NUMBERED,
    "blockquote_open": QUOTE,
    "table_open": TABLE,
}


def _nothing() -> Piece:
    """Return what the end of a stretch is made of."""
    return Piece(OTHER, b"")


def text_of(raw: bytes) -> str:
    """Return bytes as text that gives the same bytes again; line ends as people type them."""
    return raw.decode("utf-8", "surrogateescape").replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class _Span:
    """Lines that are one piece: from `first` up to, but without, `behind`."""

    first: int
    behind: int
    make: Callable[[], Piece]


class _Slicer:
    """The lines of one file; numbers count from 0."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self.lines = lines
        self.texts = [line.decode("utf-8", "surrogateescape").rstrip("\r\n") for line in lines]

    def bytes_of(self, first: int, behind: int) -> bytes:
        return b"".join(self.lines[first:behind])

    def is_blank(self, at: int) -> bool:
        return at >= len(self.texts) or not self.texts[at].strip()

    def leaf(self, kind: str, first: int, behind: int, table: int = 0) -> Piece:
        """Make a leaf; `table` is the line on which the table of a caption begins."""
        head = self.bytes_of(first, behind)
        if kind == TABLE and not table:
            return Piece(kind, head, line=first + 1, shown=text_of(head).strip("\n"))
        titled = text_of(self.bytes_of(first, table or behind)).rstrip("\n") if kind != OTHER else ""
        found = _BEHIND.search(titled.rstrip()) if kind in {HEADING, PARAGRAPH, QUOTE, TABLE} else None
        rest = text_of(self.bytes_of(table, behind)) if table else ""
        words = (titled.rstrip()[: found.start()] if found else titled) + (f"\n\n{rest}" if rest else "")
        attributes = parse_attributes(found[1]) if found else parse_attributes("")
        level, words = _level(words) if kind == HEADING else (0, words)
        return Piece(
            kind,
            head,
            line=first + 1,
            id=attributes.id,
            shown=(words if kind != OTHER else text_of(head)).strip("\n"),
            behind=found[0].strip() if found else "",
            level=level,
            flags=attributes.flags,
        )

    def prose(self, text: str, first: int) -> Iterator[_Span]:
        """Cut a stretch of Markdown that begins on a line."""
        found = stretches(text.replace("\r", " "))
        lines = text.split("\n")
        skip = -1
        for at, (token, begin, behind) in enumerate(found):
            if at == skip:
                continue
            kind, end = _KINDS.get(token, OTHER), _trimmed(lines, begin, behind)
            table = 0
            after = found[at + 1] if at + 1 < len(found) else ("", 0, 0)
            if kind == PARAGRAPH and after[0] == "table_open" and is_caption("\n".join(lines[begin:end])):
                kind, table, skip = TABLE, first + after[1], at + 1
                end = _trimmed(lines, after[1], after[2])
            yield self.span(kind, first + begin, first + end, table)

    def span(self, kind: str, first: int, behind: int, table: int = 0) -> _Span:
        return _Span(first, behind, lambda: self.leaf(kind, first, behind, table))

    def container(self, fence: Fence, behind: int) -> Piece:
        first = fence.line - 1
        closing = fence.end - 1 if fence.end else behind
        gap, children = self.pieces(tuple(self.spans(fence, closing)), first + 1, closing)
        return Piece(
            fence.name,
            self.bytes_of(first, first + 1),
            gap,
            children,
            self.bytes_of(closing, closing + 1) if fence.end else b"",
            line=first + 1,
            is_container=True,
            id=fence.attributes.id,
            values=fence.attributes.values,
            flags=fence.attributes.flags,
        )

    def spans(self, fence: Fence, behind: int) -> Iterator[_Span]:
        for part in fence.children:
            if isinstance(part, Prose):
                yield from self.prose(part.text, part.line - 1)
            else:
                yield self.fenced(part, part.end or behind)

    def fenced(self, fence: Fence, behind: int) -> _Span:
        return _Span(fence.line - 1, behind, lambda: self.container(fence, behind))

    def pieces(self, spans: Sequence[_Span], first: int, behind: int) -> tuple[bytes, tuple[Piece, ...]]:
        """Put pieces in their order, each with the empty lines behind it; and what is before the first."""
        found: list[Piece] = []
        before, at = b"", first
        for span in (*self.covered(spans, first, behind), _Span(behind, behind, _nothing)):
            gap = self.bytes_of(at, span.first)
            if not found:
                before = gap
            elif found[-1].tail:
                found[-1] = replace(found[-1], tail_gap=gap)
            else:
                found[-1] = replace(found[-1], gap=found[-1].gap + gap)
            if span.first < span.behind:
                found.append(span.make())
            at = span.behind
        return before, tuple(found)

    def covered(self, spans: Sequence[_Span], first: int, behind: int) -> Iterator[_Span]:
        """Add what no reader makes a block of: definitions of links, stray closing lines."""
        at = first
        for span in (*spans, _Span(behind, behind, _nothing)):
            lines = [line for line in range(at, span.first) if not self.is_blank(line)]
            if lines:
                yield self.span(OTHER, lines[0], lines[-1] + 1)
            if span.first < span.behind:
                yield span
            at = span.behind


def _trimmed(lines: Sequence[str], first: int, behind: int) -> int:
    """Leave empty lines at the end of a block to what follows."""
    while behind > first + 1 and (behind > len(lines) or not lines[behind - 1].strip()):
        behind -= 1
    return behind


def _level(words: str) -> tuple[int, str]:
    found = _HASHES.match(words)
    return (len(found[1]), found[2].strip()) if found else (0, words)


@lru_cache(maxsize=MOST_KEPT)
def cut_pieces(raw: bytes) -> Piece:
    """Cut a file into pieces under a nameless root; the last ones are kept for the page that follows."""
    mark = _BOM if raw.startswith(_BOM) else b""
    slicer = _Slicer(_LINES.findall(raw[len(mark) :]))
    root = cut("\n".join(slicer.texts), Notebook(""))
    behind = len(slicer.lines)
    gap, children = slicer.pieces(tuple(slicer.spans(root, behind)), 0, behind)
    return Piece(ROOT, mark, gap, children, is_container=True)
