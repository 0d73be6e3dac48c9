"""A whole draft: its lessons in all languages, its links, its quizzes and its promises.

Holds the order in which rules look at a course.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms.content.checks.rules import identities, laws, lessons, media, quizzes, wording
from lms.content.checks.rules.check_context import CheckContext
from lms.content.drafts.drafts import CourseDraft, ModuleDraft, TextFile
from lms.content.files.files import placed
from lms.core.checks import first_uses
from lms.core.checks.lesson_facts import LessonFacts, LinkFact
from lms.core.checks.parity import differences
from lms.core.checks.rules import broken
from lms.core.courses.course import Course
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import all_links

Facts = Mapping[str, LessonFacts]  # by file


def _facts(module: ModuleDraft, course: Course, context: CheckContext) -> dict[str, LessonFacts]:
    sensitive = course.sensitive or bool(module.shape and module.shape.sensitive)
    found = {lesson.file: lessons.facts(lesson, context, sensitive=sensitive) for lesson in module.lessons}
    notes = {one.file: lessons.facts(one, context, sensitive=False, notes=True) for one in module.facilitator}
    return {**found, **notes}


def _parity(module: ModuleDraft, facts: Facts, course: Course) -> Iterator[Finding]:
    """Compare every language with the first one that is required."""
    first = course.required_locales[0]
    of_notes = next((one for one in module.facilitator if one.locale == first), None)
    pairs: list[tuple[TextFile, TextFile | None]] = [
        *((lesson, module.lesson(lesson.entry.id, first)) for lesson in module.lessons),
        *((one, of_notes) for one in module.facilitator),
    ]
    for text, other in pairs:
        if other is None or text.locale == first:
            continue
        mine, theirs = facts[text.file].skeleton, facts[other.file].skeleton
        offered = text.locale not in course.required_locales
        yield from differences(mine, theirs, text.file, other.file.rpartition("/")[2], offered=offered)


def _places(draft: CourseDraft, all_facts: Mapping[str, Facts]) -> dict[str, set[str]]:
    """Return each lesson of the course, as links name it, with its anchors."""
    known: dict[str, set[str]] = {}
    for module in draft.modules:
        for lesson in module.lessons:
            anchors = set(all_facts[module.id][lesson.file].anchors)
            known.setdefault(f"{module.id}/{lesson.entry.id}", set()).update(anchors)
    return known


def _links(
    file: str, links: Iterable[LinkFact], known: Mapping[str, set[str]], context: CheckContext
) -> Iterator[Finding]:
    """Judge links that lead out of their lesson or question, but for those to laws."""
    for link in links:
        place = Place(file, link.line)
        if link.kind == "term" and link.target not in context.terms:
            yield broken("link-term", place, target=link.target)
        if link.kind == "lesson":
            lesson, _, anchor = link.target.partition("#")
            if lesson not in known:
                yield broken("link-lesson", place, target=link.target)
            elif anchor and anchor not in known[lesson]:
                yield broken("link-anchor", place, target=anchor)


def _quiz_links(module: ModuleDraft) -> list[LinkFact]:
    marked = module.quiz.marked.values() if module.quiz else ()
    return [LinkFact(link.kind, link.target, line) for blocks in marked for link, line in all_links(blocks)]


def _quiz_texts(module: ModuleDraft, course: Course, context: CheckContext) -> tuple[Finding, ...]:
    """Judge the texts of a quiz, each question with the laws it rests on; kept by digest."""
    source, quiz = module.quiz_source, module.quiz
    if quiz is None:
        return ()

    def make() -> tuple[Finding, ...]:
        return tuple(
            finding
            for at, question in enumerate(quiz.questions)
            for finding in wording.faults(
                source, course.required_locales, context, path=("items", at), rests_on=question.rests_on
            )
        )

    locales = "-".join(course.required_locales)
    found: tuple[Finding, ...] = context.files.kept("quiz", f"{quiz.digest}.{locales}.{context.key}", make)
    return placed(found, source.file)


def _outcomes(module: ModuleDraft) -> Iterator[Finding]:
    if module.shape is None or module.quiz is None:
        return
    asked = {question.outcome for question in module.quiz.graded}
    for at, entry in enumerate(module.shape.outcomes):
        if entry.id not in asked:
            yield broken("outcome-untested", module.source.place(("outcomes", at)), id=entry.id)


def _minutes(module: ModuleDraft) -> Iterator[Finding]:
    if module.shape is None:
        return
    together = sum(entry.minutes for entry in module.shape.lessons)
    if together != module.shape.minutes:
        place = module.source.place(("minutes",))
        yield broken("minutes-differ", place, minutes=module.shape.minutes, lessons=together)


def _first_uses(
    module: ModuleDraft, facts: Facts, course: Course, context: CheckContext
) -> Iterator[Finding]:
    """Find the terms that a module does not link where it uses them first; each language by itself."""
    for locale in (*course.required_locales, *course.offered_locales):
        files = [lesson.file for lesson in module.lessons if lesson.locale == locale]
        everyday = {term for term, tag in context.everyday if tag == locale.split("-", maxsplit=1)[0]}
        for finding in first_uses.faults([(file, facts[file].uses) for file in files], everyday):
            lines = (context.files.raw(finding.place.file) or b"").decode("utf-8", "replace").split("\n")
            yield lessons.located(finding, lines)


def _module(module: ModuleDraft, facts: Facts, course: Course, context: CheckContext) -> list[Finding]:
    required = course.required_locales
    findings = [*module.findings, *(finding for lesson in facts.values() for finding in lesson.findings)]
    findings += [*_parity(module, facts, course), *_outcomes(module), *_minutes(module)]
    if module.shape is not None and not module.facilitator:
        findings.append(broken("facilitator-missing", module.source.place(()), module=module.id))
    findings += wording.missing_locales(module.source, required)
    findings += [*wording.faults(module.source, required, context), *wording.plain(module.source, required)]
    findings += quiz_faults(module, course, context)
    findings += _first_uses(module, facts, course, context)
    findings += media.faults(module, facts, required, context)
    for file, lesson in facts.items():
        findings += laws.lesson_faults(file, lesson, context)
    return findings


def quiz_faults(module: ModuleDraft, course: Course, context: CheckContext) -> list[Finding]:
    """Judge the quiz of a module by itself: languages, words, questions, laws."""
    return [
        *wording.missing_locales(module.quiz_source, course.required_locales),
        *_quiz_texts(module, course, context),
        *quizzes.faults(module),
        *laws.quiz_faults(module, context),
        *laws.link_faults(module.quiz_source.file, _quiz_links(module), context),
    ]


def faults(draft: CourseDraft, sealed: Sequence[identities.Kinds], context: CheckContext) -> list[Finding]:
    """Judge a draft; `sealed` are the names of its releases, oldest first."""
    course = draft.course
    findings = list(draft.findings)
    if course is None:
        return findings
    all_facts = {module.id: _facts(module, course, context) for module in draft.modules}
    known = _places(draft, all_facts)
    for module in draft.modules:
        findings += _module(module, all_facts[module.id], course, context)
        for file, lesson in all_facts[module.id].items():
            findings += _links(file, lesson.links, known, context)
        findings += _links(module.quiz_source.file, _quiz_links(module), known, context)
    for source in filter(None, (draft.source, draft.survey)):
        findings += wording.missing_locales(source, course.required_locales)
        findings += wording.faults(source, course.required_locales, context)
        findings += wording.plain(source, course.required_locales)
    findings += identities.faults(draft, sealed)
    return [*findings, *_final(draft, course)]


def _final(draft: CourseDraft, course: Course) -> Iterable[Finding]:
    quizzes_read = [module.quiz for module in draft.modules if module.quiz]
    graded = sum(len(quiz.graded) for quiz in quizzes_read)
    if graded < course.final_items and len(quizzes_read) == len(draft.modules):
        place = draft.source.place(("final_check", "items"))
        yield broken("quiz-few", place, count=graded, needed=course.final_items)
