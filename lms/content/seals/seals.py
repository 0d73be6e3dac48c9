"""Sealed releases on disk: whether their bytes are still what was sealed, and reading them back.

Holds verification by digest. Writes nothing (see `sealing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lms.content.files.files import Files, sha256
from lms.content.seals.locks import Lock, lock_file, media_file, module_folder, quiz_file, tree_file
from lms.content.seals.trees import release_in
from lms.content.seals.upgrades import FORMAT, NewerFormat, upgraded_lock
from lms.content.shapes.validation import validate
from lms.core.checks.rules import broken
from lms.core.courses.course import Release
from lms.core.courses.findings import Finding, Place
from lms.core.errors import Invalid
from lms.core.publishing.site import SealHead

NEWER = "seal-newer"


def _sealed_files(lock: Lock) -> Iterator[tuple[str, str]]:
    """Return each sealed file with its digest."""
    yield tree_file(lock.course, lock.version), lock.tree
    for module in lock.modules:
        folder = module_folder(lock.course, module.id, module.version)
        yield from ((f"{folder}/{name}", digest) for name, digest in module.files.items())
        yield quiz_file(lock.course, module.id, module.quiz_version), module.quiz
        yield from ((media_file(lock.course, path, digest), digest) for path, digest in module.media.items())


def _newer(fault: NewerFormat, place: Place, course_id: str, version: str) -> Finding:
    return broken(NEWER, place, course=course_id, version=version, found=fault.found, known=FORMAT)


def refused(findings: tuple[Finding, ...], course_id: str, version: str) -> Invalid:
    """Make the error for a seal that cannot be read: changed since, or made by a later program."""
    if any(finding.rule == NEWER for finding in findings):
        return Invalid("release.newer-format", findings, course=course_id, version=version)
    return Invalid("release.broken-seal", findings, course=course_id, version=version)


def read_lock(files: Files, course_id: str, version: str) -> tuple[Lock | None, tuple[Finding, ...]]:
    """Read a lock file and make sure that it is the one of this course and version."""
    source = files.yaml(lock_file(course_id, version))
    try:
        source = replace(source, value=upgraded_lock(source.value))
    except NewerFormat as fault:
        return None, (_newer(fault, source.place(("format",)), course_id, version),)
    except ValueError:  # said better by the schema below
        pass
    lock, findings = validate(Lock, source)
    if lock is not None and (lock.course, lock.version) != (course_id, version):
        wrong = {"id": f"{lock.course} {lock.version}", "expected": f"{course_id} {version}"}
        return None, (*findings, broken("id-mismatch", source.place(("version",)), **wrong))
    return lock, findings


def read_head(files: Files, course_id: str, version: str) -> SealHead | None:
    """Return what a lock says, without reading what it locks; None when it cannot be read."""
    raw = files.raw(lock_file(course_id, version))
    lock, _ = read_lock(files, course_id, version)
    if raw is None or lock is None:
        return None
    return SealHead(course_id, version, sha256(raw), lock.parent or "", lock.change, lock.date)


def sealed_files(files: Files, course_id: str, version: str) -> dict[str, str]:
    """Return every file of a seal with its digest, the lock included; nothing when it cannot be read."""
    lock, _ = read_lock(files, course_id, version)
    raw = files.raw(lock_file(course_id, version))
    return {**dict(_sealed_files(lock)), lock_file(course_id, version): sha256(raw)} if lock and raw else {}


def verify(files: Files, course_id: str, version: str) -> tuple[Finding, ...]:
    """Re-hash everything that a release was sealed with; each file that is gone or changed is a finding."""
    lock, findings = read_lock(files, course_id, version)
    return findings if lock is None else (*findings, *_changed(files, lock))


def _differs_by_line_ends(raw: bytes, digest: str) -> bool:
    """Return whether a file is what was sealed but for its line ends, which Git changes on some systems."""
    plain = raw.replace(b"\r\n", b"\n")
    return digest in {sha256(plain), sha256(plain.replace(b"\n", b"\r\n"))}


def _changed(files: Files, lock: Lock) -> Iterator[Finding]:
    """Find what is gone or changed; a difference in line ends alone is said once for all files."""
    about: dict[str, object] = {"course": lock.course, "version": lock.version}
    turned: list[str] = []
    seal = lock_file(lock.course, lock.version)
    if b"\r\n" in (files.raw(seal) or b""):
        turned.append(seal)
    for file, digest in _sealed_files(lock):
        raw = files.raw(file)
        if raw is None:
            yield broken("seal-missing", Place(file), **about)
        elif sha256(raw) != digest and _differs_by_line_ends(raw, digest):
            turned.append(file)
        elif sha256(raw) != digest:
            yield broken("seal-broken", Place(file), **about)
    if turned:
        yield broken("seal-line-ends", Place(turned[0]), **about, count=len(turned))


def read_tree(files: Files, lock: Lock) -> tuple[Release | None, tuple[Finding, ...]]:
    """Read the parsed tree that a lock names, as long as its bytes are still those that were sealed."""
    place = Place(tree_file(lock.course, lock.version))
    raw = files.raw(place.file)
    about: dict[str, object] = {"course": lock.course, "version": lock.version}
    if raw is None or sha256(raw) != lock.tree:
        return None, (broken("seal-missing" if raw is None else "seal-broken", place, **about),)
    try:
        return release_in(raw), ()
    except NewerFormat as fault:
        return None, (_newer(fault, place, lock.course, lock.version),)
    except (ValueError, TypeError, RecursionError) as fault:
        return None, (broken("seal-unreadable", place, **about, problem=str(fault)),)


def read_release(files: Files, course_id: str, version: str) -> tuple[Release | None, tuple[Finding, ...]]:
    """Read a sealed release from its parsed tree, after every byte of the seal has been hashed again."""
    lock, findings = read_lock(files, course_id, version)
    seal = files.raw(lock_file(course_id, version))
    if lock is None or seal is None:
        return None, findings
    if faults := (*findings, *_changed(files, lock)):
        return None, faults
    release, faults = read_tree(files, lock)
    return (None if release is None else replace(release, digest=sha256(seal))), faults
