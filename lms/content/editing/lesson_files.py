"""The files behind the editor: the outline of a draft, one lesson in pieces, its check, its preview.

Reads what one page needs and no more, so that a saved block is shown again at once: texts of other lessons
are not parsed, media are not hashed.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.checks.checking import ordered
from lms.content.checks.rules import lessons
from lms.content.checks.rules.check_context import CheckContext
from lms.content.checks.rules.media import drawing_faults
from lms.content.drafts.courses import read_course, read_module, sign_videos
from lms.content.drafts.drafts import DRAFT, TextFile, lesson_file
from lms.content.editing.cutting import cut_pieces
from lms.content.files.files import Files, sha256
from lms.content.markup.lessons import read_lesson
from lms.content.shapes.reading import decode
from lms.content.shapes.schemas import ModuleFile
from lms.content.shapes.wording import words
from lms.core.authoring.lessons.drafts import (
    DraftCourse,
    DraftLesson,
    DraftModule,
    DraftText,
    LessonDraft,
    LessonPlace,
)
from lms.core.checks.parity import differences
from lms.core.checks.rules import broken
from lms.core.courses.course import Course, Lesson, Module, Outcome, Release
from lms.core.courses.findings import Finding, Place
from lms.core.courses.quiz import Quiz
from lms.core.errors import Invalid, NotFound
from lms.core.ids import is_slug
from lms.core.legislation.register import Register, Term
from lms.core.locales import Words

_NO_TITLE = "–"


def _course(files: Files, course_id: str) -> Course:
    source = files.yaml(f"courses/{course_id}/course.yaml") if is_slug(course_id) else None
    if source is None or source.value is None:
        raise NotFound("course.unknown", course=course_id)
    course, findings = read_course(source, course_id)
    if course is None:
        raise Invalid("draft.not-whole", findings, course=course_id)
    return course


def _shape(files: Files, course_id: str, module_id: str) -> ModuleFile | None:
    return read_module(files.yaml(f"courses/{course_id}/{module_id}/{DRAFT}/module.yaml"), module_id)[0]


def _module(files: Files, course: Course, module_id: str) -> DraftModule:
    folder = f"courses/{course.id}/{module_id}/{DRAFT}"
    shape = _shape(files, course.id, module_id)
    media = tuple(f"media/{name}" for name in files.names(f"{folder}/media"))
    if shape is None:
        return DraftModule(
            module_id, Words({course.required_locales[0]: module_id}), (), media, is_whole=False
        )
    locales = (*course.required_locales, *course.offered_locales)
    found = []
    for position, entry in enumerate(shape.lessons, start=1):
        paths = {locale: f"{folder}/{lesson_file(position, entry.id, locale)}" for locale in locales}
        present = frozenset(locale for locale, path in paths.items() if files.exists(path))
        found.append(DraftLesson(entry.id, entry.code, words(entry.title), entry.minutes, paths, present))
    return DraftModule(module_id, words(shape.title), tuple(found), media)


def draft_course(files: Files, course_id: str) -> DraftCourse:
    """Return the outline of a draft.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole` where its own file cannot be read.
    """
    course = _course(files, course_id)
    modules = tuple(_module(files, course, module_id) for module_id in course.modules)
    locales = (*course.required_locales, *course.offered_locales)
    required = course.required_locales
    return DraftCourse(course_id, course.code, course.title, course.sensitive, required, locales, modules)


def _text(files: Files, file: str) -> DraftText:
    raw = files.raw(file)
    _, faults = decode(raw or b"", file)
    content = b"" if faults else raw or b""
    return DraftText(file, "" if raw is None else sha256(raw), cut_pieces(content), is_readable=not faults)


def draft_lesson(files: Files, place: LessonPlace) -> LessonDraft:
    """Return one lesson in pieces, in every language of its course.

    Raises: NotFound `course.unknown`, `lesson.unknown`; Invalid `draft.not-whole`.
    """
    course = _course(files, place.course)
    known = place.module in course.modules
    module = _module(files, course, place.module) if known else None
    lesson = next((one for one in module.lessons if one.id == place.lesson), None) if module else None
    if module is None or lesson is None:
        raise NotFound("lesson.unknown", lesson=place.lesson)
    locales = (*course.required_locales, *course.offered_locales)
    outline = DraftCourse(
        course.id, course.code, course.title, course.sensitive, course.required_locales, locales, (module,)
    )
    texts = {locale: _text(files, file) for locale, file in lesson.files.items()}
    return LessonDraft(outline, module, lesson, texts)


def judged(draft: LessonDraft, context: CheckContext) -> tuple[Finding, ...]:
    """Judge one lesson: its writing in each language, and whether the languages have the same bones."""
    files = context.files
    shape = _shape(files, draft.course.id, draft.module.id)
    sensitive = draft.course.sensitive or bool(shape and shape.sensitive)
    present = [locale for locale in draft.texts if draft.texts[locale].digest]
    facts = {
        locale: lessons.facts(TextFile(locale, draft.texts[locale].file, files), context, sensitive=sensitive)
        for locale in present
    }
    found = [finding for one in facts.values() for finding in one.findings]
    for locale in present[1:]:
        mine, theirs = facts[present[0]].skeleton, facts[locale].skeleton
        found += differences(
            mine,
            theirs,
            draft.texts[locale].file,
            draft.texts[present[0]].file.rpartition("/")[2],
            offered=locale not in draft.course.required,
        )
    known = {
        f"media/{name}" for name in files.names(f"courses/{draft.course.id}/{draft.module.id}/{DRAFT}/media")
    }
    for locale, one in facts.items():
        file = draft.texts[locale].file
        found += [
            broken("media-missing", Place(file, fact.line), src=fact.src)
            for fact in one.media
            if fact.src and fact.src not in known
        ]
    return tuple(ordered(found))


def preview(
    files: Files, place: LessonPlace, laws: Register, terms: Mapping[str, Term]
) -> tuple[Release, Module, Lesson]:
    """Return a lesson of a draft as it would be read, in a release that holds what the lesson rests on.

    Raises: as `draft_lesson`.
    """
    draft = draft_lesson(files, place)
    course = _course(files, place.course)
    modules = tuple(_shown(files, course, module_id, draft) for module_id in course.modules)
    whole = tuple(module for module in modules if module is not None)
    release = Release(
        course, DRAFT, "", "", laws.as_of, Words({}), whole, dict(terms), dict(laws.laws), watch=laws.watch
    )
    module = next(module for module in whole if module.id == place.module)
    return release, module, next(lesson for lesson in module.lessons if lesson.id == place.lesson)


def _shown(files: Files, course: Course, module_id: str, draft: LessonDraft) -> Module | None:
    """Return a module with the texts of one lesson alone, and media under the names that they have."""
    shape = _shape(files, course.id, module_id)
    if shape is None:
        return None
    texts = {
        locale: read_lesson(files.raw(text.file) or b"", text.file, locale).document
        for locale, text in draft.texts.items()
        if module_id == draft.module.id and text.digest
    }
    lessons_shown = tuple(
        Lesson(
            id=entry.id,
            code=entry.code,
            title=words(entry.title),
            minutes=entry.minutes,
            documents=texts if (module_id, entry.id) == (draft.module.id, draft.lesson.id) else {},
            outcomes=entry.outcomes,
            digest="",
        )
        for entry in shape.lessons
    )
    media = {f"media/{name}": name for name in files.names(f"courses/{course.id}/{module_id}/{DRAFT}/media")}
    return Module(
        id=shape.id,
        code=shape.code,
        version=DRAFT,
        title=words(shape.title),
        minutes=shape.minutes,
        outcomes=tuple(Outcome(entry.id, words(entry.words)) for entry in shape.outcomes),
        lessons=lessons_shown,
        quiz=Quiz(module_id, DRAFT, 0, ()),
        sensitive=shape.sensitive,
        sign_videos=sign_videos(shape),
        media=media,
    )


def unsafe_drawing(content: bytes) -> tuple[Finding, ...]:
    """Judge a drawing that somebody wants to upload."""
    return tuple(drawing_faults(content, Place("file")))
