"""Courses, modules, lessons and releases, as read from a site's files.

Holds shapes and look-ups; holds no learner and no file access. A *release* is everything a learner is
pinned to: exact modules and quizzes, and snapshots of the course, its terms and its laws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.courses.document import Document
from lms.core.courses.quiz import Quiz
from lms.core.courses.survey import Survey
from lms.core.legislation.register import Law, Register, Term, Watch
from lms.core.locales import Words

#: Codes that no module and no lesson may have: pages of a course and of a module have these addresses, and
#: parts of the file to take along have ids that begin so.
RESERVED_CODES = frozenset({
    "answer", "answers", "as-of", "certificate", "check", "conformance", "contents", "facilitator", "move",
    "offline", "outcomes", "q", "question", "questions", "refresher", "results", "start", "stay", "top",
    "try", "versions", "w", "words",
})  # fmt: skip
#: Folders of a site that are no course, and of a course that are no module.
RESERVED_FOLDERS = frozenset({"legislation", "media", "releases"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a learner can do afterwards."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class SignVideo:
    """A sign-language recording of one part (`#anchor`, `term:id`, `question:id`); `lang` such as `ase`."""

    part: str
    lang: str
    src: str
    small: str = ""
    transcript: Words | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Lesson:
    """One lesson: a document per language, all with the same bones."""

    id: str
    code: str
    title: Words
    minutes: int
    documents: Mapping[str, Document]
    outcomes: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A module at one version."""

    id: str
    code: str
    version: str
    title: Words
    minutes: int
    outcomes: tuple[Outcome, ...]
    lessons: tuple[Lesson, ...]
    quiz: Quiz
    sensitive: bool = False
    sign_videos: tuple[SignVideo, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)  # path as written -> sha256 of the bytes
    digest: str = ""
    facilitator: Mapping[str, Document] = field(default_factory=dict)  # notes for a team talk, by language

    def lesson(self, code: str) -> Lesson | None:
        """Find a lesson by its opaque code."""
        return next((lesson for lesson in self.lessons if lesson.code == code), None)


@dataclass(frozen=True, slots=True)
class Need:
    """Another course that one completes first, and why."""

    course: str
    why: Words


@dataclass(frozen=True, slots=True)
class Course:
    """What `course.yaml` says: names, languages, order, rules."""

    id: str
    code: str
    title: Words
    subtitle: Words
    summary: Words
    neutral_title: Words
    sensitive: bool
    required_locales: tuple[str, ...]
    offered_locales: tuple[str, ...]
    hours: str
    modules: tuple[str, ...]
    pass_mark: int
    final_items: int
    survey: Survey | None = None
    needs: tuple[Need, ...] = ()

    def shown_title(self, locale: str) -> str:
        """Return the title that may stand in a window title, a file name or a mail subject."""
        return (self.neutral_title if self.sensitive else self.title).text(locale)


@dataclass(frozen=True, slots=True)
class Release:
    """A sealed course version with everything it rests on."""

    course: Course
    version: str
    digest: str
    date: str
    law_as_of: str
    why: Words
    modules: tuple[Module, ...]
    terms: Mapping[str, Term]
    laws: Mapping[str, Law]
    parent: str = ""
    change: str = ""  # first | editorial | informative | material, against the parent
    by: str = ""
    watch: tuple[Watch, ...] = ()  # what a finder shows of things to come

    @property
    def register(self) -> Register:
        """Return the part of the register that the release holds, as it stood when it was sealed."""
        return Register(self.law_as_of, "", "", self.laws, self.watch)

    def module(self, code: str) -> Module | None:
        """Find a module by its opaque code."""
        return next((module for module in self.modules if module.code == code), None)

    def lesson(self, module_code: str, lesson_code: str) -> tuple[Module, Lesson] | None:
        """Find a lesson and its module by their opaque codes."""
        module = self.module(module_code)
        lesson = module.lesson(lesson_code) if module else None
        return (module, lesson) if module and lesson else None
