"""Findings of a draft: an answer stays until its block changes, an error cannot be answered, safe fixes."""

from __future__ import annotations

from pathlib import Path

from lms.actions.authoring import findings
from lms.actions.context import Context
from lms.core.authoring.finding_answers import DraftFinding
from lms.core.courses.findings import Severity
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.people.actors import Actor
from tests.builders_content import change
from tests.builders_learning import SAMPLE, refused

LESSON = f"courses/{SAMPLE}/forms/draft/01-first-form.fr.md"
QUIZ = f"quizzes/{SAMPLE}/welcome/draft.yaml"


def found(context: Context, author: Actor, rule: str) -> list[DraftFinding]:
    every = findings.findings(context, author, SAMPLE)
    return [one for one in every if one.finding.rule == rule]


def unspaced(site: Path) -> None:
    path = site / LESSON
    path.write_text(f"{path.read_text()}\nVoici l'aide : « lire » et demander !\n")


def test_a_safe_fix_is_shown_made_and_then_gone(context: Context, author: Actor, site: Path) -> None:
    unspaced(site)
    for rule in ("french-apostrophe", "french-guillemets", "french-space-before", "french-colon"):
        one = found(context, author, rule)[0]
        assert one.can_fix
        digest, changes = findings.fix(context, author, SAMPLE, LESSON, rule)
        assert [piece.line for piece, _ in changes] == [one.finding.place.line]
        with refused(Conflict, "draft.changed"):
            findings.make_fix(context, author, SAMPLE, LESSON, rule, expected="other")
        assert findings.make_fix(context, author, SAMPLE, LESSON, rule, expected=digest) == 1
        assert not found(context, author, rule)
    last = (site / LESSON).read_text().splitlines()[-1]
    assert last == "Voici l’aide\u00a0: «\u00a0lire\u00a0» et demander!"
    for rule in ("french-colon", "heading-order"):
        with refused(Invalid, "finding.no-fix"):
            findings.fix(context, author, SAMPLE, LESSON, rule)
        with refused(Invalid, "finding.no-fix"):
            findings.make_fix(context, author, SAMPLE, LESSON, rule, expected="")


def test_an_answer_stays_until_its_block_changes(context: Context, author: Actor, site: Path) -> None:
    change(site, QUIZ, "I look up and say hello", "I look up, put the pen away and say hello to the person")
    one = found(context, author, "quiz-length-clue")[0]
    assert (one.module, one.question) == ("welcome", "w-q01")
    assert findings.answer_finding(context, author, SAMPLE, one.key, " It is the point here. ")
    assert not findings.answer_finding(context, author, SAMPLE, one.key, "Again.")
    kept = found(context, author, "quiz-length-clue")[0].answer
    assert kept is not None
    assert (kept.reason, kept.person) == ("It is the point here.", author.person)
    change(site, QUIZ, "say hello to the person", "say hello to every person")
    again = found(context, author, "quiz-length-clue")[0]
    assert again.answer is None
    with refused(NotFound, "finding.gone"):
        findings.finding(context, author, SAMPLE, one.key)


def test_an_answer_is_taken_back(context: Context, author: Actor, site: Path) -> None:
    change(site, QUIZ, "I look up and say hello", "I look up, put the pen away and say hello to the person")
    one = found(context, author, "quiz-length-clue")[0]
    findings.answer_finding(context, author, SAMPLE, one.key, "Fine.")
    assert findings.reopen_finding(context, author, SAMPLE, one.key)
    assert not findings.reopen_finding(context, author, SAMPLE, one.key)
    for course in ("nothing", f"{SAMPLE}\nX-Zq: 1", "q" * 4000):
        with refused(NotFound, "course.unknown"):
            findings.reopen_finding(context, author, course, one.key)
        with refused(NotFound, "course.unknown"):
            findings.fix(context, author, course, "courses/x", "typography")
    assert findings.finding(context, author, SAMPLE, one.key).answer is None


def test_an_error_cannot_be_answered_and_a_reason_has_words(
    context: Context, author: Actor, site: Path
) -> None:
    unspaced(site)
    one = found(context, author, "french-colon")[0]
    assert one.finding.severity is Severity.ERROR
    with refused(Conflict, "finding.error-stays"):
        findings.answer_finding(context, author, SAMPLE, one.key, "I like it.")
    with refused(Invalid, "finding.reason-missing"):
        findings.answer_finding(context, author, SAMPLE, one.key, "  ")
    with refused(Invalid, "finding.reason-long"):
        findings.answer_finding(context, author, SAMPLE, one.key, "x" * 501)


def test_what_belongs_to_no_question_or_no_draft_is_listed_too(
    context: Context, author: Actor, site: Path
) -> None:
    (site / "courses/legislation/register.yaml").write_text("schema_version: 1\n")
    change(site, QUIZ, "draw: 5", "draw: 50")
    shared = [one for one in findings.findings(context, author, SAMPLE) if not one.module]
    assert any(one.finding.place.file.startswith("courses/legislation") for one in shared)
    assert found(context, author, "quiz-few")[0].question == ""
    (site / QUIZ).write_text("items: [a, b]\ndraw: 1\n")
    assert all(one.question == "" for one in findings.findings(context, author, SAMPLE))
    (site / QUIZ).write_text("items: [")
    assert found(context, author, "yaml-syntax")[0].question == ""
