"""A stretch of Markdown without containers to core blocks, line numbers kept.

Holds headings, paragraphs, lists, tables and quotes, and the ids written behind them. Knows no container and
no file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lms.content.markup.attributes import Attributes, parse_attributes
from lms.content.markup.inlines import add_foreign, note_leftovers, to_inlines
from lms.content.markup.report import Notebook
from lms.core.courses.document import (
    Block,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
)

_TRAILING = re.compile(r"\s*\{\s*(#[^{}]*)\}\s*$")
_CAPTION = re.compile(r"\s*(?:Table|Tableau)[ \u00a0\u202f]?:\s*(.*)", re.DOTALL)
_SOURCE = re.compile(r"\s*[—–]\s+")
_SOURCE_IN_TEXT = re.compile(r"(?:^|\s+)[—–]\s+(?!.*\s[—–]\s)", re.DOTALL)
_MARKUP = re.compile(r"[*_`\[<\\&\n]|^\s*(?:[-+#>|]|\d+[.)])\s")
_DEEPEST = 4


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "lheading", "text_join"])
    add_foreign(parser)
    return parser


_PARSER = _parser()
_OUTLINES = _parser().disable("inline")


def _trailing_attributes(content: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], Attributes]:
    last = content[-1] if content else None
    found = _TRAILING.search(last.text) if isinstance(last, Text) else None
    if not isinstance(last, Text) or found is None:
        return content, Attributes()
    rest = last.text[: found.start()]
    return (*content[:-1], Text(rest)) if rest else content[:-1], parse_attributes(found[1])


class _Blocks:
    """Go once through the tokens of one stretch."""

    def __init__(self, tokens: Sequence[Token], offset: int, notes: Notebook) -> None:
        self.tokens = tokens
        self.offset = offset
        self.notes = notes
        self.at = 0
        self.flagged: set[int] = set()  # lines of the table captions that say `row-headers`

    def line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self.offset

    def until(self, closing: str) -> tuple[Block, ...]:
        """Read blocks up to a closing token (or the end)."""
        blocks: list[Block] = []
        while self.at < len(self.tokens) and self.tokens[self.at].type != closing:
            block = self.block(blocks)
            if block is not None:
                blocks.append(block)
        self.at += 1
        return tuple(blocks)

    def block(self, before: list[Block]) -> Block | None:
        token = self.tokens[self.at]
        self.at += 1
        match token.type:
            case "heading_open":
                return self.heading(token)
            case "paragraph_open":
                return self.paragraph(token)
            case "bullet_list_open" | "ordered_list_open":
                return self.list_block(token)
            case "blockquote_open":
                return self.quote(token)
            case "table_open":
                return self.table(token, before)
            case "html_block":
                self.notes.error("raw-html", self.line(token), found=token.content.strip().split("\n")[0])
            case _:
                self.notes.error("markdown-unsupported", self.line(token), found=token.type.replace("_", " "))
        return None

    def inline(self, end: re.Pattern[str] | None = None) -> tuple[Inline, ...]:
        """Read the inline token at hand and step over the closing one; `end` may stand behind its words."""
        token = self.tokens[self.at]
        self.at += 2
        note_leftovers(token.children or (), self.line(token), self.notes, end)
        return to_inlines(token.children or (), self.line(token), self.notes)

    def attributed(
        self, line: int, *, flags: frozenset[str] = frozenset()
    ) -> tuple[tuple[Inline, ...], Attributes]:
        content, attributes = _trailing_attributes(self.inline(_TRAILING))
        if attributes.fault or attributes.values or attributes.flags - flags:
            names = [attributes.fault, *attributes.values, *sorted(attributes.flags - flags)]
            self.notes.error("attribute-syntax", line, found=" ".join(filter(None, names)))
        return content, attributes

    def heading(self, token: Token) -> Heading:
        level, line = int(token.tag[1]), self.line(token)
        content, attributes = self.attributed(line)
        if not 1 < level <= _DEEPEST:
            self.notes.error("heading-level", line, level=level)
        return Heading(level, content, attributes.id, line)

    def paragraph(self, token: Token) -> Paragraph:
        line = self.line(token)
        content, attributes = self.attributed(line, flags=frozenset({"row-headers"}))
        if attributes.flags:
            self.flagged.add(line)
        return Paragraph(content, attributes.id, line)

    def list_block(self, token: Token) -> ListBlock:
        items: list[ListItem] = []
        closing = token.type.replace("open", "close")
        while self.tokens[self.at].type != closing:
            item = self.tokens[self.at]
            self.at += 1
            items.append(ListItem(self.until("list_item_close"), self.line(item)))
        self.at += 1
        ordered = token.type == "ordered_list_open"
        start = token.attrGet("start") if ordered else None
        return ListBlock(tuple(items), ordered, 1 if start is None else int(start), "", self.line(token))

    def quote(self, token: Token) -> Quote:
        blocks = self.until("blockquote_close")
        last = blocks[-1] if blocks else None
        if not isinstance(last, Paragraph):
            return Quote(blocks, (), "", self.line(token))
        said, source = _source(last.content, self.tokens[self.at - 3].content)
        kept = (*blocks[:-1], Paragraph(said, "", last.line)) if said else blocks[:-1]
        return Quote(kept, source, last.id, self.line(token))

    def row(self) -> tuple[tuple[Inline, ...], ...]:
        cells: list[tuple[Inline, ...]] = []
        while self.tokens[self.at].type != "tr_close":
            self.at += 1  # th_open or td_open
            cells.append(self.inline())
        self.at += 1
        return tuple(cells)

    def table(self, token: Token, before: list[Block]) -> Table:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        while self.tokens[self.at].type != "table_close":
            self.at += 1
            if self.tokens[self.at - 1].type == "tr_open":
                rows.append(self.row())
        self.at += 1
        above = _caption(before)
        row_headers = above is not None and above.line in self.flagged
        content, ident = (above.content, above.id) if above else ((), "")
        return Table(rows[0] if rows else (), tuple(rows[1:]), content, row_headers, ident, self.line(token))


def _source(content: tuple[Inline, ...], written: str) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Part a quote's last paragraph into what was said and, on a last line behind a dash, who said it."""
    if not _SOURCE.match(written.rsplit("\n", maxsplit=1)[-1]):
        return content, ()
    for index in range(len(content) - 1, -1, -1):
        node = content[index]
        parts = _SOURCE_IN_TEXT.split(node.text) if isinstance(node, Text) else []
        if len(parts) > 1:
            said = (*content[:index], *([Text(parts[0])] if parts[0] else []))
            return said, (Text(parts[-1]), *content[index + 1 :])
    return content, ()


