"""`vouched.yaml` of a module: which sets of blocks somebody has vouched for; outside the approved digest.

Holds reading and writing; what a set is, is said by `core.publishing.comparing.vouching`. The file holds
digests, an opaque id and a day, an entry on each line, so that two people's entries seldom meet in one line.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from lms.content.drafts.drafts import DRAFT
from lms.content.files.files import Files
from lms.content.files.writing import write_file
from lms.core.errors import Conflict
from lms.core.publishing.comparing.vouching import VouchedSet, key_of

_HEAD = "# Sets of blocks that mean the same in each language, as somebody confirmed. Written by Parvis.\n"


def vouched_file(course_id: str, module_id: str) -> str:
    """Return where the vouched sets of a module stand."""
    return f"courses/{course_id}/{module_id}/{DRAFT}/vouched.yaml"


def _set(entry: object) -> VouchedSet | None:
    if not isinstance(entry, dict) or not all(isinstance(one, str) for pair in entry.items() for one in pair):
        return None
    digests = {name: value for name, value in entry.items() if name not in {"by", "on"}}
    return VouchedSet(digests, entry.get("by", ""), entry.get("on", "")) if digests else None


def read_vouched(files: Files, course_id: str, module_id: str) -> tuple[VouchedSet, ...] | None:
    """Read the vouched sets of a module, oldest first; None for a file that is not written as it must be."""
    file = vouched_file(course_id, module_id)
    if not files.exists(file):
        return ()
    source = files.yaml(file)
    entries = source.value if isinstance(source.value, tuple) else None
    if source.value is None and not source.findings:
        entries = ()
    sets = tuple(map(_set, entries or ()))
    if entries is None or None in sets:
        return None
    return tuple(one for one in sets if one is not None)


def _line(one: VouchedSet) -> str:
    said = {**one.digests, "by": one.by, "on": one.on}
    fields = ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in said.items())
    return f"- {{{fields}}}\n"


def write_vouched(
    files: Files, course_id: str, module_id: str, add: Iterable[VouchedSet], remove: Collection[str]
) -> None:
    """Add sets and take back those with these keys; whoever calls this is alone with the course.

    Raises: Conflict `translation.file-damaged`; Unavailable `disk.write-failed`.
    """
    before = read_vouched(files, course_id, module_id)
    if before is None:
        raise Conflict("translation.file-damaged", file=vouched_file(course_id, module_id))
    kept = [one for one in before if key_of(one.digests) not in remove]
    known = {key_of(one.digests) for one in kept}
    kept += [one for one in add if key_of(one.digests) not in known]
    if tuple(kept) != before:
        text = _HEAD + "".join(map(_line, kept))
        write_file(files.root / vouched_file(course_id, module_id), text.encode())
