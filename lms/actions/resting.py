"""Which published lessons rest on a law, and which explain a word: looked up once for each release.

Holds the look-up and keeps it, since a sealed release never changes; holds no database. Called by `reading`
and `law_changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from lms.actions.desk import Desk
from lms.content.library import Library
from lms.core.course import Course, Lesson, Module, Release
from lms.core.document import Document
from lms.core.legislation import Law
from lms.core.resting import laws_under
from lms.core.walk import all_links

#: Kind of a link ("law" or "term") and its target.
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Resting:
    """A lesson that rests on a law or explains a word."""

    course: Course
    module: Module
    lesson: Lesson


_kept: WeakKeyDictionary[Library, dict[tuple[str, str], Mapping[Name, tuple[Resting, ...]]]] = (
    WeakKeyDictionary()
)


def _named(document: Document, laws: Mapping[str, Law]) -> set[Name]:
    terms = {(link.kind, link.target) for link, _ in all_links(document.blocks) if link.kind == "term"}
    return terms | {("law", name) for name in laws_under(document.blocks, laws)}


def _of_release(release: Release) -> Mapping[Name, tuple[Resting, ...]]:
    found: dict[Name, list[Resting]] = {}
    for module in release.modules:
        for lesson in module.lessons:
            names = {
                name for document in lesson.documents.values() for name in _named(document, release.laws)
            }
            for name in names:
                found.setdefault(name, []).append(Resting(release.course, module, lesson))
    return {name: tuple(lessons) for name, lessons in found.items()}


def resting(desk: Desk, current: Iterable[Release], name: Name) -> tuple[Resting, ...]:
    """Give the lessons of these releases that name a law or a term, in the order of the courses."""
    kept = _kept.setdefault(desk.library, {})
    found: list[Resting] = []
    for release in current:
        key = (release.course.id, release.version)
        if key not in kept:
            kept[key] = _of_release(release)
        found.extend(kept[key].get(name, ()))
    return tuple(found)
