"""Whether what rests on a law rests on one that is known, stands and was read again in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lms.content.checks.rules.check_context import CheckContext
from lms.content.drafts.drafts import ModuleDraft
from lms.core.checks.lesson_facts import LessonFacts, LinkFact, StatementFact
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place
from lms.core.legislation.timeliness import awaits


def _named(law_id: str, place: Place, context: CheckContext, *, rests: bool) -> Iterator[Finding]:
    law = context.laws.get(law_id)
    if law is None:
        yield broken("law-unknown", place, law=law_id)
    elif law.is_repealed:
        yield broken("law-repealed", place, law=law_id)
    elif rests and law.is_recalled:
        yield broken("law-recalled", place, law=law_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_prepared(statement: StatementFact, context: CheckContext) -> bool:
    """Return whether a statement is written for the very day on which a law that it rests on will change."""
    known = (context.laws.get(law_id) for law_id in statement.rests_on)
    return any(awaits(law, statement.as_of) for law in known if law)


def _dates(statement: StatementFact, place: Place, context: CheckContext) -> Iterator[Finding]:
    if not statement.as_of or not statement.review_by:
        return  # said already: the attribute is missing
    as_of, review_by = _day(statement.as_of), _day(statement.review_by)
    early = as_of is not None and as_of > context.today and not _is_prepared(statement, context)
    if as_of is None or review_by is None or early or review_by <= as_of:
        yield broken("law-date", place, as_of=statement.as_of, review_by=statement.review_by)
    elif review_by < context.today:
        yield broken("law-review-past", place, id=statement.id, review_by=statement.review_by)


def lesson_faults(file: str, facts: LessonFacts, context: CheckContext) -> list[Finding]:
    """Judge a lesson's law boxes and its links to laws."""
    findings: list[Finding] = []
    for statement in facts.statements:
        place = Place(file, statement.line)
        findings.extend(_dates(statement, place, context))
        for law_id in statement.rests_on:
            findings.extend(_named(law_id, place, context, rests=True))
    return [*findings, *link_faults(file, facts.links, context)]


def link_faults(file: str, links: Iterable[LinkFact], context: CheckContext) -> list[Finding]:
    """Judge links to laws."""
    named = ((link.target, Place(file, link.line)) for link in links if link.kind == "law")
    return [fault for law_id, place in named for fault in _named(law_id, place, context, rests=False)]


def quiz_faults(module: ModuleDraft, context: CheckContext) -> list[Finding]:
    """Judge what questions rest on."""
    findings: list[Finding] = []
    for at, question in enumerate(module.quiz.questions if module.quiz else ()):
        for law_id in question.rests_on:
            place = module.quiz_source.place(("items", at, "rests_on"))
            findings.extend(_named(law_id, place, context, rests=True))
    return findings
