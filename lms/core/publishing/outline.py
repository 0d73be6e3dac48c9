"""A release without its texts: names, minutes, outcomes, order, and how long each stretch of a lesson is.

What lists and course pages show, so that none of them loads a course. Holds the reduction alone. Words become
as many dashes between the same anchors, because sections share out the minutes by their words; questions
and laws are left out, and of a module's files all but the picture that it is known by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.document import Block, Document, Heading, Paragraph, Text
from lms.core.courses.durations import parts_of

PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")


def picture_of(module: Module) -> Mapping[str, str]:
    """Return the first picture among a module's files, path to digest; nothing when there is none."""
    found = sorted(path for path in module.media if path.lower().endswith(PICTURES))
    return {path: module.media[path] for path in found[:1]}


def outline_of(release: Release) -> Release:
    """Return the same release without its texts."""
    return replace(
        release,
        modules=tuple(_module(module) for module in release.modules),
        terms={},
        laws={},
        watch=(),
    )


def _module(module: Module) -> Module:
    return replace(
        module,
        lessons=tuple(_lesson(lesson) for lesson in module.lessons),
        quiz=replace(module.quiz, questions=()),
        media=picture_of(module),
        facilitator={tag: Document(notes.lang) for tag, notes in module.facilitator.items()},
    )


def _lesson(lesson: Lesson) -> Lesson:
    documents = {
        tag: Document(document.lang, tuple(_bare(document.blocks)))
        for tag, document in lesson.documents.items()
    }
    return replace(lesson, documents=documents)


def _bare(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for anchor, is_section, words in parts_of(blocks):
        content = (Text("- " * words),) if words else ()
        if is_section:
            yield Heading(2, content, anchor)
        elif anchor or words:
            yield Paragraph(content, anchor)
