"""What a release rests on: the glossary terms and the register entries that its words name.

They are sealed in with it, so whoever approves a draft approves them, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.core.courses.citations import has_finder, laws_under
from lms.core.courses.course import Module, Release
from lms.core.courses.document import Block
from lms.core.courses.walk import all_links
from lms.core.legislation import finder
from lms.core.legislation.register import Law, Register, Watch
from lms.core.publishing.fingerprint import digest


def _terms(blocks: Iterable[Block]) -> set[str]:
    return {link.target for link, _ in all_links(blocks) if link.kind == "term"}


def _stretches(module: Module) -> Iterable[tuple[Block, ...]]:
    for lesson in module.lessons:
        yield from (document.blocks for document in lesson.documents.values())
    yield from (document.blocks for document in module.facilitator.values())
    yield from module.quiz.marked.values()


def terms_of(modules: Iterable[Module]) -> frozenset[str]:
    """Return the ids of the terms that are linked in the text."""
    return frozenset(name for module in modules for blocks in _stretches(module) for name in _terms(blocks))


def laws_of(modules: Iterable[Module], laws: Mapping[str, Law]) -> frozenset[str]:
    """Return the ids of the laws that statements, questions, links and finders rest on."""
    found: set[str] = set()
    for module in modules:
        for blocks in _stretches(module):
            found |= laws_under(blocks, laws)
        found.update(name for question in module.quiz.questions for name in question.rests_on)
    return frozenset(found)


def watch_of(modules: Iterable[Module], register: Register) -> tuple[Watch, ...]:
    """Return what the register watches for, as far as a finder shows it."""
    if not any(has_finder(blocks) for module in modules for blocks in _stretches(module)):
        return ()
    laws = finder.shown(register.laws)
    return tuple(one for one in register.watch if one.law in laws)


def rests_digest(release: Release) -> str:
    """Return the digest of what is sealed in from the files that courses share, as this release holds it."""
    return digest((release.law_as_of, dict(release.terms), dict(release.laws), release.watch))
