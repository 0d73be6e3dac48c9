"""What a text rests on in the register: its links, its law boxes, and what its finder shows.

Called by sealing, by pages that say which lessons rest on a law, and by whoever weighs a change of law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.core.document import Block, Finder, LawBox
from lms.core.finder import shown
from lms.core.legislation import Law
from lms.core.walk import all_links, walk


def laws_under(blocks: Iterable[Block], laws: Mapping[str, Law]) -> frozenset[str]:
    """Give the ids of the laws that a text rests on; `laws` is what a finder in it can show."""
    blocks = tuple(blocks)
    found = {link.target for link, _ in all_links(blocks) if link.kind == "law"}
    for node in walk(blocks):
        if isinstance(node, LawBox):
            found.update(node.rests_on)
        elif isinstance(node, Finder):
            found |= shown(laws)
    return frozenset(found)


def has_finder(blocks: Iterable[Block]) -> bool:
    """Say whether a text holds a finder."""
    return any(isinstance(node, Finder) for node in walk(blocks))
