"""Which blocks make a change as large as it is, and which could be marked as typos.

Holds what is shown beside the smallest honest class; the class itself is judged by `change`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.core.courses.course import Release
from lms.core.courses.document import Block
from lms.core.courses.walk import runs
from lms.core.publishing.change import ChangeClass
from lms.core.publishing.comparing.differences import BlockChange, Difference
from lms.core.publishing.comparing.parts import Area, CoursePart
from lms.core.publishing.fingerprint import digest

_RULES = {
    Area.COURSE: frozenset({"pass_mark", "final_items", "order"}),
    Area.MODULE: frozenset({"draw"}),
    Area.QUIZ: frozenset({"correct", "answer", "tolerance", "kind", "order"}),
}


@dataclass(frozen=True, slots=True)
class Weighty:
    """A block that makes a change as large as it is."""

    place: CoursePart
    block: BlockChange


@dataclass(frozen=True, slots=True)
class TypoCandidate:
    """A block of a lesson that stands where it stood, with other words: perhaps nothing but a typo."""

    place: CoursePart
    locale: str
    digest: str
    old: str
    new: str


def _moved_laws(old: Release, new: Release) -> frozenset[str]:
    """Return the laws that have met a material event since the old release."""
    found: set[str] = set()
    for name, law in new.laws.items():
        before = old.laws[name].events if name in old.laws else law.events
        known = {(event.date, event.event) for event in before if event.material}
        found |= {name for event in law.events if event.material and (event.date, event.event) not in known}
    return frozenset(found)


def _is_material(place: CoursePart, block: BlockChange, laws: frozenset[str]) -> bool:
    if block.old and {fact.name for fact in block.facts} & _RULES.get(place.area, frozenset()):
        return True
    if place.area is Area.MODULE and block.piece.id.startswith("outcomes"):
        return True
    if place.area is Area.QUIZ and block.piece.kind == "accept":
        return True
    based_on = dict((block.old or block.piece).facts).get("rests_on", "")
    return bool(laws.intersection(based_on.split(", ")))


def weighty(
    found: Difference, old: Release, new: Release, change: ChangeClass, *, alone: bool = False
) -> tuple[Weighty, ...]:
    """Return the blocks that make a change of this class; all that changed, where none does so by itself.

    With `alone` only the former: where one language has them, the others have nothing to add.
    """
    laws = _moved_laws(old, new)
    everything = [Weighty(part.place, block) for part in found.sections for block in part.changes]
    if change is not ChangeClass.MATERIAL:
        return tuple(everything)
    heavy = tuple(one for one in everything if _is_material(one.place, one.block, laws))
    return heavy if alone else heavy or tuple(everything)


def _text(block: Block) -> str:
    return " ".join(run.text for run in runs((block,)))


def typo_candidates(old: Release, new: Release) -> Iterator[TypoCandidate]:
    """Return the blocks that could be marked "typo only": no block of their lesson came or went."""
    before = {
        (module.id, lesson.id, locale): document.blocks
        for module in old.modules
        for lesson in module.lessons
        for locale, document in lesson.documents.items()
    }
    for module in new.modules:
        for lesson in module.lessons:
            for locale, document in lesson.documents.items():
                was = before.get((module.id, lesson.id, locale), ())
                place = CoursePart(Area.LESSON, module.id, lesson.id)
                yield from _candidates(was, document.blocks, place, locale)


def _candidates(
    was: tuple[Block, ...], now: tuple[Block, ...], place: CoursePart, locale: str
) -> Iterator[TypoCandidate]:
    if len(was) != len(now):
        return
    for one, other in zip(was, now, strict=True):
        mark = digest(other, loose=True)
        if digest(one, loose=True) != mark:
            yield TypoCandidate(place, locale, mark, _text(one), _text(other))
