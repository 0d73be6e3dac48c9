"""Two languages have the same bones, whatever their words."""

from __future__ import annotations

import pytest

from lms.core.checks.parity import differences, skeleton
from tests.builders_content import lesson

ENGLISH = """## One {#s1}

Text with a [term](term:ally).

- a
- b

::: law {#l1 rests-on="x y" as-of=2026-01-01 review-by=2026-06-01}

Words.

:::
"""


def compared(mine: str, theirs: str = ENGLISH, *, offered: bool = False) -> list[tuple[str, int]]:
    here, there = (skeleton(lesson(text).blocks) for text in (mine, theirs))
    found = differences(here, there, "b.fr.md", "a.en.md", offered=offered)
    assert all(finding.place.file == "b.fr.md" for finding in found)
    assert all(finding.params["other"] == "a.en.md" for finding in found)
    return [(finding.rule, finding.place.line) for finding in found]


def test_other_words_are_no_difference() -> None:
    assert compared(ENGLISH.replace("Text with", "Un texte avec").replace("One", "Un")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- b\n", "", [("parity-differs", 5)]),
        ("- a\n- b", "1. a\n2. b", [("parity-differs", 5)]),
        ("## One", "### One", [("parity-differs", 1)]),
        ("#s1", "#s2", [("parity-differs", 1)]),
        ('"x y"', '"x"', [("parity-differs", 8)]),
        ("Text with a [term](term:ally).\n\n", "", [("parity-missing", 3), ("parity-links", 0)]),
        ("- a\n", "More.\n\n- a\n", [("parity-extra", 3)]),
        ("[term](term:ally)", "term", [("parity-links", 0)]),
        ("- b\n", "- b\n\n  More.\n", [("parity-extra", 8)]),
        ("- b\n", "- b {#b1}\n", [("parity-extra", 6)]),
        ("- b\n", "-\n", []),
    ],
)
def test_each_difference_is_found_where_it_stands(
    old: str, new: str, expected: list[tuple[str, int]]
) -> None:
    assert compared(ENGLISH.replace(old, new)) == expected


def test_an_empty_lesson_lacks_everything_from_its_first_line() -> None:
    found = compared("")
    assert {rule for rule, _ in found} == {"parity-missing", "parity-links"}
    assert {line for rule, line in found if rule == "parity-missing"} == {1}


def test_a_lesson_beside_an_empty_one_has_too_much() -> None:
    assert {rule for rule, _ in compared(ENGLISH, "")} == {"parity-extra"}


def test_an_offered_language_may_lag_behind() -> None:
    assert compared(ENGLISH.replace("- b\n", ""), offered=True) == [("parity-offered", 5)]


BONES = """::: in-short

- a
- b
- c

:::

Table: Words {#t1 row-headers}

| a | b |
|---|---|
| 1 | 2 |

> Said.
> — Somebody

::: branching {#b1 title="x"}

::: step {#a}

Go.

- [On](#b)

:::

::: step {#b}

End.

:::

:::

::: figure {#f1 src=media/a.svg decorative}

:::

::: content-note {#n1 minutes=2 skip-to=s1}

Note.

::: alternative

Words.

:::

:::

::: video {#v1 src=media/a.webm described}

Caption.

::: transcript

Words.

:::

:::
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- c\n", ""),
        (" row-headers", ""),
        ("| 1 | 2 |\n", "| 1 | 2 |\n| 3 | 4 |\n"),
        ("> — Somebody\n", ""),
        ("(#b)", "(#a)"),
        (" decorative", ""),
        ("minutes=2", "minutes=3"),
        (" described", ""),
    ],
)
def test_the_facts_of_every_block_are_compared(old: str, new: str) -> None:
    assert "parity-differs" in {rule for rule, _ in compared(BONES.replace(old, new, 1), BONES)}
