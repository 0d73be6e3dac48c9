"""What a release rests on: the glossary terms and the register entries that its words name.

Called by `sealing` and `library`.
"""

from __future__ import annotations

from collections.abc import Iterable

from lms.core.course import Module
from lms.core.document import Block, LawBox
from lms.core.walk import all_links, walk


def _named(blocks: Iterable[Block], kind: str) -> set[str]:
    return {link.target for link, _ in all_links(blocks) if link.kind == kind}


def _stretches(module: Module) -> Iterable[tuple[Block, ...]]:
    for lesson in module.lessons:
        yield from (document.blocks for document in lesson.documents.values())
    yield from (document.blocks for document in module.facilitator.values())
    yield from module.quiz.marked.values()


def terms_of(modules: Iterable[Module]) -> frozenset[str]:
    """Give the ids of the terms that are linked in the text."""
    return frozenset(
        name for module in modules for blocks in _stretches(module) for name in _named(blocks, "term")
    )


def laws_of(modules: Iterable[Module]) -> frozenset[str]:
    """Give the ids of the laws that statements, questions and links rest on."""
    found: set[str] = set()
    for module in modules:
        for blocks in _stretches(module):
            found |= _named(blocks, "law")
            boxes = (node for node in walk(blocks) if isinstance(node, LawBox))
            found.update(name for box in boxes for name in box.rests_on)
        found.update(name for question in module.quiz.questions for name in question.rests_on)
    return frozenset(found)
