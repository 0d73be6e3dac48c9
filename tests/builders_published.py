"""Publishing what many tests publish: what is measured and checked of it is so once in a process.

Every file to take along is drawn to learn its size, and every text is checked, which takes longer than the
rest of most tests. Here the rows of the index and of the record are there before, as when a release was
adopted already somewhere else; how they come about is tested where publishing is tested. Holds no test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.actions.context import Context
from lms.actions.publishing import adopting
from lms.core.checks.conformance.facts import Subject
from lms.core.courses.course import Release
from lms.core.legislation.register import Register
from lms.core.people.actors import SYSTEM
from lms.core.publishing.release_head import ReleaseHead
from lms.storage.publishing import conformance, release_index

_Drawn = tuple[Release, Register, str, str | None]  # all that a file to take along is drawn from


@dataclass(frozen=True)
class _Known:
    """What is in the database of a release that was adopted, but for who adopted it and when."""

    drawn: _Drawn
    head: ReleaseHead
    record: Mapping[str, Any]


_KNOWN: dict[str, list[_Known]] = {}  # by the digest of the release


def publish(context: Context, course: str, version: str) -> None:
    """Adopt a release, current from now on."""
    release = context.library.release(course, version)
    drawn = release, context.library.register(), context.today(), context.settings.public_url
    about = Subject(course, version, release.digest)
    same = _KNOWN.setdefault(release.digest, [])
    known = next((one for one in same if one.drawn == drawn), None)
    if known is not None:
        with context.database.writing() as tx:
            release_index.add(tx, known.head)
            conformance.note(tx, about, known.record, now=context.now())
    adopting.adopt(context, SYSTEM, course, version)
    if known is None:
        with context.database.reading() as tx:
            (head,) = release_index.find(tx, [(course, version)])
            record = conformance.find(tx, [about])[about]
        same.append(_Known(drawn, head, record))
