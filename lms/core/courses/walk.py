"""Ways through a document, in reading order.

Holds what stands inside what, and the plain words of it; holds no judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lms.core.courses.document import (
    Block,
    Branching,
    Break,
    Caution,
    Checklist,
    ContentNote,
    Emphasis,
    Figure,
    FigureLabel,
    Foreign,
    Heading,
    Inline,
    InlineCode,
    InShort,
    JobAid,
    KeyPoint,
    LawBox,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Recording,
    Reflection,
    Scenario,
    Step,
    Table,
    Text,
)

Node = Block | ListItem | Step | FigureLabel

#: What stands directly in a block: its fields, in reading order.
_PARTS: Mapping[type, tuple[str, ...]] = {
    ListBlock: ("items",),
    ListItem: ("content",),
    Quote: ("content",),
    KeyPoint: ("content",),
    Caution: ("content",),
    LawBox: ("plain",),
    Scenario: ("content", "discussion"),
    Branching: ("content", "steps"),
    Step: ("content",),
    Reflection: ("content",),
    Checklist: ("items",),
    JobAid: ("content", "client"),
    Figure: ("labels", "caption", "description"),
    ContentNote: ("content", "alternative"),
    Recording: ("caption", "transcript", "description"),
}
#: The fields that hold one stretch of words of the block itself.
_WORDS: Mapping[type, str] = {
    Heading: "content",
    Paragraph: "content",
    LawBox: "statement",
    Quote: "source",
    FigureLabel: "content",
}
#: Blocks with a title of their own, which stands as a heading.
TITLED = (Scenario, Branching, Checklist, JobAid)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are read as one: a heading, a paragraph, a cell, an item; `line` as far as known."""

    node: Node
    content: tuple[Inline, ...]
    line: int
    text: str


def _run(node: Node, content: tuple[Inline, ...], line: int) -> Run:
    return Run(node, content, line, text_of(content))


def inside(node: Node) -> Iterator[Node]:
    """Return what stands directly in a block, in reading order."""
    for part in _PARTS.get(type(node), ()):
        yield from getattr(node, part)


def walk(blocks: Iterable[Node]) -> Iterator[Node]:
    """Go through all blocks, each before what stands in it."""
    for block in blocks:
        yield block
        yield from walk(inside(block))


def _cells(table: Table) -> Iterator[Run]:
    yield from (_run(table, cell, table.line) for cell in (table.caption, *table.header))
    for at, row in enumerate(table.rows):
        yield from (_run(table, cell, table.line + 2 + at) for cell in row)


def own_runs(node: Node) -> Iterator[Run]:
    """Return the stretches of words of one block, without those of the blocks in it."""
    if isinstance(node, Table):
        yield from _cells(node)
    elif isinstance(node, InShort):
        yield from (_run(node, item, node.line) for item in node.items)
    elif isinstance(node, Step):
        yield from (_run(node, choice.content, node.line) for choice in node.choices)
    elif isinstance(node, TITLED):
        yield _run(node, (Text(node.title),), node.line)
    else:
        words = _WORDS.get(type(node))
        if words is not None:
            yield _run(node, getattr(node, words), node.line)


def runs(blocks: Iterable[Node]) -> Iterator[Run]:
    """Return every stretch of words of a document that is not empty."""
    for node in walk(blocks):
        yield from (run for run in own_runs(node) if run.content)


def text_of(content: Iterable[Inline], *, foreign: str | None = None) -> str:
    """Return the plain words of inline nodes; `foreign` stands in for other languages and for code.

    >>> text_of((Text("one "), Emphasis((Text("two"),)), Break(), InlineCode("three")))
    'one two three'
    >>> text_of((Text("say "), Foreign("mi", (Text("haere mai"),))), foreign="…")
    'say …'
    """
    parts: list[str] = []
    for node in content:
        if isinstance(node, Break):
            parts.append(" ")
        elif isinstance(node, (Foreign, InlineCode)) and foreign is not None:
            parts.append(foreign)
        elif isinstance(node, (Text, InlineCode)):
            parts.append(node.text)
        else:
            parts.append(text_of(node.content, foreign=foreign))
    return "".join(parts)


def links(content: Iterable[Inline]) -> Iterator[Link]:
    """Return every link of inline nodes."""
    for node in content:
        if isinstance(node, Link):
            yield node
        if isinstance(node, (Emphasis, Link, Foreign)):
            yield from links(node.content)


def all_links(blocks: Iterable[Node]) -> Iterator[tuple[Link, int]]:
    """Return every link of a document with its line; choices of a branching scenario are not links."""
    for run in runs(blocks):
        yield from ((link, run.line) for link in links(run.content))


def id_of(node: Node) -> str:
    """Return a block's id; empty when it has none."""
    return str(getattr(node, "id", ""))
