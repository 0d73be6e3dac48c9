"""Where each value of a YAML file is written: the span of characters of every mapping, list and text.

Holds places only; values are read by `shapes.reading`, and `rewriting` puts other ones in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from lms.content.shapes.reading import events_of

_BEFORE = (StreamStartEvent, DocumentStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)
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
    events = events_of(text)
    return _span(next(one for one in events if not isinstance(one, _BEFORE)), events, text)


def _span(event: Event, events: Iterator[Event], text: str) -> Span:
    start, column = _begin(event)
    if not isinstance(event, (MappingStartEvent, SequenceStartEvent)):
        return _text(event, text, start, column)
    parts: dict[str | int, Span] = {}
    keys: dict[str | int, int] = {}
    is_mapping = isinstance(event, MappingStartEvent)
    while not isinstance(one := next(events), _ENDS):
        if is_mapping and isinstance(one, ScalarEvent):
            keys[one.value], _ = _begin(one)
            parts[one.value] = _span(next(events), events, text)
        else:
            parts[len(parts)] = _span(one, events, text)
    if event.flow_style:
        return Span(start, _end(one), column, "{" if is_mapping else "[", parts, keys)
    return Span(start, max(part.end for part in parts.values()), column, "", parts, keys)


def _text(event: Event, text: str, start: int, column: int) -> Span:
    """Return the span of a text; the one of a block ends with its last line, before what follows it."""
    style = getattr(event, "style", "") or ""
    end = _end(event)
    if style in _BLOCK_TEXT:
        end = start + len(text[start:end].rstrip("\r\n "))
    return Span(start, end, column, style)


def _begin(event: Event) -> tuple[int, int]:
    """Return the first character of an event and its column."""
    mark = event.start_mark
    return (mark.index, mark.column) if mark else (0, 0)


def _end(event: Event) -> int:
    """Return the character behind the last one of an event."""
    return event.end_mark.index if event.end_mark else 0