def _caption(before: list[Block]) -> Paragraph | None:
    """Take the caption line that stands right before a table."""
    last = before[-1] if before else None
    if not isinstance(last, Paragraph) or not last.content or not isinstance(last.content[0], Text):
        return None
    match = _CAPTION.fullmatch(last.content[0].text)
    if match is None:
        return None
    before.pop()
    first = (Text(match[1]),) if match[1] else ()
    return Paragraph((*first, *last.content[1:]), last.id, last.line)


def has_markup(text: str) -> bool:
    """Return whether a short text holds anything that Markdown would read as more than words.

    >>> has_markup("Look up."), has_markup("Look *up*.")
    (False, True)
    """
    return _MARKUP.search(text) is not None


def stretches(text: str) -> tuple[tuple[str, int, int], ...]:
    r"""Return where each block of some Markdown stands: what the parser calls it, first line, line behind it.

    A caption that belongs to a table is not yet one with it (`is_caption`).

    >>> stretches("## Doors\n\nOpen one.\n")
    (('heading_open', 0, 1), ('paragraph_open', 2, 3))
    """
    tops = (token for token in _OUTLINES.parse(text) if not token.level and token.nesting >= 0 and token.map)
    return tuple((token.type, token.map[0], token.map[1]) for token in tops if token.map)


def is_caption(text: str) -> bool:
    """Return whether a paragraph is the caption of the table behind it."""
    return _CAPTION.fullmatch(text) is not None


def to_blocks(text: str, first_line: int, notes: Notebook) -> tuple[Block, ...]:
    """Read Markdown whose first line is line `first_line` of the file."""
    return _Blocks(_PARSER.parse(text), first_line, notes).until("")
