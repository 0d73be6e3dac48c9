"""Words to avoid and abbreviations are advised on, never forbidden."""

from __future__ import annotations

import pytest

from lms.core.checks.wording.terminology import avoided, avoided_words, known_words, unexplained
from lms.core.courses.findings import Severity
from lms.core.legislation.register import Term
from lms.core.locales import Words
from tests.builders_content import stretches

TERMS = [
    Term(
        "trans",
        Words({"en": "trans person"}),
        Words({"en": "x"}),
        "2026-01-01",
        {"en": ("a trans", "transgendered")},
    ),
    Term("asl", Words({"en": "ASL"}), Words({"en": "x"}), "2026-01-01", {}),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is Transgendered.", ["Transgendered"]),
        ("She is a trans.", ["a trans"]),
        ("She is a trans woman.", []),
        ("Do not say “transgendered”.", []),
        ("[transgendered]{lang=de}", []),
    ],
)
def test_words_to_avoid(text: str, expected: list[str]) -> None:
    findings = avoided_words(stretches(text), "a.md", avoided(TERMS, "en"))
    assert [finding.params["found"] for finding in findings] == expected
    assert all(finding.severity is Severity.ADVICE for finding in findings)


def test_without_words_to_avoid_there_is_nothing_to_say() -> None:
    assert avoided(TERMS, "fr") is None
    assert avoided_words(stretches("transgendered"), "a.md", None) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask the QRST. Then ask the QRST again.", ["QRST"]),
        ("The Quick Team (QRST) helps. Ask the QRST.", []),
        ("The QRST (a quick team) helps.", []),
        ("ASL, ID and a PDF under the Act of SOMEWHERE.", []),
        ("CALL THE QRST", []),
        ("A T-shirt and section A1.", []),
    ],
)
def test_abbreviations(text: str, expected: list[str]) -> None:
    findings = unexplained(stretches(text), "a.md", known_words(TERMS, ["Act (SOMEWHERE)"]))
    assert [finding.params["found"] for finding in findings] == expected
