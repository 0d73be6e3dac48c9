"""The examples of `docs/authoring.md`: one for everything, and each passes the checks and is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.content.markup.containers import RULES
from lms.content.markup.lessons import read_lesson
from lms.content.shapes.quiz_schemas import AnyItem
from lms.core.courses.course import Lesson
from lms.core.courses.findings import Finding, Severity
from lms.core.locales import Words
from lms.rendering.lessons.anchors import Picture
from lms.rendering.lessons.lessons import lesson_html
from lms.rendering.offline.offline import Kit, module_file
from tests.builders_content import TODAY
from tests.builders_examples import BLOCKS, COURSE, Example, examples, front_desk, lesson_of, of_kind
from tests.builders_lessons import EVERYWHERE, a_release, tree
from tests.page_lint import lint

PLAIN = {"text", "list", "table", "quote"}
NOWHERE = Kit(lambda _: Picture("data:image/gif;base64,R0lGOD"), {}, TODAY.isoformat())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return front_desk(tmp_path_factory.mktemp("examples") / "site")


def grave(findings: list[Finding]) -> list[str]:
    return [
        f"{one.place.file}:{one.place.line} {one.rule} {dict(one.params)}"
        for one in findings
        if one.severity is not Severity.ADVICE
    ]


def test_every_fence_says_what_it_is() -> None:
    assert {one.kind for one in examples()} == {"file", "block", "question", "glossary"}


def test_every_block_has_an_example() -> None:
    outer = {name for name, rule in RULES.items() if not rule.inside}
    assert {one.name for one in of_kind("block")} == outer | PLAIN
    written = "".join(one.text for one in of_kind("block"))
    assert [name for name in RULES if f"::: {name}" not in written] == []


def test_every_kind_of_question_has_an_example() -> None:
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(get_args(AnyItem)[0])}
    assert {one.name for one in of_kind("question")} | {"choice"} == kinds


@pytest.mark.parametrize("course", [COURSE, BLOCKS])
def test_the_checks_find_nothing_in_the_examples(site: Path, course: str) -> None:
    assert grave(check_site(Library(site), TODAY, only=[course])) == []


def test_the_glossary_takes_the_example(site: Path) -> None:
    assert grave(check_site(Library(site), TODAY, only=["courses/glossary.yaml"])) == []


@pytest.mark.parametrize("example", of_kind("block"), ids=lambda one: one.name)
def test_each_block_is_drawn(example: Example) -> None:
    text = read_lesson(lesson_of(example).encode(), "01-a.en.md", "en")
    assert text.findings == ()
    lesson = Lesson("a", "l1", Words({"en": "A"}), 1, {"en": text.document})
    release, module = a_release(lesson, laws={})
    drawn = lesson_html(release, module, lesson, "en", addresses=EVERYWHERE, today=TODAY.isoformat())
    assert tree(drawn.body) is not None
    whole = module_file(release, module, "en", NOWHERE)
    assert [fault for fault in lint(whole) if fault != "inline style"] == []


def test_each_question_is_drawn(site: Path) -> None:
    release = Library(site).preview(COURSE)
    [module] = release.modules
    assert len(module.quiz.questions) == len(of_kind("question")) + 1
    html = module_file(release, module, "en", NOWHERE)
    assert [fault for fault in lint(html) if fault != "inline style"] == []
