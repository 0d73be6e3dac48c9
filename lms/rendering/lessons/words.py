"""Which place of a lesson explains a word: one place a word, where it is read first, and never the summary.

Holds a way from a document to the same document with fewer links; draws nothing. Authors link a word where a
module uses it first, which may be the summary, something folded or the label of a control: there a link leads
away before the reading begins, is not seen, or cannot stand, so the word is explained where the text itself
uses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, cast

from lms.core.courses.document import (
    Branching,
    Checklist,
    Choice,
    ContentNote,
    Document,
    Figure,
    Foreign,
    Heading,
    Inline,
    InShort,
    JobAid,
    Link,
    Recording,
    Scenario,
    Text,
)
from lms.core.courses.walk import text_of

#: What is shown on request only, by block: read after what stands open.
_FOLDED: dict[type, frozenset[str]] = {
    Scenario: frozenset({"discussion"}),
    Branching: frozenset({"steps"}),
    ContentNote: frozenset({"alternative"}),
    Figure: frozenset({"description"}),
    Recording: frozenset({"transcript", "description"}),
    JobAid: frozenset({"client"}),
}
#: Where no word is explained: the summary, and the labels of controls.
_NEVER = (InShort, Checklist, Choice)
#: Where a word is explained only if the text explains it nowhere else.
_LATE = (Heading, Foreign)


@dataclass(slots=True)
class _Met:
    """The links to words, by how they stand, and the plain words of the open text."""

    open: dict[str, Link] = field(default_factory=dict)
    folded: dict[str, Link] = field(default_factory=dict)
    never: dict[str, Link] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)

    def gather(self, node: object, to: dict[str, Link]) -> None:
        """Go through a block in the order of reading."""
        if isinstance(node, tuple):
            for part in node:
                self.gather(part, to)
        elif isinstance(node, Link) and node.kind == "term":
            to.setdefault(node.target, node)
        elif isinstance(node, Text) and to is self.open:
            self.texts.append(node)
        elif is_dataclass(node) and not isinstance(node, Link):
            late = self.folded if isinstance(node, _LATE) else to
            self._inside(node, self.never if isinstance(node, _NEVER) else late)

    def _inside(self, node: object, to: dict[str, Link]) -> None:
        folded = _FOLDED.get(type(node), frozenset())
        for part in fields(cast("Any", node)):
            behind = part.name in folded and to is self.open
            self.gather(getattr(node, part.name), self.folded if behind else to)


def _changed(node: Any, change: Callable[[Any], tuple[Inline, ...] | None]) -> Any:
    """Rebuild what changes, and keep everything else as it is."""
    if isinstance(node, tuple):
        parts: list[Any] = []
        for part in node:
            instead = change(part)
            parts.extend((_changed(part, change),) if instead is None else instead)
        same = len(parts) == len(node) and all(one is other for one, other in zip(parts, node, strict=True))
        return node if same else tuple(parts)
    if not is_dataclass(node):
        return node
    made = {part.name: _changed(getattr(node, part.name), change) for part in fields(node)}
    new = {name: value for name, value in made.items() if value is not getattr(node, name)}
    return replace(cast("Any", node), **new) if new else node


def _elsewhere(met: _Met) -> Iterator[tuple[Text, re.Match[str], Link]]:
    """Find where the open text uses a word whose link stands in a place for none."""
    taken: set[int] = set()
    for term, link in met.never.items():
        words = text_of(link.content)
        if term in met.open or term in met.folded or not words.strip():
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        hits = ((text, pattern.search(text.text)) for text in met.texts if id(text) not in taken)
        for text, hit in hits:
            if hit:
                taken.add(id(text))
                yield text, hit, link
                break


def words_once(document: Document) -> Document:
    """Return the document with each word linked in one place at most, and no word in the summary."""
    met = _Met()
    met.gather(document.blocks, met.open)
    kept = {id(link) for link in ({**met.folded, **met.open}).values()}
    added = {id(text): (hit, link) for text, hit, link in _elsewhere(met)}

    def change(node: object) -> tuple[Inline, ...] | None:
        if isinstance(node, Link) and node.kind == "term" and id(node) not in kept:
            return node.content
        if isinstance(node, Text) and id(node) in added:
            (hit, link), text = added[id(node)], node.text
            parts = Text(text[: hit.start()]), replace(link, content=(Text(hit[0]),)), Text(text[hit.end() :])
            return tuple(part for part in parts if not isinstance(part, Text) or part.text)
        return None

    return replace(document, blocks=_changed(document.blocks, change))
