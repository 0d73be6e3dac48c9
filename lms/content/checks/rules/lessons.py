"""A lesson's own words, judged once and kept by digest.

Holds the list of core judgements that a lesson goes through, and finds the column of what they name. Called
by `courses`.
"""

from __future__ import annotations

from lms.content.checks.rules.check_context import CheckContext
from lms.content.drafts.drafts import TextFile
from lms.content.files.files import placed, sha256
from lms.content.markup.lessons import read_lesson
from lms.core.checks import accessibility, alternatives, facilitator, first_uses, legal_references, structure
from lms.core.checks.lesson_facts import LessonFacts, lesson_facts
from lms.core.checks.wording import languages, leftovers, readability, terminology, typography
from lms.core.courses.document import Document
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import runs

_LINES_AHEAD = 15
_SHOWN = ("found", "id", "target", "name", "attribute")


def judge(document: Document, file: str, context: CheckContext, *, sensitive: bool) -> list[Finding]:
    """Judge everything about a lesson that can be seen in its own file."""
    lang = document.lang
    stretches = tuple(runs(document.blocks))
    names = context.known_names(lang)
    return [
        *structure.faults(document, file, sensitive=sensitive),
        *accessibility.faults(document, file),
        *alternatives.faults(document, file),
        *leftovers.faults(document, file),
        *leftovers.wordless(stretches, file),
        *typography.faults(stretches, lang, file),
        *languages.faults(stretches, lang, file),
        *legal_references.faults(stretches, lang, file, names),
        *readability.faults(stretches, lang, file, names.names()),
        *terminology.avoided_words(stretches, file, context.avoided_words(lang)),
        *terminology.unexplained(stretches, file, context.explained),
    ]


def located(finding: Finding, lines: list[str]) -> Finding:
    """Find the line and column of what a finding names; it began at the line of its block."""
    shown = next((str(finding.params[key]) for key in _SHOWN if finding.params.get(key)), "")
    start = max(0, finding.place.line - 1)
    for at, line in enumerate(lines[start : start + _LINES_AHEAD], start=start):
        column = line.find(shown) if shown else -1
        if column >= 0:
            place = Place(finding.place.file, at + 1, column + 1)
            return Finding(finding.rule, finding.severity, place, finding.params)
    return finding


def judge_notes(document: Document, file: str, context: CheckContext) -> list[Finding]:
    """Judge notes for a team talk: as a lesson, but with sections of their own and nothing "in short"."""
    found = judge(document, file, context, sensitive=False)
    return [*(one for one in found if one.rule != "in-short-missing"), *facilitator.faults(document, file)]


def facts(lesson: TextFile, context: CheckContext, *, sensitive: bool, notes: bool = False) -> LessonFacts:
    """Return the facts of a file of a lesson (or notes for a team talk), judged now or kept from before."""
    raw = context.files.raw(lesson.file) or b""

    def make() -> LessonFacts:
        text = read_lesson(raw, lesson.file, lesson.locale)
        judged = (
            judge_notes(text.document, lesson.file, context)
            if notes
            else judge(text.document, lesson.file, context, sensitive=sensitive)
        )
        found = (*text.findings, *judged)
        lines = raw.decode("utf-8", "replace").split("\n")
        ordered = sorted(
            (located(finding, lines) for finding in found), key=lambda finding: finding.place.line
        )
        names = context.known_names(lesson.locale).pattern
        met = first_uses.uses(text.document, context.vocabulary(lesson.locale), names)
        return lesson_facts(text.document, tuple(ordered), met)

    key = f"{sha256(raw)}.{lesson.locale}.{context.key}.{int(sensitive)}{int(notes)}"
    kept: LessonFacts = context.files.kept("facts", key, make)
    return LessonFacts(
        placed(kept.findings, lesson.file),
        kept.skeleton,
        kept.anchors,
        kept.links,
        kept.media,
        kept.statements,
        kept.uses,
    )
