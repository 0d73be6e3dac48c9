"""Facts of a record: each comes back from its row as it was, in one order, with what an author decided."""

from __future__ import annotations

from dataclasses import replace

from lms.core.checks.conformance import facts
from lms.core.checks.conformance.facts import Answer, Basis, Checked, Looked
from lms.core.checks.rules import RULES, broken
from lms.core.courses.document import Document, Figure, Recording
from lms.core.courses.findings import Place, Severity
from tests.builders_learning import lesson, module, release

LONG = broken("alt-long", Place("a.md", 3, 2), count=130, limit=125)
ADVICE = broken("word-to-avoid", Place("a.md", 1), found=("x", "y"), instead=Severity.ADVICE)
WHY = Answer("alt-long", "a.md", 3, "The picture is a chart.", "person", "2026-11-20")


def a_check(*findings: object, **changes: object) -> Checked:
    made = Checked(
        Basis.DRAFT,
        "0.1.0",
        "2026-11-22",
        ("alt-long", "alt-missing"),
        "abc",
        ("en", "fr"),
        Looked(2, 4, 3, 1, 0),
        facts.noted(findings, [WHY]),  # type: ignore[arg-type]  # findings
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields


def test_facts_come_back_from_their_row_as_they_were() -> None:
    checked = a_check(LONG, broken("word-to-avoid", Place("b.md"), found="x"))
    assert facts.from_json(facts.to_json(checked)) == checked


def test_what_a_row_cannot_hold_is_kept_as_its_text_and_several_as_several() -> None:
    back = facts.from_json(facts.to_json(a_check(ADVICE))).noted[0].finding
    assert back.params == {"found": ("x", "y"), "instead": "advice"}


def test_findings_stand_in_one_order_and_once() -> None:
    found = facts.noted([ADVICE, LONG, ADVICE])
    assert [one.finding.rule for one in found] == ["alt-long", "word-to-avoid"]
    assert found == facts.noted([LONG, ADVICE])


def test_a_decision_belongs_to_its_rule_and_place() -> None:
    elsewhere = replace(LONG, place=Place("b.md", 3))
    first, second = facts.noted([LONG, elsewhere], [WHY])
    assert (first.answer, second.answer) == (WHY, None)


def test_what_was_found_is_counted_by_weight() -> None:
    checked = a_check(LONG, ADVICE)
    assert [checked.count(one) for one in Severity] == [0, 1, 1]
    assert not checked.found_nothing
    assert a_check().found_nothing


def test_another_weight_or_standard_is_another_fingerprint() -> None:
    names = ["alt-long", "alt-missing"]
    softer = {**RULES, "alt-missing": replace(RULES["alt-missing"], severity=Severity.ADVICE)}
    assert facts.fingerprint(names) == facts.fingerprint(reversed(names))
    assert facts.fingerprint(names) != facts.fingerprint(names, softer)


def test_a_picture_that_stands_in_two_languages_is_one() -> None:
    blocks = (Figure("f1", "media/a.svg", "A door"), Recording("r1", "audio", "media/a.wav"))
    shown = {lang: Document(lang, blocks) for lang in ("en", "fr")}
    made = release("1.0.0", module("m1", lessons=1), module("m2"))
    first = replace(made.modules[0], lessons=(replace(lesson(), documents=shown),))
    assert facts.looked_at(replace(made, modules=(first, made.modules[1]))) == Looked(2, 3, 3, 1, 1)


def test_a_course_without_a_final_quiz_has_one_less() -> None:
    made = release()
    assert facts.looked_at(replace(made, course=replace(made.course, final_items=0))).quizzes == 2
