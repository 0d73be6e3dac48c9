"""Finding things: what goes into the index, and what a question finds.

Holds which texts can be found and how a hit is shown; holds no stemming (see `storage.search.stems`).
`rebuild` is
called after an adoption and by the worker; `search` by `web`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lms.actions.action import Who, command, query
from lms.actions.catalogue.lookups import is_whole, sealed
from lms.actions.context import Context
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Document, Heading
from lms.core.courses.helplines import EVERYWHERE, HelpLine
from lms.core.courses.opaque import opaque
from lms.core.courses.walk import runs, text_of
from lms.core.legislation.register import Law, Term
from lms.core.people.actors import Actor
from lms.storage.publishing import releases
from lms.storage.search import search_index as index
from lms.storage.search.expressions import others
from lms.storage.search.stems import bare, words_of

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


def _lesson(release: Release, module: Module, lesson: Lesson) -> Iterator[index.SearchEntry]:
    address = f"c/{release.course.code}/{module.code}/{lesson.code}"
    for locale, document in lesson.documents.items():
        for head, part in _sections(document):
            title = lesson.title.text(locale)
            yield index.SearchEntry(
                release.course.id,
                release.version,
                locale,
                "lesson",
                f"{address}#{head.id}" if head else address,
                f"{title} – {text_of(head.content)}" if head else title,
                "\n".join(run.text for run in runs(part)),
            )


def _law(law: Law) -> Iterator[index.SearchEntry]:
    for locale in law.title:
        words = (law.meaning.text(locale), law.citation.text(locale) if law.citation.by_locale else "")
        events = (event.words.text(locale) for event in law.events)
        yield index.SearchEntry(
            "",
            "",
            locale,
            "law",
            f"register/{opaque(law.id)}",
            law.title[locale],
            "\n".join([*words, *events]),
        )


def _term(term: Term) -> Iterator[index.SearchEntry]:
    for locale in term.term:
        yield index.SearchEntry(
            "",
            "",
            locale,
            "term",
            f"glossary#{opaque(term.id)}",
            term.term[locale],
            term.definition.text(locale),
        )


def _help(line: HelpLine) -> Iterator[index.SearchEntry]:
    """Return a help line by its name, its number as people type it, and what else it is called."""
    place = "" if EVERYWHERE in line.regions else f"?region={line.regions[0]}"
    numbers = " ".join(one for one in (line.number, line.text, line.tty) if one)
    for locale in line.name:
        also = line.also.text(locale) if line.also else ""
        yield index.SearchEntry(
            "",
            "",
            locale,
            "help",
            f"support{place}#{opaque(line.id)}",
            f"{line.name[locale]} – {line.number}" if line.number else line.name[locale],
            "\n".join([line.referral.text(locale), also, numbers, numbers.replace("-", "")]),
        )


def _help_lines(context: Context) -> Iterator[index.SearchEntry]:
    today = date.fromisoformat(context.today())
    for line in context.library.help_lines():
        if line.is_reachable and line.is_fresh(today):
            yield from _help(line)


@command("searching.rebuild", by=Who.SYSTEM)
def rebuild(context: Context, actor: Actor) -> int:
    """Make the index again from what is current and shared; return how many entries.

    A course that cannot be read has no entries until it can. What the index holds already is not written
    again: nothing waits for a round that finds nothing new.
    """
    with context.database.reading() as tx:
        current = releases.all_current(tx, context.now())
    names = ((course, version) for course, (version, _) in current.items())
    entries = [
        entry
        for release in (sealed(context, *name) for name in names if is_whole(context, *name))
        for module in release.modules
        for lesson in module.lessons
        for entry in _lesson(release, module, lesson)
    ]
    entries += [entry for law in context.library.register().laws.values() for entry in _law(law)]
    entries += [entry for term in context.library.glossary().values() for entry in _term(term)]
    entries += _help_lines(context)
    groups = context.library.search_words()
    with context.database.reading() as tx:
        fresh = index.edition(tx) == index.edition_of(entries, groups)
    if not fresh:
        made = index.prepared(entries, groups)
        with context.database.writing() as tx:
            index.replace_all(tx, made)
    return len(entries)


@query("searching.search", by=Who.ANYONE)
def search(context: Context, actor: Actor, question: str, locale: str) -> tuple[Found, ...]:
    """Find what holds every word that was asked for, whatever its accents and endings.

    Help lines for all of Canada come first: whoever asks for a crisis line may have no time to read on.
    """
    with context.database.reading() as tx:
        hits = index.find(tx, question[:200], locale, MOST)
    hits = tuple(sorted(hits, key=lambda hit: not _is_for_all(hit)))
    same = " ".join(others(question, locale, context.library.search_words()))
    wanted = words_of(question) + [word for word in words_of(same) if len(word) >= _TELLING]
    return tuple(Found(hit.kind, hit.address, hit.title, _excerpt(hit.text, wanted)) for hit in hits)


def _is_for_all(hit: index.Hit) -> bool:
    """Return whether this is a help line that needs no region in its address."""
    return hit.kind == "help" and "?" not in hit.address


def _excerpt(text: str, words: Sequence[str]) -> str:
    """Return the first sentence that holds most of the words asked for."""
    wanted = [bare(word)[:_TELLING] for word in words]
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip()]
    if not sentences:
        return ""
    best = max(sentences, key=lambda sentence: sum(word in bare(sentence.lower()) for word in wanted))
    return best if len(best) <= _EXCERPT else best[: best.rfind(" ", 0, _EXCERPT)] + " …"
