"""What a law, or one event of it, reaches in a course: each statement by its place, and how many people.

Holds the finding over releases and how a number of people is told; holds no words and counts nobody. A
statement is a law box, a question, a finder, a text that links the law, or a term whose definition does; it
is touched by one event when it was last checked before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Document, Finder, JobAid, LawBox, Link
from lms.core.courses.quiz import NumberQuestion, Option, Question
from lms.core.courses.walk import all_links, id_of, inside, links, own_runs, walk
from lms.core.legislation.finder import shown
from lms.core.legislation.register import Event, Law
from lms.core.legislation.timeliness import awaits
from lms.core.locales import Words

STATEMENT, QUESTION, FINDER, MENTION, TERM = "statement", "question", "finder", "mention", "term"
FACILITATOR = "facilitator"
_RIGHT = "✓ "  # stands before what is right in a question
#: Below this, a number of people is not said: somebody could be known by it.
FEWEST, STEP = 10, 5


@dataclass(frozen=True, slots=True)
class TouchedPlace:
    """One statement that rests on a law: what it is, where, and its words in each language.

    `place` is "module/lesson#id" by folder ids, "module/quiz#id" for a question, "glossary#id" for a term;
    `as_of` the day on which it was last checked; `aid` the job aid that holds it, if one does.
    """

    kind: str
    course: str
    place: str
    as_of: str
    words: Mapping[str, str] = field(default_factory=dict)
    aid: str = ""
    review_by: str = ""

    @property
    def module(self) -> str:
        """Return the folder id of the module."""
        return self.place.partition("/")[0]

    @property
    def lesson(self) -> str:
        """Return the id of the lesson; `quiz` for a question, empty for a term."""
        return self.place.partition("/")[2].partition("#")[0]


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people, as it may be said: nobody, fewer than ten, or about so many."""

    about: int = 0
    is_few: bool = False


def crowd(count: int) -> Crowd:
    """Return a number of people as it may be said.

    >>> crowd(0), crowd(9), crowd(13), crowd(1004)
    (Crowd(about=0, is_few=False), Crowd(about=0, is_few=True), Crowd(about=15, is_few=False), \
Crowd(about=1005, is_few=False))
    """
    if 0 < count < FEWEST:
        return Crowd(is_few=True)
    return Crowd(round(count / STEP) * STEP)


def event_name(law: str, event: Event) -> str:
    """Return how an event is called in one string."""
    return f"{law}@{event.date}/{event.event}"


def find_event(law: Law, name: str) -> Event | None:
    """Return the event that is called so ("date/event", with or without the law before it)."""
    wanted = name.rpartition("@")[2]
    return next((one for one in law.events if f"{one.date}/{one.event}" == wanted), None)


def touched(release: Release, law: str, event: Event | None = None) -> tuple[TouchedPlace, ...]:
    """Return every statement of a release that rests on a law, or on one event of it, in reading order."""
    found = (*_in_modules(release, law), *_in_terms(release, law))
    return tuple(one for one in found if event is None or _is_before(one, event, release.laws.get(law)))


def _is_before(one: TouchedPlace, event: Event, sealed: Law | None) -> bool:
    """Return whether a statement was written before an event was known.

    What has no day of its own was checked with the whole register: it is touched, too, by an event of an
    earlier date that the register did not hold then.
    """
    has_day = one.kind in {STATEMENT, TERM}
    known = {(known.date, known.event) for known in sealed.events} if sealed else set()
    return one.as_of < event.date or (not has_day and (event.date, event.event) not in known)


def _in_modules(release: Release, law: str) -> Iterator[TouchedPlace]:
    for module in release.modules:
        for lesson in module.lessons:
            yield from _in_documents(release, f"{module.id}/{lesson.id}", lesson.documents, law)
        yield from _in_documents(release, f"{module.id}/{FACILITATOR}", module.facilitator, law)
        for question in module.quiz.questions:
            if law in question.rests_on or _mentions(module, question, law):
                yield TouchedPlace(
                    QUESTION,
                    release.course.id,
                    f"{module.id}/quiz#{question.id}",
                    release.law_as_of,
                    _asked(question),
                )


def _mentions(module: Module, question: Question, law: str) -> bool:
    """Return whether a text of a question links the law."""
    texts = set(_texts(question))
    return any(
        link.kind == "law" and link.target == law
        for text, blocks in module.quiz.marked.items()
        if text in texts
        for link, _ in all_links(blocks)
    )


def _asked(question: Question) -> Mapping[str, str]:
    """Return all that a question says, by language: another answer, or another right one, is other words."""
    return {
        locale: " / ".join(text for text in _parts(question, locale) if text.strip(_RIGHT))
        for locale in question.prompt.by_locale
    }


