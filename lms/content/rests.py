"""What a release rests on: the glossary terms and the register entries that its words name.

Called by `sealing` and `library`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.core import finder
from lms.core.course import Module
from lms.core.document import Block
from lms.core.legislation import Law, Register, Watch
from lms.core.resting import has_finder, laws_under
from lms.core.walk import all_links


def _terms(blocks: Iterable[Block]) -> set[str]:
    return {link.target for link, _ in all_links(blocks) if link.kind == "term"}


def _stretches(module: Module) -> Iterable[tuple[Block, ...]]:
    for lesson in module.lessons:
        yield from (document.blocks for document in lesson.documents.values())
    yield from (document.blocks for document in module.facilitator.values())
    yield from module.quiz.marked.values()


def terms_of(modules: Iterable[Module]) -> frozenset[str]:
    """Give the ids of the terms that are linked in the text."""
    return frozenset(name for module in modules for blocks in _stretches(module) for name in _terms(blocks))


def laws_of(modules: Iterable[Module], laws: Mapping[str, Law]) -> frozenset[str]:
    """Give the ids of the laws that statements, questions, links and finders rest on."""
    found: set[str] = set()
    for module in modules:
        for blocks in _stretches(module):
            found |= laws_under(blocks, laws)
        found.update(name for question in module.quiz.questions for name in question.rests_on)
    return frozenset(found)


def watch_of(modules: Iterable[Module], register: Register) -> tuple[Watch, ...]:
    """Give what the register watches for, as far as a finder shows it."""
    if not any(has_finder(blocks) for module in modules for blocks in _stretches(module)):
        return ()
    laws = finder.shown(register.laws)
    return tuple(one for one in register.watch if one.law in laws)
