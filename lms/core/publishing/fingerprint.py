"""What a piece of content says, apart from how it is written down, and a digest of it.

Holds the canonical form that comparisons rest on: JSON (RFC 8785) of tags and keys, without line numbers,
versions and digests, without fields whose absence says the same, every run of white space one space. It knows
no class name, no default and no order of fields, so it stays what it is when the program changes; the form
and test vectors stand in `docs/sealed-format.md`, so that others can compute it. With `loose`, addresses of
outside links and alternative texts are left out as well: a change of these alone is editorial.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from lms.core.publishing.release_tags import SEALED
from lms.core.publishing.tags import TAG, Tag, Tags, escaped

#: Keys that say where, and not what.
_NEVER = frozenset({"line", "version", "digest"})
#: Keys that are left out by `loose`, by tag.
_LOOSE: Mapping[str, frozenset[str]] = {
    "figure": frozenset({"alt"}),
    "event": frozenset({"source", "read"}),
    "law": frozenset({"url", "sources"}),
}
_OUTSIDE_LINK = "link", "outside"  # tag and kind of a link whose target is left out by `loose`
#: Unicode White_Space, written out: no later version of Unicode or of Python may change a digest.
_SPACE = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def canonical(node: object, *, loose: bool = False, tags: Tags = SEALED) -> bytes:
    """Write what a block, or anything made of blocks, says: equal bytes for equal content.

    Raises: TypeError for what the table of tags does not know.

    >>> from lms.core.courses.document import Paragraph, Text
    >>> canonical(Paragraph((Text("Say  hello"),), line=7)).decode()
    '{"_":"paragraph","content":[{"_":"text","text":"Say hello"}]}'
    """
    said = _Form(tags, loose=loose).said(node)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest(node: object, *, loose: bool = False, tags: Tags = SEALED) -> str:
    """Return the SHA-256 of the canonical form: equal content, equal digest."""
    return hashlib.sha256(canonical(node, loose=loose, tags=tags)).hexdigest()


class _Form:
    """One way to read content: with or without what is editorial."""

    def __init__(self, tags: Tags, *, loose: bool) -> None:
        self._tags = tags
        self._loose = loose

    def said(self, node: object) -> Any:
        """Return the canonical form of any value, before it is written."""
        if isinstance(node, str):
            return _SPACE.sub(" ", node).strip(" ")
        if isinstance(node, (tuple, list)):
            return [self.said(part) for part in node]
        if isinstance(node, Mapping):
            return _ordered({escaped(key): self.said(part) for key, part in node.items()})
        kind = self._tags.kind(node)
        return node if kind is None else self._object(node, kind)

    def _object(self, node: object, kind: Tag) -> dict[str, Any]:
        values = dict(kind.values(node))
        left_out = _NEVER | (_loosely(kind.tag, values) if self._loose else frozenset())
        said = {key: self.said(value) for key, value in values.items() if key not in left_out}
        for key, value in kind.absent.items():
            if said.get(key) == self.said(value):
                said.pop(key, None)
        return _ordered({TAG: kind.tag, **said})


def _loosely(tag: str, values: Mapping[str, object]) -> frozenset[str]:
    if (tag, values.get("kind")) == _OUTSIDE_LINK:
        return frozenset({"target"})
    return _LOOSE.get(tag, frozenset())


def _ordered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Put keys in the order of RFC 8785: by UTF-16 code units."""
    return {key: values[key] for key in sorted(values, key=lambda key: key.encode("utf-16-be"))}
