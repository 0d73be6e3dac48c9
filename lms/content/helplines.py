"""Help lines and referrals as data: `courses/help-lines.yaml`.

Holds the conversion to core. Called by `library` and `checking`.
"""

from __future__ import annotations

from lms.content.files import Files
from lms.content.schemas import HelpLineEntry
from lms.content.validation import validate_list
from lms.content.wording import maybe, words
from lms.core.findings import Finding
from lms.core.helplines import HelpLine
from lms.core.rules import broken

FILE = "courses/help-lines.yaml"


def _line(entry: HelpLineEntry) -> HelpLine:
    return HelpLine(
        id=entry.id,
        regions=entry.regions,
        kind=entry.kind,
        name=words(entry.name),
        referral=words(entry.referral),
        number=entry.number or "",
        text=entry.text or "",
        tty=entry.tty or "",
        hours=maybe(entry.hours),
        languages=entry.languages,
        url=entry.url or "",
        checked=entry.checked or "",
    )


def read_help_lines(files: Files) -> tuple[tuple[HelpLine, ...], tuple[Finding, ...]]:
    """Read all help lines; entries that are not whole are left out and reported."""
    source = files.yaml(FILE)
    entries, findings = validate_list(HelpLineEntry, source)
    seen: set[str] = set()
    doubled: list[Finding] = []
    for entry in entries:
        if entry.id in seen:
            doubled.append(broken("duplicate-id", source.place(()), id=entry.id))
        seen.add(entry.id)
    return tuple(_line(entry) for entry in entries), (*findings, *doubled)
