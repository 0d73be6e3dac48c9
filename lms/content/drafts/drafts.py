"""The draft of a course with all its files, as far as they can be read.

Holds what is on disk and the findings of reading it; judges nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lms.content.drafts.courses import read_course, read_module, to_module
from lms.content.drafts.quizzes import read_quiz
from lms.content.drafts.surveys import read_survey, survey_file
from lms.content.files.files import Files, missing, sha256
from lms.content.markup.lessons import LessonText
from lms.content.shapes.reading import Source
from lms.content.shapes.schemas import LessonEntry, ModuleFile
from lms.core.checks.rules import broken
from lms.core.courses.course import Course, Module
from lms.core.courses.document import Document
from lms.core.courses.findings import Finding, Place
from lms.core.courses.quiz import Quiz

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class TextFile:
    """One text in one language, on disk."""

    locale: str
    file: str
    files: Files

    @property
    def text(self) -> LessonText:
        """Read the file now; one that has gone in the meantime is an empty lesson with that finding."""
        found = self.files.lesson(self.file, self.locale)
        return found or LessonText(Document(self.locale), (missing(self.file),))


@dataclass(frozen=True, slots=True)
class LessonFile(TextFile):
    """One lesson in one language, on disk."""

    entry: LessonEntry


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """A module's files; `shape` and `quiz` are None when they are not whole."""

    folder: str  # courses/<course>/<module>/<version>
    id: str
    source: Source
    shape: ModuleFile | None
    lessons: tuple[LessonFile, ...]
    quiz_source: Source
    quiz: Quiz | None
    media: Mapping[str, str]  # media/x.svg -> sha256
    files: Mapping[str, str]  # every text file of the folder -> sha256
    findings: tuple[Finding, ...]
    facilitator: tuple[TextFile, ...] = ()  # notes for a team talk; none when the module has none

    def text_findings(self) -> tuple[Finding, ...]:
        """Read all lessons and notes and give what is wrong with their writing."""
        texts: tuple[TextFile, ...] = (*self.lessons, *self.facilitator)
        return tuple(finding for one in texts for finding in one.text.findings)

    def lesson(self, lesson_id: str, locale: str) -> LessonFile | None:
        """Find a lesson's file by its id and language."""
        return next(
            (file for file in self.lessons if (file.entry.id, file.locale) == (lesson_id, locale)), None
        )


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course and its modules, as far as they can be read; `course` is None when its file is not whole."""

    id: str
    source: Source
    course: Course | None
    modules: tuple[ModuleDraft, ...]
    findings: tuple[Finding, ...]
    survey: Source | None = None


def lesson_file(position: int, lesson_id: str, locale: str) -> str:
    """Return the name of a lesson's file; `position` counts from 1.

    >>> lesson_file(1, "why-words-matter", "fr")
    '01-why-words-matter.fr.md'
    """
    return f"{position:02d}-{lesson_id}.{locale}.md"


def facilitator_file(locale: str) -> str:
    """Return the name of the file with notes for a team talk.

    >>> facilitator_file("fr")
    'facilitator.fr.md'
    """
    return f"facilitator.{locale}.md"


def _facilitator(
    files: Files, folder: str, course: Course
) -> tuple[tuple[TextFile, ...], tuple[Finding, ...]]:
    """Find the notes for a team talk; when they exist in one language, all required ones must be there."""
    places = {
        locale: f"{folder}/{facilitator_file(locale)}"
        for locale in (*course.required_locales, *course.offered_locales)
    }
    found = tuple(TextFile(locale, file, files) for locale, file in places.items() if files.exists(file))
    known = {one.locale for one in found}
    lacking = tuple(missing(places[locale]) for locale in course.required_locales if locale not in known)
    return found, lacking if found else ()


def _lessons(
    files: Files, folder: str, shape: ModuleFile, course: Course
) -> tuple[tuple[LessonFile, ...], tuple[Finding, ...]]:
    found: list[LessonFile] = []
    findings: list[Finding] = []
    for position, entry in enumerate(shape.lessons, start=1):
        for locale in (*course.required_locales, *course.offered_locales):
            file = f"{folder}/{lesson_file(position, entry.id, locale)}"
            if files.exists(file):
                found.append(LessonFile(locale, file, files, entry))
            elif locale in course.required_locales:
                findings.append(missing(file))
    return tuple(found), tuple(findings)


def _strays(files: Files, folder: str, texts: tuple[TextFile, ...]) -> tuple[Finding, ...]:
    known = {one.file for one in texts}
    names = [name for name in files.names(folder) if name.endswith(".md")]
    return tuple(
        broken("lesson-unlisted", Place(f"{folder}/{name}"), file=name)
        for name in names
        if f"{folder}/{name}" not in known
    )


def _digests(files: Files, folder: str, names: tuple[str, ...]) -> dict[str, str]:
    raws = ((name, files.raw(f"{folder}/{name}")) for name in names)
    return {name: sha256(raw) for name, raw in raws if raw is not None}


def read_module_draft(
    files: Files, course: Course, module_id: str, *, folder: str, quiz_file: str, version: str = DRAFT
) -> ModuleDraft:
    """Read one module from a folder, and its quiz from a file."""
    source = files.yaml(f"{folder}/module.yaml")
    shape, findings = read_module(source, module_id)
    lessons: tuple[LessonFile, ...] = ()
    notes: tuple[TextFile, ...] = ()
    if shape is not None:
        lessons, faults = _lessons(files, folder, shape, course)
        notes, lacking = _facilitator(files, folder, course)
        findings = (*findings, *faults, *lacking, *_strays(files, folder, (*lessons, *notes)))
    quiz_source = files.yaml(quiz_file)
    quiz, faults = read_quiz(quiz_source, files.raw(quiz_file) or b"", version)
    media = tuple(f"media/{name}" for name in files.names(f"{folder}/media"))
    written: tuple[TextFile, ...] = (*lessons, *notes)
    texts = ("module.yaml", *(one.file.rsplit("/", maxsplit=1)[-1] for one in written))
    return ModuleDraft(
        folder,
        module_id,
        source,
        shape,
        lessons,
        quiz_source,
        quiz,
        _digests(files, folder, media),
        _digests(files, folder, texts),
        (*findings, *faults),
        notes,
    )


def read_course_draft(files: Files, course_id: str) -> CourseDraft:
    """Read a whole draft."""
    source = files.yaml(f"courses/{course_id}/course.yaml")
    course, findings = read_course(source, course_id)
    if course is None:
        return CourseDraft(course_id, source, None, (), findings)
    modules = tuple(
        read_module_draft(
            files,
            course,
            module_id,
            folder=f"courses/{course_id}/{module_id}/{DRAFT}",
            quiz_file=f"quizzes/{course_id}/{module_id}/{DRAFT}.yaml",
        )
        for module_id in course.modules
    )
    survey = files.yaml(survey_file(course_id)) if files.exists(survey_file(course_id)) else None
    if survey is not None:
        asked, faults = read_survey(survey)
        course, findings = replace(course, survey=asked), (*findings, *faults)
    return CourseDraft(course_id, source, course, modules, findings, survey)


def module_digest(draft: ModuleDraft) -> str:
    """Return the digest of a module's text, quiz and media: the same bytes give the same digest."""
    quiz = draft.quiz.digest if draft.quiz else ""
    parts = sorted({**draft.files, **draft.media, "quiz": quiz}.items())
    return sha256("\n".join(f"{name} {digest}" for name, digest in parts).encode())


def whole_module(draft: ModuleDraft, version: str) -> Module | None:
    """Return the core module; None while a file that it needs is missing or not whole."""
    if draft.shape is None or draft.quiz is None:
        return None
    documents: dict[str, dict[str, Document]] = {entry.id: {} for entry in draft.shape.lessons}
    names: dict[str, list[str]] = {entry.id: [] for entry in draft.shape.lessons}
    for lesson in draft.lessons:
        documents[lesson.entry.id][lesson.locale] = lesson.text.document
        names[lesson.entry.id].append(lesson.file.rsplit("/", maxsplit=1)[-1])
    if not all(documents.values()):
        return None
    digests = {
        key: sha256("\n".join(draft.files[name] for name in sorted(found)).encode())
        for key, found in names.items()
    }
    return to_module(
        draft.shape,
        version=version,
        documents=documents,
        digests=digests,
        quiz=draft.quiz,
        media=draft.media,
        digest=module_digest(draft),
        facilitator={one.locale: one.text.document for one in draft.facilitator},
    )
