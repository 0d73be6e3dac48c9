"""Where each value of a YAML file is written: the span of characters of every mapping, list and text.

Holds places only; values are read by `shapes.reading`, and `rewriting` puts other ones in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

_BLOCK_TEXT = frozenset({"|", ">"})


@dataclass(frozen=True, slots=True)
class Span:
    """One value: its first character, the one behind its last, its column, and how it is written.

    `style` is the sign of a text (`"`, `'`, `|`, `>`, or empty) and `{` or `[` of what stands in one line.
    `keys` gives where each entry of a mapping begins; `parts` the values of a mapping or list.
    """

    start: int
    end: int
    column: int
    style: str = ""
    parts: Mapping[str | int, Span] = field(default_factory=dict)
    keys: Mapping[str | int, int] = field(default_factory=dict)

    @property
    def is_flow(self) -> bool:
        """Return whether a mapping or list stands in brackets."""
        return self.style in {"{", "["}


def spans_of(text: str) -> Span:
    """Return the span of the whole of a YAML text that can be read, with the spans of all its parts."""
    return _span(YAML(typ="safe", pure=True).compose(text), text)


def _span(node: Node, text: str) -> Span:
    start, column = node.start_mark.index, node.start_mark.column
    if isinstance(node, MappingNode):
        return _mapping(node, text, start, column)
    if isinstance(node, SequenceNode):
        listed: dict[str | int, Span] = {at: _span(one, text) for at, one in enumerate(node.value)}
        if node.flow_style:
            return Span(start, node.end_mark.index, column, "[", listed)
        return Span(start, max(one.end for one in listed.values()), column, "", listed)
    return Span(start, _end_of(node, text), column, getattr(node, "style", "") or "")


def _mapping(node: MappingNode, text: str, start: int, column: int) -> Span:
    parts: dict[str | int, Span] = {}
    keys: dict[str | int, int] = {}
    for key, value in node.value:
        parts[key.value], keys[key.value] = _span(value, text), key.start_mark.index
    if node.flow_style:
        return Span(start, node.end_mark.index, column, "{", parts, keys)
    return Span(start, max(one.end for one in parts.values()), column, "", parts, keys)


def _end_of(node: Node, text: str) -> int:
    """Return where a text ends; the one of a block ends with its last line, before what follows it."""
    end: int = node.end_mark.index
    if getattr(node, "style", "") in _BLOCK_TEXT:
        start: int = node.start_mark.index
        return start + len(text[start:end].rstrip("\r\n "))
    return end
