"""Codes and ids: unique in a course, never recycled, never given to another kind of question.

Holds judgements over a draft and over what was sealed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms.content.drafts.drafts import CourseDraft, ModuleDraft
from lms.content.shapes.reading import Path, Source
from lms.core.checks.rules import broken
from lms.core.courses.course import RESERVED_CODES, RESERVED_FOLDERS, Course, Release
from lms.core.courses.findings import Finding

Kinds = Mapping[str, str]  # what carried a name -> what it was


def _repeated(places: Iterable[tuple[str, Source, Path]], rule: str) -> Iterator[Finding]:
    seen: dict[str, tuple[str, int]] = {}
    for name, source, path in places:
        place = source.place(path)
        if name in seen:
            file, line = seen[name]
            yield broken(rule, place, id=name, line=line, file=file)
        seen.setdefault(name, (place.file, place.line))


def _module_faults(module: ModuleDraft) -> Iterator[Finding]:
    lessons = module.shape.lessons if module.shape else ()
    outcomes = module.shape.outcomes if module.shape else ()
    source = module.source
    yield from _repeated(
        ((entry.code, source, ("lessons", at, "code")) for at, entry in enumerate(lessons)), "code-duplicate"
    )
    yield from _repeated(
        ((entry.id, source, ("lessons", at, "id")) for at, entry in enumerate(lessons)), "duplicate-id"
    )
    yield from _repeated(
        ((entry.id, source, ("outcomes", at, "id")) for at, entry in enumerate(outcomes)), "duplicate-id"
    )
    known = {entry.id for entry in outcomes}
    for at, entry in enumerate(lessons):
        for index, name in enumerate(entry.outcomes):
            if name not in known:
                yield broken("outcome-unknown", source.place(("lessons", at, "outcomes", index)), id=name)


def _reserved(draft: CourseDraft) -> Iterator[Finding]:
    """Find codes and folders that the site itself has a use for."""
    named: list[tuple[str, Source, Path]] = [(draft.id, draft.source, ("id",))]
    coded: list[tuple[str, Source, Path]] = []
    for module in draft.modules:
        named.append((module.id, module.source, ("id",)))
        if module.shape:
            lessons = enumerate(module.shape.lessons)
            coded.append((module.shape.code, module.source, ("code",)))
            coded += ((entry.code, module.source, ("lessons", at, "code")) for at, entry in lessons)
    for names, reserved in ((named, RESERVED_FOLDERS), (coded, RESERVED_CODES)):
        yield from (
            broken("id-reserved", source.place(path), id=name)
            for name, source, path in names
            if name in reserved
        )


def _questions(draft: CourseDraft) -> Iterator[tuple[str, str, Source, Path]]:
    for module in draft.modules:
        for at, question in enumerate(module.quiz.questions if module.quiz else ()):
            yield question.id, question.kind, module.quiz_source, ("items", at, "id")


def names_of(release: Release) -> Kinds:
    """Return what every name of a sealed release belonged to."""
    names = {
        f"question {question.id}": question.kind
        for module in release.modules
        for question in module.quiz.questions
    }
    for module in release.modules:
        names[f"module {module.code}"] = module.id
        names |= {f"lesson {module.code}/{lesson.code}": lesson.id for lesson in module.lessons}
    return names | {f"task {name}": part for name, part, _ in _tasks(release.course)}


def _tasks(course: Course) -> Iterator[tuple[str, str, Path]]:
    """Return the tasks of a course's survey: id, part of the survey, place."""
    survey = course.survey
    if survey is not None:
        parts = {
            "confidence": survey.confidence,
            "intention": survey.intention,
            "obstacles": survey.obstacles,
        }
        for part, tasks in parts.items():
            yield from ((task.id, part, (part, at, "id")) for at, task in enumerate(tasks))


def _draft_names(draft: CourseDraft) -> Iterator[tuple[str, str, Source, Path]]:
    for name, kind, source, path in _questions(draft):
        yield f"question {name}", kind, source, path
    if draft.course is not None and draft.survey is not None:
        yield from ((f"task {name}", part, draft.survey, path) for name, part, path in _tasks(draft.course))
    for module in draft.modules:
        if module.shape:
            yield f"module {module.shape.code}", module.id, module.source, ("code",)
            for at, entry in enumerate(module.shape.lessons):
                yield (
                    f"lesson {module.shape.code}/{entry.code}",
                    entry.id,
                    module.source,
                    ("lessons", at, "code"),
                )


def _history(draft: CourseDraft, sealed: Sequence[Kinds]) -> Iterator[Finding]:
    """Compare the draft with what was sealed, oldest first: a name that was dropped stays away."""
    for name, belongs, source, path in _draft_names(draft):
        owners = [names[name] for names in sealed if name in names]
        if owners and owners[-1] != belongs:
            rule = "kind-changed" if name.startswith("question ") else "id-recycled"
            yield broken(rule, source.place(path), id=name, was=owners[-1], now=belongs)
        elif owners and sealed and name not in sealed[-1]:
            yield broken("id-recycled", source.place(path), id=name, was=owners[-1], now=belongs)


def faults(draft: CourseDraft, sealed: Sequence[Kinds]) -> list[Finding]:
    """Judge the names of a draft; `sealed` are those of its releases, oldest first."""
    codes = ((module.shape.code, module.source, ("code",)) for module in draft.modules if module.shape)
    questions = ((name, source, path) for name, _, source, path in _questions(draft))
    findings = [*_repeated(codes, "code-duplicate"), *_repeated(questions, "duplicate-id")]
    for module in draft.modules:
        findings.extend(_module_faults(module))
    return [*findings, *_reserved(draft), *_history(draft, sealed)]
