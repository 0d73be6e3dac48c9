"""A finding as a page says it: what, why with its reference, how to fix it, and how much it weighs.

Holds the choice of words; the sentences are `rendering.words.findings`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask_babel import gettext

from lms.core.courses.findings import Finding, Severity
from lms.rendering.words.findings import finding_words
from lms.rendering.words.marks import N_

SEVERITIES = {
    Severity.ERROR: N_("Must be fixed before publishing"),
    Severity.WARNING: N_("Needs a fix or an answer"),
    Severity.ADVICE: N_("Advice"),
}
#: What rules follow that is a text of the house; a standard such as WCAG 1.1.1 has one name everywhere.
_OF_THE_HOUSE = {
    "Canadian French typography": N_("Canadian French typography"),
    "Content format": N_("Content format"),
    "Courses that build on each other": N_("Prerequisites"),
    "Help lines are checked every 180 days": N_("Help lines are checked every 180 days"),
    "Honest minutes": N_("Realistic reading times"),
    "Ids are never recycled": N_("Identifiers are never reused"),
    "Inclusive writing, house rule": N_("Our rule for inclusive writing"),
    "Layout of a site": N_("Folders and files of a site"),
    "Legal accuracy": N_("Legal accuracy"),
    "Light pages": N_("Light pages"),
    "Names of the site itself": N_("Names of the site itself"),
    "Notes for a team talk": N_("Notes for a team discussion"),
    "Nothing sealed ever changes": N_("Nothing sealed ever changes"),
    "Parity of the languages": N_("The same content in every language"),
    "Required languages": N_("Required languages"),
    "SVG as an image": N_("SVG as an image"),
    "Safe on a shared computer": N_("Safe on a shared computer"),
    "Terminology": N_("Terminology"),
    "Translation without a master language": N_("Translation from any language"),
    "Writing good questions": N_("Writing good questions"),
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


def reference_words(reference: str) -> str:
    """Return what a rule follows, as pages call it."""
    own = _OF_THE_HOUSE.get(reference)
    return gettext(own) if own else reference


def finding_line(finding: Finding) -> FindingLine:
    """Return a finding in the reader's language."""
    said = finding_words(finding, gettext)
    weight = gettext(SEVERITIES[finding.severity])
    return FindingLine(
        finding.rule,
        said.title,
        said.why,
        said.mend,
        reference_words(said.reference),
        weight,
        _STATES[finding.severity],
    )


def named_files(finding: Finding, names: Callable[[str], str]) -> Finding:
    """Return a finding that calls other lessons of its folder by their titles instead of their files."""
    folder = finding.place.file.rpartition("/")[0]
    called = {
        key: names(f"{folder}/{finding.params[key]}") for key in ("other", "file") if key in finding.params
    }
    return replace(finding, params={**finding.params, **{key: one for key, one in called.items() if one}})
