"""Seal a version of a course: copy what is taught, write the parsed tree and, last of all, the lock.

Holds the act on files; publishing (the database row) is `lms adopt`. The same input gives the same bytes; a
seal that is already there with the same bytes is accepted again, so that a failed second step is simply
retried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lms.content import trees
from lms.content.drafts import CourseDraft, ModuleDraft, whole_module
from lms.content.files import sha256
from lms.content.library import Library, is_version
from lms.content.locks import (
    Lock,
    LockedModule,
    Snapshots,
    lock_file,
    lock_text,
    media_file,
    module_folder,
    quiz_file,
    tree_file,
)
from lms.content.seals import TREE_FORMAT, read_lock
from lms.content.surveys import survey_file
from lms.content.writing import write_file, write_folder
from lms.core.change import change_between, is_honest, least_version
from lms.core.course import Module, Release
from lms.core.errors import Conflict, Invalid
from lms.core.findings import Finding, Severity
from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing has done."""

    release: Release
    was_there: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever seals says: the version, who answers for it, why (in each required language), the day."""

    version: str
    by: str
    why: Mapping[str, str]
    date: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that will be written."""

    lock: Lock
    tree: bytes
    drafts: Mapping[str, ModuleDraft]


def _text_digest(draft: ModuleDraft) -> str:
    lines = (f"{name} {digest}" for name, digest in sorted({**draft.files, **draft.media}.items()))
    return sha256("\n".join(lines).encode())


def _locked(draft: ModuleDraft, version: str, former: LockedModule | None) -> LockedModule:
    """Give a module's entry; what has not changed since the parent keeps its version and its copy."""
    text, quiz = _text_digest(draft), draft.quiz.digest if draft.quiz else ""
    return LockedModule(
        id=draft.id,
        version=former.version if former and former.digest == text else version,
        digest=text,
        files=dict(sorted(draft.files.items())),
        media=dict(sorted(draft.media.items())),
        quiz_version=former.quiz_version if former and former.quiz == quiz else version,
        quiz=quiz,
    )


def _module(draft: ModuleDraft, locked: LockedModule, course_id: str) -> Module:
    module = whole_module(draft, locked.version)
    if module is None:
        raise Invalid("draft.not-whole", draft.findings, course=course_id)
    return replace(module, quiz=replace(module.quiz, version=locked.quiz_version))


def _entries(library: Library, release: Release) -> Snapshots:
    """Take the files' own words of the course, its terms and its laws."""
    glossary = library.files.yaml("courses/glossary.yaml").value
    terms = (
        {entry.get("id"): entry for entry in glossary if isinstance(entry, dict)}
        if isinstance(glossary, tuple)
        else {}
    )
    laws = (library.files.yaml(f"courses/legislation/{name}.yaml").value for name in release.laws)
    course = library.files.yaml(f"courses/{release.course.id}/course.yaml").value
    survey = library.files.yaml(survey_file(release.course.id)).value if release.course.survey else None
    return Snapshots.model_validate(
        {
            "course": course,
            "survey": survey,
            "terms": tuple(terms[name] for name in release.terms),
            "laws": tuple(laws),
            "watch": tuple(
                {"instrument": one.law, "date": one.date, "what": one.what} for one in release.watch
            ),
        }
    )


def _former(library: Library, course_id: str, parent: str) -> dict[str, LockedModule]:
    if not parent:
        return {}
    lock, faults = read_lock(library.files, course_id, parent)
    if lock is None:
        raise Invalid("release.broken-seal", faults, course=course_id, version=parent)
    return {module.id: module for module in lock.modules}


def _release(
    library: Library, draft: CourseDraft, locked: tuple[LockedModule, ...], wish: Wish, parent: str
) -> Release:
    if draft.course is None:
        raise Invalid("draft.not-whole", draft.findings, course=draft.id)
    modules = tuple(
        _module(found, entry, draft.id) for found, entry in zip(draft.modules, locked, strict=True)
    )
    release = library.assembled(draft.course, modules, wish.version)
    change = _change(library, release, parent)
    why = Words(dict(wish.why))
    return replace(release, date=wish.date, by=wish.by, why=why, parent=parent, change=change)


def _plan(library: Library, draft: CourseDraft, wish: Wish, parent: str) -> _Plan:
    former = _former(library, draft.id, parent)
    locked = tuple(_locked(module, wish.version, former.get(module.id)) for module in draft.modules)
    release = _release(library, draft, locked, wish, parent)
    tree = trees.dump({"format": TREE_FORMAT, "release": release})
    lock = Lock.model_validate(
        {
            "format": 1,
            "course": draft.id,
            "version": wish.version,
            "parent": parent or None,
            "change": release.change,
            "date": wish.date,
            "by": wish.by,
            "why": dict(wish.why),
            "law_as_of": release.law_as_of,
            "tree": sha256(tree),
            "modules": locked,
            "snapshots": _entries(library, release),
        }
    )
    return _Plan(lock, tree, {module.id: module for module in draft.modules})


