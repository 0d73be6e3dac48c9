"""What a piece of content says, apart from how it is written down.

Holds the normal form that comparisons rest on: no line numbers, versions or digests, white space as one
space. With `loose`, addresses of outside links and alternative texts are left out as well, because a change
of these alone is editorial. Called by `change` and by whoever tells whether a block is stale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

_NEVER = frozenset({"line", "version", "digest"})
_LOOSE: Mapping[str, frozenset[str]] = {
    "Figure": frozenset({"alt"}),
    "Law": frozenset({"url", "sources"}),
}


def normal(node: object, *, loose: bool = False) -> object:
    """Give nested tuples that are equal when two pieces of content say the same."""
    if isinstance(node, str):
        return " ".join(node.split())
    if isinstance(node, tuple):
        return tuple(normal(part, loose=loose) for part in node)
    if isinstance(node, Mapping):
        return tuple(sorted((str(key), normal(part, loose=loose)) for key, part in node.items()))
    if is_dataclass(node):
        return _fields(node, loose=loose)
    return node


def _fields(node: object, *, loose: bool) -> object:
    kind = type(node).__name__
    left_out = _NEVER | (_LOOSE.get(kind, frozenset()) if loose else frozenset())
    if loose and kind == "Link" and getattr(node, "kind", "") == "outside":
        left_out |= {"target"}
    named = (field.name for field in fields(node) if field.name not in left_out)  # type: ignore[arg-type]
    return (kind, *(normal(getattr(node, name), loose=loose) for name in named))


def digest(node: object, *, loose: bool = False) -> str:
    """Give a short name for what a block says: equal content, equal digest."""
    return hashlib.sha256(repr(normal(node, loose=loose)).encode()).hexdigest()
