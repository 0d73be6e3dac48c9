"""The findings of a draft with what authors decided about them: an answer stays until its block changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.actions.context import Context
from lms.core.authoring.draft_texts import answer_key, block_at
from lms.core.authoring.finding_answers import FindingAnswer
from lms.core.checks.conformance.facts import Answer
from lms.core.courses.findings import Finding, Severity
from lms.core.errors import NotFound
from lms.storage.authoring import finding_answers


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding, the text of its file, what an answer is kept under, and the answer that there is."""

    finding: Finding
    text: str
    key: str
    answer: FindingAnswer | None


def answered(context: Context, course: str, findings: Iterable[Finding]) -> tuple[Answered, ...]:
    """Return findings of a draft with their answers; an error has none, whatever was said about it."""
    with context.database.reading() as tx:
        answers = finding_answers.of_course(tx, course)
    texts: dict[str, str] = {}
    found = []
    for one in findings:
        file = one.place.file
        if file not in texts:
            texts[file] = _text(context, course, file)
        key = answer_key(one, block_at(texts[file], one.place.line, is_yaml=file.endswith(".yaml")))
        answer = None if one.severity is Severity.ERROR else answers.get(key)
        found.append(Answered(one, texts[file], key, answer))
    return tuple(found)


def on_record(context: Context, course: str, findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """Return what authors decided about findings, as the record of a release names it."""
    return tuple(
        Answer(
            one.finding.rule,
            one.finding.place.file,
            one.finding.place.line,
            one.answer.reason,
            one.answer.person,
            context.day_of(one.answer.at),
        )
        for one in answered(context, course, findings)
        if one.answer
    )


def _text(context: Context, course: str, file: str) -> str:
    """Return the text of a file of the draft; nothing of a file that all courses share."""
    try:
        return context.library.draft_file(course, file).decode("utf-8", "replace")
    except NotFound:
        return ""