def _change(library: Library, release: Release, parent: str) -> str:
    """Say how much changes.

    Raises: Invalid `release.version-too-low` when the version is below the smallest honest one.
    """
    if not parent:
        return "first"
    change = change_between(library.release(release.course.id, parent), release)
    if not is_honest(parent, release.version, change):
        needed = least_version(parent, change)
        raise Invalid("release.version-too-low", version=release.version, needed=needed, change=change.word)
    return change.word


def _write(library: Library, plan: _Plan) -> None:
    """Write the parts first and the lock last: without a lock nothing is sealed."""
    root, course_id, version = library.files.root, plan.lock.course, plan.lock.version
    for module in plan.lock.modules:
        draft = plan.drafts[module.id]
        for path, digest in module.media.items():
            raw = _bytes(library, f"{draft.folder}/{path}", digest)
            _put(root / media_file(course_id, path, digest), raw)
        if module.version == version:
            folder = root / module_folder(course_id, module.id, version)
            contents = {
                name: _bytes(library, f"{draft.folder}/{name}", digest)
                for name, digest in module.files.items()
            }
            if any(_now(folder / name) != raw for name, raw in contents.items()):
                write_folder(folder, contents)
        if module.quiz_version == version:
            raw = _bytes(library, draft.quiz_source.file, module.quiz)
            _put(root / quiz_file(course_id, module.id, version), raw)
    _put(root / tree_file(course_id, version), plan.tree)
    _put(root / lock_file(course_id, version), lock_text(plan.lock))


def _now(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put(path: Path, raw: bytes) -> None:
    """Write a file unless it is there already, so that what others read is left alone."""
    if _now(path) != raw:
        write_file(path, raw)


def _bytes(library: Library, file: str, digest: str) -> bytes:
    """Read a file that is about to be sealed; somebody may have saved it since it was read.

    Raises: Conflict `draft.changed`.
    """
    raw = library.files.raw(file)
    if raw is None or sha256(raw) != digest:
        raise Conflict("draft.changed", file=file)
    return raw


def _refuse(draft: CourseDraft, wish: Wish, findings: tuple[Finding, ...]) -> None:
    """Refuse what cannot be sealed before anything is written."""
    if not is_version(wish.version):
        raise Invalid("release.version-form", version=wish.version)
    faults = (fault for module in draft.modules for fault in (*module.findings, *module.text_findings()))
    everything = (*draft.findings, *faults, *findings)
    errors = tuple(finding for finding in everything if finding.severity is Severity.ERROR)
    if errors:
        raise Invalid("release.findings", errors, course=draft.id)
    required = draft.course.required_locales if draft.course else ()
    if not wish.by.strip() or not all(wish.why.get(locale, "").strip() for locale in required):
        raise Invalid("release.reason-missing", locales=", ".join(required))


def seal(
    library: Library,
    course_id: str,
    version: str,
    *,
    by: str,
    why: Mapping[str, str],
    date: str,
    findings: tuple[Finding, ...] = (),
) -> Sealed:
    """Seal a draft as a version; `findings` are those of the checks, and no error may be among them.

    Raises: NotFound `course.unknown`; Invalid `release.version-form`, `release.findings`,
    `release.reason-missing`, `release.version-too-low`, `draft.not-whole`, `release.broken-seal`; Conflict
    `release.already-sealed`, `draft.changed`; Unavailable `disk.write-failed`.
    """
    draft, wish = library.draft(course_id), Wish(version, by, why, date)
    _refuse(draft, wish, findings)
    existing = library.files.raw(lock_file(course_id, version))
    if existing is not None:
        return _accepted(library, draft, wish, existing)
    newest = library.versions(course_id)[-1:]
    _write(library, _plan(library, draft, wish, "".join(newest)))
    return Sealed(library.release(course_id, version), was_there=False)


def _accepted(library: Library, draft: CourseDraft, wish: Wish, existing: bytes) -> Sealed:
    """Accept a seal that is there already if it holds the very same; its date is the day of the first time.

    Raises: Conflict `release.already-sealed`.
    """
    former, faults = read_lock(library.files, draft.id, wish.version)
    if former is None:
        raise Invalid("release.broken-seal", faults, course=draft.id, version=wish.version)
    plan = _plan(library, draft, replace(wish, date=former.date), former.parent or "")
    if lock_text(plan.lock) != existing:
        raise Conflict("release.already-sealed", course=draft.id, version=wish.version)
    _write(library, plan)
    return Sealed(library.release(draft.id, wish.version), was_there=True)
