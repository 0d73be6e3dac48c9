"""The attribute list of headings, paragraphs and containers: `{#id key=value key="some words" flag}`.

Holds the small grammar only; which names are allowed is said by `containers`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PART = re.compile(
    r"""\s*(?:
        \#(?P<id>[A-Za-z0-9][A-Za-z0-9_-]*)
      | (?P<key>[a-z][a-z0-9-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"{}]+))
      | (?P<flag>[a-z][a-z0-9-]*)
    )(?=\s|$)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """An id, values by name, flags, and whatever could not be understood."""

    id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    fault: str = ""


def parse_attributes(text: str) -> Attributes:
    """Read the words between the braces; `fault` holds the rest from the first thing that is not understood.

    >>> parse_attributes('#f1 src=media/a.svg alt="A door" decorative').values["alt"]
    'A door'
    >>> parse_attributes('#f1 alt="A door').fault
    'alt="A door'
    """
    ident, position, text = "", 0, text.strip()
    values: dict[str, str] = {}
    flags: set[str] = set()
    while position < len(text):
        match = _PART.match(text, position)
        if match is None or (match["id"] and ident) or (match["key"] and match["key"] in values):
            return Attributes(ident, values, frozenset(flags), text[position:].strip())
        if match["id"]:
            ident = match["id"]
        elif match["key"]:
            values[match["key"]] = match["quoted"] if match["quoted"] is not None else match["bare"]
        else:
            flags.add(match["flag"])
        position = match.end()
    return Attributes(ident, values, frozenset(flags))
