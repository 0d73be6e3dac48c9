"""Notes for a team talk: four sections in their order, three questions, nothing before them."""

from __future__ import annotations

import pytest

from lms.core.checks.facilitator import faults
from tests.builders_content import lesson, rules

WHOLE = """## Timing {#timing}

- 10 minutes.

## Questions {#questions}

Ask slowly.

1. One?
2. Two?
3. Three?

## Safe {#safety}

1. Everyone may pass.

## Not {#not}

- Nothing private.
"""
SECTIONS, QUESTIONS = "facilitator-sections", "facilitator-questions"


def found(text: str) -> list[str]:
    return rules(faults(lesson(text), "facilitator.en.md"))


def test_whole_notes_lack_nothing() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("", [SECTIONS]),
        ("Welcome.", [SECTIONS]),
        (f"Welcome.\n\n{WHOLE}", [SECTIONS]),
        (WHOLE.replace("{#safety}", ""), [SECTIONS]),
        (WHOLE.replace("{#timing}", "{#x}").replace("{#not}", "{#timing}"), [SECTIONS]),
        (WHOLE.replace("1. One?\n", ""), [QUESTIONS]),
        (WHOLE.replace("1. One?\n2. Two?\n3. Three?", "- One?\n- Two?\n- Three?"), [QUESTIONS]),
        ("## Questions {#questions}\n\n1. One?", [SECTIONS, QUESTIONS]),
    ],
)
def test_each_lack_has_its_rule(text: str, broken: list[str]) -> None:
    assert found(text) == broken
