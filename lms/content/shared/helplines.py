"""Help lines and referrals as data: `courses/help-lines.yaml`.

Holds the conversion to core, and the one thing that a command writes there: the day of a confirmation.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lms.content.files.files import Files
from lms.content.files.writing import write_file
from lms.content.shapes.reading import Source, read_yaml
from lms.content.shapes.schemas import HelpLineEntry
from lms.content.shapes.validation import doubled, validate_list
from lms.content.shapes.wording import maybe, words
from lms.core.courses.findings import Finding
from lms.core.courses.helplines import HelpLine
from lms.core.errors import Conflict, NotFound

FILE = "courses/help-lines.yaml"
_CHECKED = re.compile(r"(?m)^([ ]*checked:)[^\n#]*?([ ]*(?:#[^\n]*)?)$")


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
        read=entry.read or "",
        sources=entry.sources,
        also=maybe(entry.also),
    )


def read_help_lines(files: Files) -> tuple[tuple[HelpLine, ...], tuple[Finding, ...]]:
    """Read all help lines; entries that are not whole are left out and reported."""
    source = files.yaml(FILE)
    entries, findings = validate_list(HelpLineEntry, source)
    faults = (*findings, *doubled(source, (entry.id for entry in entries)))
    return tuple(_line(entry) for entry in entries), faults


def confirm(files: Files, line: str, day: str) -> None:
    """Write the day at `checked:` of a line; every other byte of the file, with its remarks, stays.

    Raises: NotFound `help-line.unknown`; Conflict `help-line.by-hand` where the entry has no `checked:` on a
    line of its own; Unavailable `disk.write-failed`.
    """
    before, _ = read_help_lines(files)
    at = next((number for number, one in enumerate(before) if one.id == line), None)
    if at is None:
        raise NotFound("help-line.unknown", id=line)
    after = tuple(replace(one, checked=day) if one.id == line else one for one in before)
    raw = _with_day((files.raw(FILE) or b"").decode(), files.yaml(FILE), at, day).encode()
    if _lines(read_yaml(raw, FILE)) != after:
        raise Conflict("help-line.by-hand", id=line, file=FILE, written=day)
    write_file(files.root / FILE, raw)


def _with_day(text: str, source: Source, at: int, day: str) -> str:
    rows = text.splitlines(keepends=True)
    begin, end = source.place((at,)).line - 1, source.place((at + 1,)).line - 1
    entry = "".join(rows[begin : end if end > begin else None])
    mended = _CHECKED.sub(rf'\g<1> "{day}"\g<2>', entry, count=1)
    return "".join(rows[:begin]) + mended + ("".join(rows[end:]) if end > begin else "")


def _lines(source: Source) -> tuple[HelpLine, ...]:
    return tuple(_line(entry) for entry in validate_list(HelpLineEntry, source)[0])
