"""What differs between two versions of a course, or between its draft and what it follows.

Holds the choice of the two; the comparison is `core.publishing.differences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.actions.publishing.basis import parent_of
from lms.actions.publishing.reach import require_course
from lms.core.courses.course import Release
from lms.core.errors import NotFound
from lms.core.people.actors import Actor
from lms.core.publishing.comparing.differences import Difference, between

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions, what differs between them in one language, and what else could be chosen.

    `old` is empty where the other one is the first version of the course.
    """

    old: str
    new: str
    release: Release
    difference: Difference
    versions: tuple[str, ...]
    languages: tuple[str, ...]


def version(context: Context, course: str, name: str) -> Release:
    """Return a sealed version, or the draft.

    Raises: NotFound `release.unknown`; Invalid `release.broken-seal`, `draft.not-whole`.
    """
    return context.library.preview(course) if name == DRAFT else context.library.release(course, name)


def _before(context: Context, after: Release, versions: Sequence[str], name: str) -> str:
    """Return the version that comes before one, or that a draft follows; '' before the first."""
    if name == DRAFT:
        with context.database.reading() as tx:
            return parent_of(context, tx, after)
    return "".join(versions[: versions.index(name)][-1:])


@query("differences.between", by=Who.STAFF, scoped=True)
def differences(
    context: Context, actor: Actor, course: str, old: str = "", new: str = "", *, locale: str = ""
) -> Compared:
    """Compare two versions of a course in one language; without names, the draft and what it follows.

    Raises: NotFound `course.unknown`, `release.unknown`, `draft.locale-unknown`; Invalid
    `release.broken-seal`, `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, course)
    versions = context.library.versions(course)
    newer = new or DRAFT
    if newer != DRAFT and newer not in versions:
        raise NotFound("release.unknown", course=course, version=newer)
    after = version(context, course, newer)
    older = old or _before(context, after, versions, newer)
    before = version(context, course, older) if older else None
    languages = (*after.course.required_locales, *after.course.offered_locales)
    tag = locale or languages[0]
    if tag not in languages:
        raise NotFound("draft.locale-unknown", course=course, locale=tag)
    return Compared(older, newer, after, between(before, after, tag), (*versions, DRAFT), languages)
