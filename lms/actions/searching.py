"""Finding things: what goes into the index, and what a question finds.

Holds which texts can be found and how a hit is shown; holds no stemming (see `storage.stems`). `rebuild` is
called after an adoption and by the worker; `search` by `web`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.actions.deed import Who, deed, reading
from lms.actions.desk import Desk
from lms.actions.reading import courses
from lms.core.course import Lesson, Module, Release
from lms.core.document import Block, Document, Heading
from lms.core.legislation import Law, Term
from lms.core.opaque import opaque
from lms.core.people import NOBODY, Actor
from lms.core.walk import runs, text_of
from lms.storage import search as index
from lms.storage.stems import bare, words_of

MOST = 50
_EXCERPT = 180
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_SECTION = 2  # level of the headings that begin a section
_TELLING = 5  # letters of a word's beginning that decide whether a sentence holds it


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the sentence that shows why."""

    kind: str
    address: str
    title: str
    excerpt: str


def _sections(document: Document) -> Iterator[tuple[Heading | None, list[Block]]]:
    found: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == _SECTION:
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return ((head, part) for head, part in found if head or part)


def _lesson(release: Release, module: Module, lesson: Lesson) -> Iterator[index.Entry]:
    address = f"c/{release.course.code}/{module.code}/{lesson.code}"
    for locale, document in lesson.documents.items():
        for head, part in _sections(document):
            title = lesson.title.text(locale)
            yield index.Entry(
                release.course.id,
                release.version,
                locale,
                "lesson",
                f"{address}#{head.id}" if head else address,
                f"{title} – {text_of(head.content)}" if head else title,
                "\n".join(run.text for run in runs(part)),
            )


def _law(law: Law) -> Iterator[index.Entry]:
    for locale in law.title:
        words = (law.meaning.text(locale), law.citation.text(locale) if law.citation.by_locale else "")
        events = (event.words.text(locale) for event in law.events)
        yield index.Entry(
            "",
            "",
            locale,
            "law",
            f"register/{opaque(law.id)}",
            law.title[locale],
            "\n".join([*words, *events]),
        )


def _term(term: Term) -> Iterator[index.Entry]:
    for locale in term.term:
        yield index.Entry(
            "",
            "",
            locale,
            "term",
            f"glossary#{opaque(term.id)}",
            term.term[locale],
            term.definition.text(locale),
        )


@deed("searching.rebuild", by=Who.SYSTEM)
def rebuild(desk: Desk, actor: Actor) -> int:
    """Make the index again from current releases, register and glossary; give how many entries."""
    entries = [
        entry
        for release in courses(desk, NOBODY)
        for module in release.modules
        for lesson in module.lessons
        for entry in _lesson(release, module, lesson)
    ]
    entries += [entry for law in desk.library.register().laws.values() for entry in _law(law)]
    entries += [entry for term in desk.library.glossary().values() for entry in _term(term)]
    rows = index.prepared(entries)
    with desk.database.writing() as tx:
        index.replace_all(tx, rows)
    return len(rows)


@reading("searching.search", by=Who.ANYONE)
def search(desk: Desk, actor: Actor, question: str, locale: str) -> tuple[Found, ...]:
    """Find what holds every word that was asked for, whatever its accents and endings."""
    with desk.database.reading() as tx:
        hits = index.find(tx, question[:200], locale, MOST)
    return tuple(Found(hit.kind, hit.address, hit.title, _excerpt(hit.text, question)) for hit in hits)


def _excerpt(text: str, question: str) -> str:
    """Give the first sentence that holds most of the words asked for."""
    wanted = [bare(word)[:_TELLING] for word in words_of(question)]
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip()]
    if not sentences:
        return ""
    best = max(sentences, key=lambda sentence: sum(word in bare(sentence.lower()) for word in wanted))
    return best if len(best) <= _EXCERPT else best[: best.rfind(" ", 0, _EXCERPT)] + " …"
