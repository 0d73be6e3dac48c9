"""What a text rests on in the register: its links, its law boxes, and what its finder shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.core.courses.document import Block, Finder, LawBox
from lms.core.courses.walk import all_links, walk
from lms.core.legislation.finder import shown
from lms.core.legislation.register import Law


def laws_under(blocks: Iterable[Block], laws: Mapping[str, Law]) -> frozenset[str]:
    """Return the ids of the laws that a text rests on; `laws` is what a finder in it can show."""
    blocks = tuple(blocks)
    found = {link.target for link, _ in all_links(blocks) if link.kind == "law"}
    for node in walk(blocks):
        if isinstance(node, LawBox):
            found.update(node.rests_on)
        elif isinstance(node, Finder):
            found |= shown(laws)
    return frozenset(found)


def has_finder(blocks: Iterable[Block]) -> bool:
    """Return whether a text holds a finder."""
    return any(isinstance(node, Finder) for node in walk(blocks))
