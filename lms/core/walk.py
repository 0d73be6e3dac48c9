"""Ways through a document, in reading order.

Holds what stands inside what, and the plain words of it; holds no judgement. Called by every check, and by whoever
needs all links, all texts or all ids of a lesson.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lms.core.document import (
    Block,
    Branching,
    Break,
    Checklist,
    Code,
    ContentNote,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    InShort,
    JobAid,
    LawBox,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Recording,
    Scenario,
    Step,
    Table,
    Text,
)

Node = Block | ListItem | Step


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words that are read as one: a heading, a paragraph, a cell, an item; `line` as far as known."""

    node: Node
    content: tuple[Inline, ...]
    line: int

    @property
    def text(self) -> str:
        """Give the words without marks."""
        return text_of(self.content)


def inside(node: Node) -> tuple[Node, ...]:
    """Give what stands directly in a block, in reading order."""
    match node:
        case Heading() | Paragraph() | Table() | InShort():
            return ()
        case ListBlock() | Checklist():
            return node.items
        case LawBox():
            return node.plain
        case Scenario():
            return (*node.content, *node.discussion)
        case Branching():
            return (*node.content, *node.steps)
        case JobAid():
            return (*node.content, *node.client)
        case Figure():
            return (*node.caption, *node.description)
        case ContentNote():
            return (*node.content, *node.alternative)
        case Recording():
            return (*node.caption, *node.transcript, *node.description)
        case _:
            return node.content


def walk(blocks: Iterable[Node]) -> Iterator[Node]:
    """Go through all blocks, each before what stands in it."""
    for block in blocks:
        yield block
        yield from walk(inside(block))


def own_runs(node: Node) -> Iterator[Run]:
    """Give the stretches of words of one block, without those of the blocks in it."""
    match node:
        case Heading() | Paragraph():
            yield Run(node, node.content, node.line)
        case InShort():
            yield from (Run(node, item, node.line) for item in node.items)
        case LawBox():
            yield Run(node, node.statement, node.line)
        case Quote():
            if node.source:
                yield Run(node, node.source, node.line)
        case Step():
            yield from (Run(node, choice.content, node.line) for choice in node.choices)
        case Table():
            yield from (Run(node, cell, node.line) for cell in (node.caption, *node.header) if cell)
            for at, row in enumerate(node.rows):
                yield from (Run(node, cell, node.line + 2 + at) for cell in row)
        case Scenario() | Branching() | Checklist() | JobAid():
            yield Run(node, (Text(node.title),), node.line)
        case _:
            return


def runs(blocks: Iterable[Node]) -> Iterator[Run]:
    """Give every stretch of words of a document."""
    for node in walk(blocks):
        yield from own_runs(node)


def text_of(content: Iterable[Inline]) -> str:
    """Give the plain words of inline nodes.

    >>> text_of((Text("one "), Emphasis((Text("two"),)), Break(), Code("three")))
    'one two three'
    """
    parts: list[str] = []
    for node in content:
        match node:
            case Text() | Code():
                parts.append(node.text)
            case Break():
                parts.append(" ")
            case Emphasis() | Link() | Foreign():
                parts.append(text_of(node.content))
    return "".join(parts)


def links(content: Iterable[Inline]) -> Iterator[Link]:
    """Give every link of inline nodes."""
    for node in content:
        if isinstance(node, Link):
            yield node
        if isinstance(node, (Emphasis, Link, Foreign)):
            yield from links(node.content)


def all_links(blocks: Iterable[Node]) -> Iterator[tuple[Link, int]]:
    """Give every link of a document with its line; choices of a branching scenario are not links."""
    for run in runs(blocks):
        yield from ((link, run.line) for link in links(run.content))


def id_of(node: Node) -> str:
    """Give a block's id; empty when it has none."""
    return str(getattr(node, "id", ""))
