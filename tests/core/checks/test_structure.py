"""A lesson hangs together: ids, inner links, branching scenarios."""

from __future__ import annotations

import pytest

from lms.core.checks.structure import anchors, faults
from tests.builders_content import lesson, rules

NOTE = (
    "::: content-note {{#n1 minutes=2 skip-to={0}}}\n\nNote.\n\n::: alternative\n\nWords.\n\n:::\n\n:::\n\n"
    "## A {{#s1}}"
)


def branching(*steps: str) -> str:
    parts = (f"::: step {{#{step.split()[0]}}}\n\nWords.\n\n{_choices(step)}\n:::\n" for step in steps)
    return '::: branching {#b1 title="x"}\n\n' + "\n".join(parts) + "\n:::"


def _choices(step: str) -> str:
    return "".join(f"- [Go](#{target})\n" for target in step.split()[1:])


def found(text: str, *, sensitive: bool = False) -> list[tuple[str, str]]:
    findings = faults(lesson(text), "a.md", sensitive=sensitive)
    return [(finding.rule, str(next(iter(finding.params.values()), ""))) for finding in findings]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Words. {#main}", 1),
        ("Words. {#w-s1}", 1),
        ("Words. {#f1-ca}\n\n::: finder {#f1}\n\n:::", 1),
        ("Words. {#s1-main}", 0),
    ],
)
def test_ids_of_the_page_itself_are_refused(text: str, count: int) -> None:
    assert [rule for rule, _ in found(text)] == ["id-reserved"] * count


@pytest.mark.parametrize(
    "text",
    [
        "## A {#s1}\n\n[up](#s1) {#p1}",
        NOTE.format("s1"),
        branching("a b c", "b c", "c"),
        branching("a"),
    ],
)
def test_what_hangs_together_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A {#s1}\n\nText {#s1}", [("duplicate-id", "s1")]),
        ("[up](#s9)", [("link-anchor", "s9")]),
        (NOTE.format("s9"), [("link-anchor", "s9")]),
        (branching("a x"), [("branching-target", "x")]),
        (branching("a b", "b a"), [("branching-circle", "a"), ("branching-circle", "b")]),
        (branching("a b d", "b c", "c b", "d"), [("branching-circle", "b"), ("branching-circle", "c")]),
        (branching("a b", "b", "c b"), [("branching-unreachable", "c")]),
        (branching("a b", "b c", "c b c"), [("branching-circle", "b"), ("branching-circle", "c")]),
        ('::: branching {#b1 title="x"}\n\nNo steps.\n\n:::', []),
    ],
)
def test_each_fault_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_step_is_no_place_for_a_link() -> None:
    assert set(anchors(lesson(branching("a b", "b")))) == {"b1"}


@pytest.mark.parametrize(
    ("anchor", "telling"), [("s1", False), ("ex12", False), ("coming-out", True), ("", False)]
)
def test_anchors_of_a_sensitive_course_tell_nothing(anchor: str, telling: bool) -> None:
    text = f"## A {{#{anchor}}}" if anchor else "## A"
    expected = ["anchor-telling"] if telling else []
    assert rules(faults(lesson(text), "a.md", sensitive=True)) == expected
    assert faults(lesson(text), "a.md") == []
