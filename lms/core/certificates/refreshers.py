"""The refresher between two releases: which sections to read again, what they said before, what is asked.

It holds what a material change touched and nothing else, the same for everybody who goes from one release to
another. It aims at ten minutes and never leaves a touched section out to get there: questions are what gives
way. A change of rules alone, or of what nobody was taught, has nothing to refresh. Holds no words and no
learner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Document, Heading
from lms.core.courses.durations import MINUTES_A_QUESTION, section_minutes
from lms.core.courses.quiz import UNGRADED, Question
from lms.core.courses.walk import id_of, walk
from lms.core.publishing.change import Touched, touched
from lms.core.publishing.fingerprint import digest

REFRESHER = "refresher"  # the check that it is, beside the modules and the final one
AIM = 10  # minutes
_SECTION = 2  # the level of headings that begin a section
Place = tuple[str, str, str]  # module, lesson, anchor of a section


@dataclass(frozen=True, slots=True)
class RefresherPart:
    """A section to read again, by ids; `gone` says that the new release no longer has it."""

    module: str
    lesson: str
    anchor: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Refresher:
    """What somebody who learned from one release reads and answers to know the other.

    `items` pairs module and question; `rules` says that a rule of the course changed as well.
    """

    parts: tuple[RefresherPart, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    minutes: int = 0
    rules: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing that was learned has changed in substance."""
        return not (self.parts or self.items)


def refresher(old: Release, new: Release, *, called: bool = False) -> Refresher:
    """Make the refresher from one release to another; `called` when people called the change material.

    Where people did so and no rule of the house finds what they meant, every changed section is meant.
    """
    what = touched(old, new)
    places = set(_places(old, new, what))
    if called and not (places or what.keys or what.statements or what.outcomes):
        places = set(_changed(old, new))
    parts = tuple(_ordered(old, new, places))
    reading = sum(_minutes(new, part) for part in parts)
    items = _items(new, what, parts, AIM - reading)
    return Refresher(parts, items, reading + len(items) * MINUTES_A_QUESTION, what.rules)


# --- sections --------------------------------------------------------------------------------------
def sections_of(document: Document) -> dict[str, tuple[Block, ...]]:
    """Cut a text at the headings of its sections, by anchor; what stands before the first belongs to it."""
    found: dict[str, list[Block]] = {}
    before: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == _SECTION:
            found[block.id] = [*before, block]
            before = []
        elif found:
            found[next(reversed(found))].append(block)
        else:
            before.append(block)
    cut = found or {"": before}
    return {anchor: tuple(blocks) for anchor, blocks in cut.items()}


def _texts(release: Release) -> Iterator[tuple[Module, Lesson, str, Document]]:
    for module in release.modules:
        for lesson in module.lessons:
            for locale, document in lesson.documents.items():
                yield module, lesson, locale, document


def _boxes(release: Release) -> dict[tuple[str, str, str], Place]:
    """Return in which section everything with an id stands: (module, language, id) -> section."""
    return {
        (module.id, locale, id_of(block)): (module.id, lesson.id, anchor)
        for module, lesson, locale, document in _texts(release)
        for anchor, blocks in sections_of(document).items()
        for block in walk(blocks)
        if id_of(block)
    }


def _places(old: Release, new: Release, what: Touched) -> Iterator[Place]:
    """Return the sections of touched statements, as they are now or were, and of changed outcomes."""
    before, after = _boxes(old), _boxes(new)
    for name in what.statements:
        if found := after.get(name) or before.get(name):
            yield found
    aimed = {module for module, _ in what.outcomes}
    yield from (place for place in _changed(old, new) if place[0] in aimed)


def _sections(release: Release) -> dict[tuple[Place, str], tuple[Block, ...]]:
    return {
        ((module.id, lesson.id, anchor), locale): blocks
        for module, lesson, locale, document in _texts(release)
        for anchor, blocks in sections_of(document).items()
    }


def _changed(old: Release, new: Release) -> Iterator[Place]:
    """Return the sections of both releases whose words differ in any language."""
    before, after = _sections(old), _sections(new)
    for name, blocks in before.items():
        if name in after and _marks(after[name]) != _marks(blocks):
            yield name[0]


def _marks(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(digest(block, loose=True) for block in blocks)


def _ordered(old: Release, new: Release, places: set[Place]) -> Iterator[RefresherPart]:
    """Return sections in the order of the new release, then those that only the old one had, in its order."""
    here = dict.fromkeys(place for place, _ in _sections(new))
    gone = dict.fromkeys(place for place, _ in _sections(old) if place not in here)
    yield from (RefresherPart(*place) for place in here if place in places)
    yield from (RefresherPart(*place, gone=True) for place in gone if place in places)


def _minutes(new: Release, part: RefresherPart) -> int:
    lesson = None if part.gone else lesson_of(new, part)
    return max(1, section_minutes(lesson).get(part.anchor, 1)) if lesson else 1


def lesson_of(release: Release, part: RefresherPart) -> Lesson | None:
    """Return the lesson of a section in a release that has it."""
    return next(
        (
            lesson
            for module in release.modules
            for lesson in module.lessons
            if (module.id, lesson.id) == (part.module, part.lesson)
        ),
        None,
    )


def said_before(old: Document | None, new: Document | None, anchor: str) -> tuple[Block, ...]:
    """Return the blocks of a section that the new text has not, or says in other words, without its heading.

    What stands in it now and stood elsewhere is found by its id; what only moved was not taken back.
    """
    if old is None:
        return ()
    now = {digest(block, loose=True) for block in new.blocks} if new else set()
    here = {id_of(block) for block in walk(sections_of(new).get(anchor, ()))} - {""} if new else set()
    blocks = sections_of(old).get(anchor, ())
    return tuple(
        block
        for block in old.blocks
        if (block in blocks or id_of(block) in here)
        and digest(block, loose=True) not in now
        and not (isinstance(block, Heading) and block.level == _SECTION)
    )


# --- questions -------------------------------------------------------------------------------------
def _items(
    new: Release, what: Touched, parts: tuple[RefresherPart, ...], left: int
) -> tuple[tuple[str, str], ...]:
    """Choose what is asked: what changed itself, then what rests on the laws, then what aims at the lessons.

    All that changed are asked; of the others as many as the minutes allow, one at least.
    """
    bank = {
        (module.id, question.id): question
        for module in new.modules
        for question in module.quiz.questions
        if question.kind not in UNGRADED
    }
    own = {(module, name) for module, locale, name in what.statements if not locale}
    own |= what.keys
    must = [name for name in bank if name in own]
    second = [name for name, one in bank.items() if what.laws & set(one.rests_on)]
    third = [name for name, one in bank.items() if name in _aimed(new, what, parts, bank)]
    wanted = tuple(dict.fromkeys(chain(must, second or third)))
    chosen = frozenset(wanted[: max(len(must), left, 1)])
    return tuple(name for name in bank if name in chosen)


def _aimed(
    new: Release, what: Touched, parts: tuple[RefresherPart, ...], bank: Mapping[tuple[str, str], Question]
) -> frozenset[tuple[str, str]]:
    """Return the questions about a changed outcome, or about what the lessons of the sections are for."""
    taught = {
        (part.module, outcome)
        for part in parts
        if (lesson := lesson_of(new, part))
        for outcome in lesson.outcomes
    }
    aims = what.outcomes or frozenset(taught)
    return frozenset(name for name, one in bank.items() if (name[0], one.outcome) in aims)
