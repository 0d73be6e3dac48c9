"""The parts of a course that are compared, each with its title and what it holds.

Holds the cutting up; what differs is said by `differences`, which blocks mean the same by `vouching`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Document
from lms.core.publishing.comparing.pieces import ComparedPiece, document_pieces, structured_pieces


class Area(StrEnum):
    """The parts of a course that are compared."""

    COURSE = "course"
    MODULE = "module"
    LESSON = "lesson"
    TEAM = "team"
    QUIZ = "quiz"
    TERMS = "terms"
    LAWS = "laws"


@dataclass(frozen=True, slots=True, order=True)
class CoursePart:
    """A part of a course: of the whole, of a module (by id), of a lesson (by id)."""

    area: Area
    module: str = ""
    lesson: str = ""


Texts = dict[CoursePart, tuple[str, object]]


def texts_of(release: Release, locale: str) -> Texts:
    """Return the parts of a release with their titles and what they hold; nothing is taken apart yet."""
    course = release.course
    found: Texts = {CoursePart(Area.COURSE): (course.title.text(locale), course)}
    for module in release.modules:
        found |= _of_module(module, locale)
    found[CoursePart(Area.TERMS)] = ("", dict(release.terms))
    found[CoursePart(Area.LAWS)] = ("", dict(release.laws))
    return found


def _of_module(module: Module, locale: str) -> Texts:
    title = module.title.text(locale)
    head = replace(
        module,
        quiz=replace(module.quiz, questions=()),
        facilitator={},
        lessons=tuple(map(_named, module.lessons)),
    )
    found: Texts = {CoursePart(Area.MODULE, module.id): (title, head)}
    found |= {
        CoursePart(Area.LESSON, module.id, lesson.id): (lesson.title.text(locale), lesson.documents[locale])
        for lesson in module.lessons
        if locale in lesson.documents
    }
    found |= {
        CoursePart(Area.TEAM, module.id): (title, module.facilitator[tag])
        for tag in module.facilitator
        if tag == locale
    }
    found[CoursePart(Area.QUIZ, module.id)] = title, {one.id: one for one in module.quiz.questions}
    return found


def _named(lesson: Lesson) -> Lesson:
    return replace(lesson, documents={}, digest="")


def pieces_of(value: object, locale: str) -> tuple[ComparedPiece, ...]:
    """Take apart what a part of a course holds."""
    if isinstance(value, Document):
        return tuple(document_pieces(value.blocks))
    if isinstance(value, Mapping):
        return tuple(
            piece for name, part in value.items() for piece in structured_pieces(part, locale, (name,))
        )
    return tuple(structured_pieces(value, locale)) if value else ()


def parts_of(release: Release, locale: str) -> Iterator[tuple[CoursePart, tuple[ComparedPiece, ...]]]:
    """Take a whole release apart in one language."""
    for place, (_, value) in texts_of(release, locale).items():
        yield place, pieces_of(value, locale)