def _parts(node: object, locale: str, sign: str = "") -> Iterator[str]:
    """Go through what a question says in a language, what is right with a sign before it; no id is said."""
    if isinstance(node, Words):
        yield sign + node.by_locale.get(locale, "")
    elif isinstance(node, Mapping):
        yield from (_RIGHT + accepted for accepted in node.get(locale, ()))
    elif isinstance(node, tuple):
        for part in node:
            yield from _parts(part, locale)
    elif isinstance(node, Option):
        yield from _parts(node.text, locale, _RIGHT if node.correct else "")
        yield from _parts((node.feedback, node.then), locale)
    else:
        for name in getattr(node, "__dataclass_fields__", ()):
            yield from _parts(getattr(node, name), locale)
        yield f"{_RIGHT}{node.answer} ± {node.tolerance}" if isinstance(node, NumberQuestion) else ""


def _texts(node: object) -> Iterator[str]:
    """Go through all words of a question, whatever its kind."""
    if isinstance(node, Words):
        yield from node.by_locale.values()
    elif isinstance(node, tuple):
        for part in node:
            yield from _texts(part)
    else:
        for name in getattr(node, "__dataclass_fields__", ()):
            yield from _texts(getattr(node, name))


def _in_documents(
    release: Release, where: str, documents: Mapping[str, Document], law: str
) -> Iterator[TouchedPlace]:
    """Return what rests on the law in one text, its languages put together by kind and id."""
    found: dict[tuple[str, str], TouchedPlace] = {}
    for locale, document in documents.items():
        for kind, name, block, aid in _resting(document.blocks, law, release.laws):
            before = found.get((kind, name))
            words = dict(before.words) if before else {}
            words[locale] = f"{words.get(locale, '')} {_said(block)}".strip()
            as_of = getattr(block, "as_of", "") or release.law_as_of
            found[kind, name] = TouchedPlace(
                kind,
                release.course.id,
                f"{where}#{name}",
                min(as_of, before.as_of) if before else as_of,
                words,
                aid,
                getattr(block, "review_by", ""),
            )
    yield from found.values()


def _resting(
    blocks: Iterable[Block], law: str, laws: Mapping[str, Law]
) -> Iterator[tuple[str, str, Block, str]]:
    """Return (kind, id, block, job aid around it) of what rests on the law."""
    anchor = ""
    for block, aid in _with_aids(blocks):
        anchor = id_of(block) or anchor
        if isinstance(block, LawBox) and law in block.rests_on:
            yield STATEMENT, block.id, block, aid
        elif isinstance(block, Finder) and law in shown(laws):
            yield FINDER, block.id, block, aid
        elif any(one.kind == "law" and one.target == law for one in _own_links(block)):
            yield MENTION, anchor, block, aid


def _own_links(block: Block) -> Iterator[Link]:
    for run in own_runs(block):
        yield from links(run.content)


def _with_aids(blocks: Iterable[Block], aid: str = "") -> Iterator[tuple[Block, str]]:
    for block in blocks:
        here = block.id if isinstance(block, JobAid) else aid
        yield block, here
        yield from _with_aids(inside(block), here)  # type: ignore[arg-type]  # parts of blocks


def _said(block: Block) -> str:
    """Return the words of a statement; its explanation stands below and is not compared."""
    return " ".join(run.text for run in own_runs(block)).strip()


def _in_terms(release: Release, law: str) -> Iterator[TouchedPlace]:
    link = re.compile(rf"\(law:{re.escape(law)}\)")
    for term in release.terms.values():
        texts = term.definition.by_locale
        if any(link.search(text) for text in texts.values()):
            named = {tag: f"{term.term.by_locale.get(tag, '')} – {text}" for tag, text in texts.items()}
            yield TouchedPlace(TERM, release.course.id, f"glossary#{term.id}", term.reviewed, named)


def statements_past(release: Release, today: str) -> tuple[TouchedPlace, ...]:
    """Return the statements of a release that were to be reviewed before today."""
    found: dict[str, TouchedPlace] = {}
    for module in release.modules:
        for lesson in module.lessons:
            for block in _boxes(lesson):
                if block.review_by < today:
                    place = f"{module.id}/{lesson.id}#{block.id}"
                    found[place] = TouchedPlace(
                        STATEMENT, release.course.id, place, block.as_of, review_by=block.review_by
                    )
    return tuple(found.values())


def prepared_for(release: Release) -> str:
    """Return the last day of a change for which a statement was written before it came; '' where none was."""
    boxes = (box for module in release.modules for lesson in module.lessons for box in _boxes(lesson))
    days = (
        box.as_of
        for box in boxes
        for law in map(release.laws.get, box.rests_on)
        if law and awaits(law, box.as_of)
    )
    return max(days, default="")


def _boxes(lesson: Lesson) -> Iterator[LawBox]:
    for document in lesson.documents.values():
        yield from (node for node in walk(document.blocks) if isinstance(node, LawBox))


def words_at(release: Release, kind: str, place: str, law: str) -> Mapping[str, str]:
    """Return what a statement says in a release, by language; nothing where it is gone."""
    return next(
        (one.words for one in touched(release, law) if (one.kind, one.place) == (kind, place)),
        {},
    )
