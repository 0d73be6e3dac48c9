"""What an author sees of a draft: its modules, its lessons and their files, and one lesson to work on.

Holds shapes alone; they are filled by `content.editing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.authoring.lessons.pieces import Piece
from lms.core.courses.findings import Finding
from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class DraftLesson:
    """A lesson of a draft: its files by language, and those of them that are there."""

    id: str
    code: str
    title: Words
    minutes: int
    files: Mapping[str, str]
    present: frozenset[str]


@dataclass(frozen=True, slots=True)
class DraftModule:
    """A module of a draft; `is_whole` when its file can be read."""

    id: str
    title: Words
    lessons: tuple[DraftLesson, ...]
    media: tuple[str, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class DraftCourse:
    """The draft of a course, without its texts; `locales` are the required ones, then those on offer."""

    id: str
    code: str
    title: Words
    sensitive: bool
    required: tuple[str, ...]
    locales: tuple[str, ...]
    modules: tuple[DraftModule, ...]


@dataclass(frozen=True, slots=True)
class DraftText:
    """One lesson in one language: the file, its digest ('' when it is not there yet) and its pieces."""

    file: str
    digest: str
    root: Piece
    is_readable: bool = True  # in pieces; else only as a whole


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """Which lesson: the folder ids of course and module, and the id of the lesson."""

    course: str
    module: str
    lesson: str


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson to work on, with what the check says of its files."""

    course: DraftCourse
    module: DraftModule
    lesson: DraftLesson
    texts: Mapping[str, DraftText]
    findings: tuple[Finding, ...] = ()
