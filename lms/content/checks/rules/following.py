"""What has to follow when a draft changed in one language, or in one statement about the law.

Compares with the newest sealed release.
Holds where such a finding is placed; what follows is judged in `core.checks.since_release`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lms.content.drafts.drafts import CourseDraft, ModuleDraft
from lms.core.checks.rules import broken
from lms.core.checks.since_release import (
    Restated,
    questions_unmoved,
    statements_restated,
    texts_behind,
    words_behind,
)
from lms.core.courses.course import Course, Module, Release
from lms.core.courses.document import LawBox
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Node, walk

_Blocks = dict[str, tuple[Node, ...]]


def faults(draft: CourseDraft, newest: Release) -> Iterator[Finding]:
    """Judge a draft beside the newest release of its course."""
    course = draft.course
    if course is None:
        return
    former = {module.id: module for module in newest.modules}
    for module in draft.modules:
        if module.id not in former:
            continue
        yield from _texts(module, former[module.id], course, newest.version)
        yield from _questions(module, former[module.id], course, newest.version)
        yield from _statements(draft, module, former[module.id], newest)


def _pairs(module: ModuleDraft, former: Module) -> Iterator[tuple[_Blocks, _Blocks, dict[str, str]]]:
    """Return (blocks then, blocks now, files now) of each text that both have."""
    then: dict[str, _Blocks] = {
        lesson.id: {locale: one.blocks for locale, one in lesson.documents.items()}
        for lesson in former.lessons
    }
    then[""] = {locale: one.blocks for locale, one in former.facilitator.items()}
    now: dict[str, _Blocks] = {}
    files: dict[str, dict[str, str]] = {}
    named = [*((one.entry.id, one) for one in module.lessons), *(("", one) for one in module.facilitator)]
    for name, one in named:
        now.setdefault(name, {})[one.locale] = one.text.document.blocks
        files.setdefault(name, {})[one.locale] = one.file
    yield from ((then[name], blocks, files[name]) for name, blocks in now.items() if name in then)


def _texts(module: ModuleDraft, former: Module, course: Course, version: str) -> Iterator[Finding]:
    for then, now, files in _pairs(module, former):
        for one in texts_behind(then, now, course.required_locales):
            moved = files[one.moved].rpartition("/")[2]
            yield broken("text-behind", Place(files[one.locale], one.line), other=moved, version=version)


def _questions(module: ModuleDraft, former: Module, course: Course, version: str) -> Iterator[Finding]:
    before = {question.id: question for question in former.quiz.questions}
    for at, question in enumerate(module.quiz.questions if module.quiz else ()):
        if question.id not in before:
            continue
        place = module.quiz_source.place(("items", at))
        for behind, moved in words_behind(before[question.id], question, course.required_locales):
            yield broken("question-behind", place, id=question.id, lang=behind, other=moved, version=version)


def _statements(
    draft: CourseDraft, module: ModuleDraft, former: Module, newest: Release
) -> Iterator[Finding]:
    for then, now, files in _pairs(module, former):
        for one in statements_restated(then, now):
            place = Place(files[one.locale], one.line)
            laws = ", ".join(one.rests_on)
            yield broken("statement-changed", place, laws=laws, version=newest.version)
            if one.same_date:
                yield broken("statement-date", place, laws=laws)
            if resting := [*_questions_on(draft, newest, one), *_statements_on(draft, newest, one)]:
                yield broken("statement-alone", place, laws=laws, resting=", ".join(resting))


def _questions_on(draft: CourseDraft, newest: Release, changed: Restated) -> Iterator[str]:
    """Name the questions of the course that rest on the same law and did not change."""
    for module in draft.modules:
        former = next((one for one in newest.modules if one.id == module.id), None)
        if former is None or module.quiz is None:
            continue
        before = {question.id: question for question in former.quiz.questions}
        for name in questions_unmoved(before, module.quiz.questions, changed.rests_on):
            yield f"{module.id} {name}"


def _statements_on(draft: CourseDraft, newest: Release, changed: Restated) -> Iterator[str]:
    """Name the other statements of the course that rest on the same law and did not change."""
    for module in draft.modules:
        former = next((one for one in newest.modules if one.id == module.id), None)
        if former is None:
            continue
        for then, now, _ in _pairs(module, former):
            moved = {one.id for one in statements_restated(then, now)}
            yield from (
                f"{module.id} #{box.id}"
                for box in walk(next(iter(now.values())))
                if isinstance(box, LawBox) and box.id not in moved and {*box.rests_on} & {*changed.rests_on}
            )
