"""Course and module files to core shapes.

Holds the conversion of `course.yaml` and `module.yaml`; the files of a whole draft are gathered by `drafts`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.shapes.reading import Source
from lms.content.shapes.schemas import CourseFile, ModuleFile
from lms.content.shapes.validation import validate
from lms.content.shapes.wording import maybe, words
from lms.core.checks.rules import broken
from lms.core.courses.course import Course, Lesson, Module, Need, Outcome, SignVideo
from lms.core.courses.document import Document
from lms.core.courses.findings import Finding
from lms.core.courses.quiz import Quiz


def _mismatch(source: Source, found: str, expected: str) -> tuple[Finding, ...]:
    if found == expected:
        return ()
    params = {"id": found, "expected": expected}
    return (broken("id-mismatch", source.place(("id",)), **params),)


def to_course(found: CourseFile) -> Course:
    """Return the core course of a course file."""
    return Course(
        id=found.id,
        code=found.code,
        title=words(found.title),
        subtitle=words(found.subtitle),
        summary=words(found.summary),
        neutral_title=words(found.neutral_title),
        sensitive=found.sensitive,
        required_locales=found.required_locales,
        offered_locales=found.offered_locales,
        hours=found.hours,
        modules=found.modules,
        pass_mark=found.pass_mark,
        final_items=found.final_check.items,
        needs=tuple(Need(entry.course, words(entry.why)) for entry in found.needs),
    )


def read_course(source: Source, folder: str) -> tuple[Course | None, tuple[Finding, ...]]:
    """Read a course file; its id must be the name of its folder."""
    found, findings = validate(CourseFile, source)
    if found is None:
        return None, findings
    return to_course(found), findings + _mismatch(source, found.id, folder)


def read_module(source: Source, folder: str) -> tuple[ModuleFile | None, tuple[Finding, ...]]:
    """Read a module file; its id must be the name of its folder."""
    found, findings = validate(ModuleFile, source)
    if found is None:
        return None, findings
    return found, findings + _mismatch(source, found.id, folder)


def outcomes_of(found: ModuleFile | None) -> tuple[Outcome, ...]:
    """Return the outcomes of a module file; none where it is not whole."""
    return tuple(Outcome(entry.id, words(entry.words)) for entry in found.outcomes) if found else ()


def sign_videos(found: ModuleFile) -> tuple[SignVideo, ...]:
    """Return the sign-language videos that the file of a module names."""
    return tuple(
        SignVideo(entry.part, entry.lang, entry.src, entry.small or "", maybe(entry.transcript))
        for entry in found.sign_videos
    )


def to_module(
    found: ModuleFile,
    *,
    version: str,
    documents: Mapping[str, Mapping[str, Document]],
    digests: Mapping[str, str],
    quiz: Quiz,
    media: Mapping[str, str],
    digest: str,
    facilitator: Mapping[str, Document],
) -> Module:
    """Put a module together: documents and digests by lesson id, media by path."""
    lessons = tuple(
        Lesson(
            id=entry.id,
            code=entry.code,
            title=words(entry.title),
            minutes=entry.minutes,
            documents=documents[entry.id],
            outcomes=entry.outcomes,
            digest=digests[entry.id],
        )
        for entry in found.lessons
    )
    return Module(
        id=found.id,
        code=found.code,
        version=version,
        title=words(found.title),
        minutes=found.minutes,
        outcomes=outcomes_of(found),
        lessons=lessons,
        quiz=quiz,
        sensitive=found.sensitive,
        sign_videos=sign_videos(found),
        media=dict(media),
        digest=digest,
        facilitator=dict(facilitator),
    )
