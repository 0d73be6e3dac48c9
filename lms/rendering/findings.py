"""The words of check findings: what is wrong, why it matters, how to mend it, and what it rests on.

Holds the one function that turns a finding into sentences; the sentences stand in `findings_files`,
`findings_access` and `findings_meaning`. Called by the command line (text, JSON, SARIF), by pages for authors
and by the publish desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lms.core.findings import Finding
from lms.core.rules import RULES
from lms.rendering.findings_access import ACCESS
from lms.rendering.findings_entry import Entry
from lms.rendering.findings_files import FILES
from lms.rendering.findings_meaning import MEANING

ENTRIES: Mapping[str, Entry] = {**FILES, **ACCESS, **MEANING}


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding in one language; `reference` such as `WCAG 1.1.1` is not translated."""

    title: str
    why: str
    mend: str
    reference: str


def finding_words(finding: Finding, translate: Callable[[str], str]) -> FindingWords:
    """Say a finding in the language of `translate` (a gettext function), with what it found filled in."""
    entry, params = ENTRIES[finding.rule], {name: str(value) for name, value in finding.params.items()}
    return FindingWords(
        translate(entry.title) % params,
        translate(entry.why),
        translate(entry.mend) % params,
        RULES[finding.rule].reference,
    )


def rule_words(rule: str, translate: Callable[[str], str]) -> tuple[str, str]:
    """Give why a rule exists, and its reference, without a finding: for lists of rules such as SARIF's."""
    return translate(ENTRIES[rule].why), RULES[rule].reference
