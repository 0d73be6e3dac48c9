"""A finding as a page says it: what, why with its reference, how to fix it, and how much it weighs.

Holds the choice of words; the sentences are `rendering.words.findings`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from lms.core.courses.findings import Finding, Severity
from lms.rendering.words.findings import finding_words
from lms.rendering.words.marks import N_

SEVERITIES = {
    Severity.ERROR: N_("Must be fixed before publishing"),
    Severity.WARNING: N_("Needs a fix or an answer"),
    Severity.ADVICE: N_("Advice"),
}
_STATES = {Severity.ERROR: "error", Severity.WARNING: "due", Severity.ADVICE: "left"}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in the reader's language; `state` is the shape beside its weight."""

    rule: str
    title: str
    why: str
    fix: str
    reference: str
    weight: str
    state: str


def finding_line(finding: Finding) -> FindingLine:
    """Return a finding in the reader's language."""
    said = finding_words(finding, gettext)
    weight = gettext(SEVERITIES[finding.severity])
    return FindingLine(
        finding.rule, said.title, said.why, said.mend, said.reference, weight, _STATES[finding.severity]
    )
