"""Seal an earlier version once more under a new number: the honest way back.

Holds the act on files. Nothing is copied, since the texts lie sealed already; a new tree and, last of all, a
new lock name them. The new version follows the current one, and its number says how much changes.
"""

from __future__ import annotations

from dataclasses import replace

from lms.content.files.files import sha256
from lms.content.files.writing import write_file
from lms.content.library import Library
from lms.content.seals.locks import Lock, lock_file, lock_text, tree_file
from lms.content.seals.seals import read_lock, refused
from lms.content.seals.trees import tree_of
from lms.content.seals.upgrades import FORMAT
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Invalid
from lms.core.locales import Words
from lms.core.publishing.change import change_between, is_honest, is_near, least_version
from lms.core.publishing.site import Sealing
from lms.core.publishing.versions import is_version


def seal_again(library: Library, course_id: str, version: str, wish: Sealing) -> bool:
    """Seal what `wish.source` says as a version; return whether that very seal was there already.

    Raises: NotFound `release.unknown`; Invalid `release.version-form`, `release.reason-missing`,
    `release.version-too-low`, `release.version-too-high`, `release.broken-seal`; Conflict
    `release.nothing-to-go-back-to`, `release.already-sealed`; Unavailable `disk.write-failed`.
    """
    old = library.release(course_id, wish.source)
    _refuse(old, version, wish)
    former = _lock(library, course_id, wish.source)
    if library.files.exists(lock_file(course_id, version)):
        return _accepted(library, old, former, version, wish)
    parent = wish.parent or library.versions(course_id)[-1]
    if parent == wish.source:
        raise Conflict("release.nothing-to-go-back-to", course=course_id, version=parent)
    release = _release(library, old, version, parent, wish)
    if not is_near(parent, version):
        needed = least_version(parent, change_between(library.release(course_id, parent), old))
        raise Invalid("release.version-too-high", version=version, needed=needed)
    lock, tree = _written(former, release)
    write_file(library.files.root / tree_file(course_id, version), tree)
    write_file(library.files.root / lock_file(course_id, version), lock)
    return False


def _refuse(old: Release, version: str, wish: Sealing) -> None:
    if not is_version(version):
        raise Invalid("release.version-form", version=version)
    required = old.course.required_locales
    if not wish.by.strip() or not all(wish.why.get(locale, "").strip() for locale in required):
        raise Invalid("release.reason-missing", locales=", ".join(required))


def _lock(library: Library, course_id: str, version: str) -> Lock:
    found, faults = read_lock(library.files, course_id, version)
    if found is None:
        raise refused(faults, course_id, version)
    return found


def _release(library: Library, old: Release, version: str, parent: str, wish: Sealing) -> Release:
    """Return the old release under its new number; its contents and what they rest on stay as they were."""
    change = change_between(library.release(old.course.id, parent), old)
    if not is_honest(parent, version, change):
        needed = least_version(parent, change)
        raise Invalid("release.version-too-low", version=version, needed=needed, change=change.word)
    return replace(
        old,
        version=version,
        digest="",
        date=wish.date,
        by=wish.by,
        why=Words(dict(wish.why)),
        parent=parent,
        change=change.word,
    )


def _written(former: Lock, release: Release) -> tuple[bytes, bytes]:
    """Return the bytes of the lock and of the tree."""
    tree = tree_of(release)
    said = {
        "format": FORMAT,
        "version": release.version,
        "parent": release.parent,
        "change": release.change,
        "date": release.date,
        "by": release.by,
        "why": dict(release.why.by_locale),
        "tree": sha256(tree),
    }
    return lock_text(Lock.model_validate(former.model_dump() | said)), tree


def _accepted(library: Library, old: Release, former: Lock, version: str, wish: Sealing) -> bool:
    """Accept a seal that is there already if it holds the very same, on the day of the first time.

    Raises: Conflict `release.already-sealed`.
    """
    course_id = former.course
    there, sealed = _lock(library, course_id, version), library.files.raw(lock_file(course_id, version))
    if there.parent is not None:
        again = replace(wish, date=there.date)
        lock, _ = _written(former, _release(library, old, version, there.parent, again))
        if lock == sealed:
            return True
    raise Conflict("release.already-sealed", course=course_id, version=version)
