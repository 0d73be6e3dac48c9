"""What the next version follows: the newest sealed one, or the current one when the draft was made from it.

So an urgent fix is sealed while a later version waits for its day, and what waits cannot undo the fix, which
it does not follow. Holds the choice; whether a draft was made from a release is judged by
`core.publishing.comparing.basis`.
"""

from __future__ import annotations

from lms.actions.context import Context
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.publishing.comparing.basis import undoes
from lms.storage.database import Tx
from lms.storage.publishing import releases


def candidates(context: Context, tx: Tx, course: str) -> tuple[str, ...]:
    """Return what a draft may follow, the newest first; none before the first version of a course.

    The newest sealed version counts as long as it descends from the current one: it can still become current.
    """
    newest = "".join(context.library.versions(course)[-1:])
    current = releases.current(tx, course, context.now())
    if not current or not newest or newest == current:
        return (newest,) if newest else ()
    parents = {head.version: head.parent for head in context.library.heads(course)}
    if current not in parents:
        return (newest,)
    line = newest
    while line and line != current:
        line = parents.pop(line, "")
    return (newest, current) if line else (current,)


def _undoes(context: Context, draft: Release, version: str, current: str) -> bool:
    """Return whether a draft undoes what a version brought since the current one, or since its parent."""
    release = context.library.release(draft.course.id, version)
    since = release.parent if version == current else current or release.parent
    if not since:
        return False
    try:
        before = context.library.release(draft.course.id, since)
    except (Invalid, NotFound):  # what cannot be read keeps nobody from going on
        return False
    return undoes(draft, release, before)


def parent_of(context: Context, tx: Tx, draft: Release) -> str:
    """Return the version that a draft follows, as its words tell; '' for the first version of a course.

    Raises: Invalid `release.broken-seal`.
    """
    found = candidates(context, tx, draft.course.id)
    if found[1:] and _undoes(context, draft, *found):
        return found[1]
    return "".join(found[:1])


def followed(context: Context, draft: Release, wanted: str) -> str:
    """Return the version that a draft follows when it is sealed: `wanted` where it is given.

    Raises: Conflict `release.cannot-follow`, `release.undoes-parent`; Invalid `release.broken-seal`.
    """
    with context.database.reading() as tx:
        found = candidates(context, tx, draft.course.id)
        parent = wanted or parent_of(context, tx, draft)
    if wanted and wanted not in found:
        raise Conflict("release.cannot-follow", course=draft.course.id, version=wanted)
    if parent and _undoes(context, draft, parent, "".join(found[1:])):
        raise Conflict("release.undoes-parent", course=draft.course.id, version=parent)
    return parent
