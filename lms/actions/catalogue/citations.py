"""Which published lessons rest on a law, and which explain a word: found once, when a release is adopted.

Holds the finding and the look-up in the release index; loads no course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.actions.kept import Shelved
from lms.core.courses.citations import laws_under
from lms.core.courses.course import Course, Lesson, Module, Release
from lms.core.courses.document import Document
from lms.core.courses.walk import all_links
from lms.core.legislation.register import Law

#: Kind of a link ("law" or "term") and its target.
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Resting:
    """A lesson that rests on a law or explains a word."""

    course: Course
    module: Module
    lesson: Lesson


def _named(document: Document, laws: Mapping[str, Law]) -> set[str]:
    terms = {f"term:{link.target}" for link, _ in all_links(document.blocks) if link.kind == "term"}
    return terms | {f"law:{name}" for name in laws_under(document.blocks, laws)}


def named_in(release: Release) -> dict[str, tuple[str, ...]]:
    """Give, by "law:id" and "term:id", the lessons ("module code/lesson code") of a release that name it."""
    found: dict[str, list[str]] = {}
    for module in release.modules:
        for lesson in module.lessons:
            names = {
                name for document in lesson.documents.values() for name in _named(document, release.laws)
            }
            for name in sorted(names):
                found.setdefault(name, []).append(f"{module.code}/{lesson.code}")
    return {name: tuple(places) for name, places in sorted(found.items())}


def resting(current: Iterable[Shelved], name: Name) -> tuple[Resting, ...]:
    """Return the lessons of these releases that name a law or a term, in the order of the courses."""
    return tuple(
        Resting(one.outline.course, *found)
        for one in current
        for place in one.head.named.get(":".join(name), ())
        if (found := one.outline.lesson(*place.split("/"))) is not None
    )
