"""Sealed releases on disk: whether their bytes are still what was sealed, and reading them back.

Holds verification by digest. Writes nothing (see `sealing`). Called by `library` and `checking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lms.content import trees
from lms.content.files import Files, sha256
from lms.content.locks import Lock, lock_file, media_file, module_folder, quiz_file, tree_file
from lms.content.validation import validate
from lms.core.course import Release
from lms.core.findings import Finding, Place
from lms.core.rules import broken

TREE_FORMAT = 1


def _sealed_files(lock: Lock) -> Iterator[tuple[str, str]]:
    """Give each sealed file with its digest."""
    yield tree_file(lock.course, lock.version), lock.tree
    for module in lock.modules:
        folder = module_folder(lock.course, module.id, module.version)
        yield from ((f"{folder}/{name}", digest) for name, digest in module.files.items())
        yield quiz_file(lock.course, module.id, module.quiz_version), module.quiz
        yield from ((media_file(lock.course, path, digest), digest) for path, digest in module.media.items())


def read_lock(files: Files, course_id: str, version: str) -> tuple[Lock | None, tuple[Finding, ...]]:
    """Read a lock file and make sure that it is the one of this course and version."""
    source = files.yaml(lock_file(course_id, version))
    lock, findings = validate(Lock, source)
    if lock is not None and (lock.course, lock.version) != (course_id, version):
        wrong = {"id": f"{lock.course} {lock.version}", "expected": f"{course_id} {version}"}
        return None, (*findings, broken("id-mismatch", source.place(("version",)), **wrong))
    return lock, findings


def verify(files: Files, course_id: str, version: str) -> tuple[Finding, ...]:
    """Re-hash everything that a release was sealed with; each file that is gone or changed is a finding."""
    lock, findings = read_lock(files, course_id, version)
    if lock is None:
        return findings
    found = list(findings)
    for file, digest in _sealed_files(lock):
        raw = files.raw(file)
        if raw is None or sha256(raw) != digest:
            rule = "seal-missing" if raw is None else "seal-broken"
            found.append(broken(rule, Place(file), course=course_id, version=version))
    return tuple(found)


def read_release(files: Files, course_id: str, version: str) -> tuple[Release | None, tuple[Finding, ...]]:
    """Read a sealed release from its parsed tree, after every byte of the seal has been hashed again."""
    findings = verify(files, course_id, version)
    raw = files.raw(tree_file(course_id, version))
    seal = files.raw(lock_file(course_id, version))
    if findings or raw is None or seal is None:
        return None, findings
    try:
        tree = trees.load(raw)
        release = replace(tree["release"], digest=sha256(seal))
    except (ValueError, KeyError, TypeError) as fault:
        problem = {"course": course_id, "version": version, "problem": str(fault)}
        return None, (broken("seal-unreadable", Place(tree_file(course_id, version)), **problem),)
    return release, ()
