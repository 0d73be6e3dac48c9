"""The words of check findings: what is wrong, why it matters, how to mend it, and what it rests on.

Holds the one function that turns a finding into sentences; the sentences stand in `findings_files`,
`findings_access` and `findings_meaning`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lms.core.checks.rules import RULES
from lms.core.courses.findings import Finding
from lms.rendering.words.findings_access import ACCESS
from lms.rendering.words.findings_files import FILES
from lms.rendering.words.findings_meaning import MEANING
from lms.rendering.words.marks import RuleWords
from lms.rendering.words.values import said

ENTRIES: Mapping[str, RuleWords] = {**FILES, **ACCESS, **MEANING}


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding in one language; `reference` such as `WCAG 1.1.1` is not translated."""

    title: str
    why: str
    mend: str
    reference: str


def finding_words(finding: Finding, translate: Callable[[str], str]) -> FindingWords:
    """Return a finding in the language of `translate` (a gettext function), with what it found filled in."""
    entry, filled = ENTRIES[finding.rule], said(finding.params, translate)
    params = {name: str(value) for name, value in filled.items()}
    return FindingWords(
        translate(entry.title) % params,
        translate(entry.why),
        translate(entry.mend) % params,
        RULES[finding.rule].reference,
    )


def rule_words(rule: str, translate: Callable[[str], str]) -> tuple[str, str]:
    """Return why a rule exists, and its reference, without a finding: for lists of rules such as SARIF's."""
    return translate(ENTRIES[rule].why), RULES[rule].reference
