"""The rules about a text find in a sealed release what it lacks; some of it is never published."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from lms.core.checks import accessibility, alternatives
from lms.core.checks.conformance import sealed_text
from lms.core.checks.rules import RULES
from lms.core.checks.wording import languages
from lms.core.courses.course import Release
from lms.core.courses.document import Document, Figure, Paragraph, Recording, Text
from lms.core.courses.findings import Severity
from tests.builders_learning import lesson, module, release

TRANSCRIPT = (Paragraph((Text("Hello."),)),)


def with_block(block: object, **media: str) -> Release:
    """Return a release whose only lesson has this block in both languages."""
    shown = {lang: Document(lang, (block,)) for lang in ("en", "fr")}  # type: ignore[arg-type]  # a block
    files = {name.replace("_", "."): digest for name, digest in media.items()}
    made = module("m1", lessons=1, media=files)
    return release("1.0.0", replace(made, lessons=(replace(lesson(), documents=shown),)))


def lacking(release: Release) -> set[str]:
    return {one.rule for one in sealed_text.lacking(sealed_text.faults(release))}


VIDEO = Recording("v1", "video", "hello.webm", transcript=TRANSCRIPT, described=True)
CAPTIONED = {"hello_webm": "d1", "hello_en_vtt": "d2", "hello_fr_vtt": "d3"}


@pytest.mark.parametrize(
    ("made", "rules"),
    [
        (with_block(VIDEO, **CAPTIONED), set()),
        (with_block(Figure("f1", "a.svg", "A door")), set()),
        (with_block(Figure("f1", "a.svg", "")), {"alt-missing"}),
        (with_block(Figure("f1", "a.svg", "", decorative=True)), set()),
        (with_block(VIDEO, hello_webm="d1", hello_en_vtt="d2"), {"captions-missing"}),
        (with_block(VIDEO), {"captions-missing", "media-missing"}),
        (with_block(replace(VIDEO, transcript=()), **CAPTIONED), {"transcript-missing"}),
        (with_block(replace(VIDEO, kind="audio"), hello_webm="d1"), set()),
    ],
)
def test_what_cannot_be_seen_or_heard_another_way_is_found(made: Release, rules: set[str]) -> None:
    assert lacking(made) == rules


def test_a_required_language_that_a_lesson_lacks_is_found_and_an_offered_one_is_not() -> None:
    made = release("1.0.0", module("m1", lessons=1))
    one = made.modules[0].lessons[0]
    english = replace(made.modules[0], lessons=(replace(one, documents={"en": one.documents["en"]}),))
    assert lacking(replace(made, modules=(english,))) == {"locale-missing"}
    offered = replace(made.course, required_locales=("en",), offered_locales=("fr",))
    assert lacking(replace(made, modules=(english,), course=offered)) == set()


def test_notes_for_a_team_talk_are_judged_without_a_summary() -> None:
    notes = {"en": Document("en", (Figure("f1", "a.svg", ""),))}
    found = sealed_text.faults(release("1.0.0", module("m1", lessons=0, facilitator=notes)))
    assert {one.rule for one in found} == {"alt-missing", "description-missing"}
    assert {one.place.file for one in found} == {"m1/facilitator.en.md"}


def test_the_rules_that_are_named_are_those_that_are_put() -> None:
    def named(module: object) -> set[str]:
        tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text("utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        return {
            str(one.args[0].value)
            for one in calls
            if isinstance(one.func, ast.Name)
            and one.func.id == "broken"
            and isinstance(one.args[0], ast.Constant)
        }

    put = (accessibility, alternatives, languages, sealed_text)
    assert set(sealed_text.TEXT_RULES) == set().union(*map(named, put))


@pytest.mark.parametrize("rule", sorted({*sealed_text.NEVER_LACKING, "language-wrong", "language-tag"}))
def test_what_is_never_published_is_an_error_that_no_draft_is_sealed_with(rule: str) -> None:
    assert RULES[rule].severity is Severity.ERROR
