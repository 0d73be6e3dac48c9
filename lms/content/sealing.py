"""Seal a version of a course: copy what is taught, write the parsed tree and, last of all, the lock.

Holds the act on files; publishing (the database row) is `lms adopt`. The same input gives the same bytes; a
seal that is already there with the same bytes is accepted again, so that a failed second step is simply
retried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lms.content.drafts.drafts import CourseDraft, ModuleDraft, whole_module
from lms.content.drafts.surveys import survey_file
from lms.content.drafts.workshop import draft_digest
from lms.content.files.files import sha256
from lms.content.files.writing import write_file, write_folder
from lms.content.library import Library
from lms.content.seals.locks import (
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
from lms.content.seals.seals import read_lock, read_tree, refused
from lms.content.seals.trees import tree_of
from lms.content.seals.upgrades import FORMAT
from lms.content.shared.rests import rests_digest
from lms.core.checks.wording.characters import unusable
from lms.core.courses.course import Module, Release
from lms.core.courses.findings import Finding, Severity
from lms.core.errors import Conflict, Invalid
from lms.core.locales import Words
from lms.core.publishing.change import change_between, change_said, is_honest, is_near, least_version
from lms.core.publishing.versions import is_version


@dataclass(frozen=True, slots=True)
class SealedRelease:
    """What sealing has done."""

    release: Release
    was_there: bool


@dataclass(frozen=True, slots=True)
class SealOrder:
    """What whoever seals says: the version, who answers for it, why (in each required language), the day.

    `approved` is the digest of the draft that was checked and approved; empty: as it is. `typo_only` holds
    the loose digests of blocks in which a named person changed no more than the writing. `parent` is what it
    follows; empty: the newest sealed version.
    """

    version: str
    by: str
    why: Mapping[str, str]
    date: str
    approved: str = ""
    typo_only: frozenset[str] = frozenset()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that will be written; `digest` is that of the draft it was made of."""

    lock: Lock
    tree: bytes
    release: Release
    drafts: Mapping[str, ModuleDraft]
    digest: str


def _text_digest(draft: ModuleDraft) -> str:
    lines = (f"{name} {digest}" for name, digest in sorted({**draft.files, **draft.media}.items()))
    return sha256("\n".join(lines).encode())


def _locked(draft: ModuleDraft, version: str, former: LockedModule | None) -> LockedModule:
    """Return a module's entry; what has not changed since the parent keeps its version and its copy."""
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
    """Take the files' own words of the course, its terms and its laws.

    Raises: Invalid `release.findings` when one of these files is not written as it must be.
    """
    course_id, files = release.course.id, library.files
    glossary = files.yaml("courses/glossary.yaml")
    laws = [files.yaml(f"courses/legislation/{name}.yaml") for name in release.laws]
    course = files.yaml(f"courses/{course_id}/course.yaml")
    survey = [files.yaml(survey_file(course_id))] if release.course.survey else []
    if faults := tuple(one for source in (glossary, *laws, course, *survey) for one in source.findings):
        raise Invalid("release.findings", faults, course=course_id)
    listed = glossary.value if isinstance(glossary.value, tuple) else ()
    terms = {entry.get("id"): entry for entry in listed if isinstance(entry, dict)}
    return Snapshots.model_validate(
        {
            "course": course.value,
            "survey": survey[0].value if survey else None,
            "terms": tuple(terms[name] for name in release.terms),
            "laws": tuple(source.value for source in laws),
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
        raise refused(faults, course_id, parent)
    return {module.id: module for module in lock.modules}


def _release(
    library: Library, draft: CourseDraft, locked: tuple[LockedModule, ...], wish: SealOrder
) -> Release:
    if draft.course is None:
        raise Invalid("draft.not-whole", draft.findings, course=draft.id)
    modules = tuple(
        _module(found, entry, draft.id) for found, entry in zip(draft.modules, locked, strict=True)
    )
    release = library.assembled(draft.course, modules, wish.version)
    return replace(release, date=wish.date, by=wish.by, why=Words(dict(wish.why)))


def _plan(
    library: Library, draft: CourseDraft, wish: SealOrder, parent: str, *, is_new: bool = False
) -> _Plan:
    """Put together what will be written, of the very draft that was approved.

    Raises: Conflict `draft.changed`, `release.unchanged`.
    """
    former = _former(library, draft.id, parent)
    locked = tuple(_locked(module, wish.version, former.get(module.id)) for module in draft.modules)
    release = _release(library, draft, locked, wish)
    if is_new and parent and _is_said_already(release, library.release(draft.id, parent)):
        raise Conflict("release.unchanged", course=draft.id, version=parent)
    change = _change(library, release, parent, wish.typo_only, is_new=is_new)
    release = replace(release, parent=parent, change=change)
    tree = tree_of(release)
    lock = Lock.model_validate(
        {
            "format": FORMAT,
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
    digest = draft_digest(draft, library.files, rests_digest(release))
    _require_draft(draft.id, digest, wish.approved or digest)
    return _Plan(lock, tree, release, {module.id: module for module in draft.modules}, digest)


def _is_said_already(release: Release, former: Release) -> bool:
    """Return whether a release would teach, ask and rest on the very same as one that is sealed.

    Where a byte of a text, a question or a medium differs, the version of its module does.
    """
    head = ("version", "digest", "date", "by", "why", "parent", "change")
    return replace(former, **{name: getattr(release, name) for name in head}) == release


def _change(
    library: Library, release: Release, parent: str, typo_only: frozenset[str], *, is_new: bool
) -> str:
    """Return how much changes.

    Raises: Invalid `release.version-too-low` when the version is below the smallest honest one,
    `release.version-too-high` when a new one is far beyond it.
    """
    is_far = is_new and not is_near(parent, release.version)
    if not parent:
        if is_far:
            raise Invalid("release.version-too-high", version=release.version, needed="1.0.0")
        return "first"
    change = change_between(library.release(release.course.id, parent), release, typo_only)
    if not is_honest(parent, release.version, change):
        needed = least_version(parent, change)
        raise Invalid("release.version-too-low", version=release.version, needed=needed, change=change.word)
    if is_far:
        needed = least_version(parent, change)
        raise Invalid("release.version-too-high", version=release.version, needed=needed)
    return change_said(parent, release.version, change).word


def _write(library: Library, plan: _Plan) -> None:
    """Write the texts, quizzes and media as they were written by their authors."""
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


def _seal(library: Library, plan: _Plan) -> None:
    """Write the parts first and the lock last: without a lock nothing is sealed.

    Raises: Conflict `draft.changed` when the draft is no longer what the plan was made of.
    """
    _write(library, plan)
    root, course_id, version = library.files.root, plan.lock.course, plan.lock.version
    _put(root / tree_file(course_id, version), plan.tree)
    _require_draft(course_id, library.draft_digest(course_id), plan.digest)
    _put(root / lock_file(course_id, version), lock_text(plan.lock))


def _require_draft(course_id: str, now: str, wanted: str) -> None:
    if now != wanted:
        raise Conflict("draft.changed", file=course_id)


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


def _refuse(draft: CourseDraft, wish: SealOrder, findings: tuple[Finding, ...]) -> None:
    """Refuse what cannot be sealed before anything is written."""
    if not is_version(wish.version):
        raise Invalid("release.version-form", version=wish.version)
    faults = (fault for module in draft.modules for fault in (*module.findings, *module.text_findings()))
    everything = (*draft.findings, *faults, *findings)
    errors = tuple(finding for finding in everything if finding.severity is Severity.ERROR)
    if errors:
        raise Invalid("release.findings", errors, course=draft.id)
    required = draft.course.required_locales if draft.course else ()
    if found := dict.fromkeys(name for text in (wish.by, *wish.why.values()) for _, name in unusable(text)):
        raise Invalid("release.characters", found=", ".join(found))
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
    approved: str = "",
) -> SealedRelease:
    """Seal a draft as a version; `findings` are those of the checks, and no error may be among them.

    `approved` is the digest of the draft that was checked and approved; without one, it is sealed as it is.

    Raises: NotFound `course.unknown`; Invalid `release.version-form`, `release.findings`,
    `release.characters`, `release.reason-missing`, `release.version-too-low`, `release.version-too-high`,
    `draft.not-whole`, `release.broken-seal`, `release.newer-format`; Conflict `release.already-sealed`,
    `release.unchanged`, `draft.changed`; Unavailable `disk.write-failed`.
    """
    return seal_order(library, course_id, SealOrder(version, by, why, date, approved), findings)


def seal_order(
    library: Library, course_id: str, wish: SealOrder, findings: tuple[Finding, ...] = ()
) -> SealedRelease:
    """Seal a draft as somebody ordered it.

    Raises: as `seal`.
    """
    draft, version = library.draft(course_id), wish.version
    _refuse(draft, wish, findings)
    existing = library.files.raw(lock_file(course_id, version))
    if existing is not None:
        return _accepted(library, draft, wish, existing)
    parent = wish.parent or "".join(library.versions(course_id)[-1:])
    _seal(library, _plan(library, draft, wish, parent, is_new=True))
    return SealedRelease(library.release(course_id, version), was_there=False)


def _accepted(library: Library, draft: CourseDraft, wish: SealOrder, existing: bytes) -> SealedRelease:
    """Accept a seal that is there already if it holds the very same; its date is the day of the first time.

    Parts that were lost come back. A seal of an older format stays as it is.

    Raises: Conflict `release.already-sealed`, `draft.changed`.
    """
    former, faults = read_lock(library.files, draft.id, wish.version)
    if former is None:
        raise refused(faults, draft.id, wish.version)
    plan = _plan(library, draft, replace(wish, date=former.date), former.parent or "")
    if lock_text(plan.lock) == existing:
        _seal(library, plan)
    elif _holds_the_same(library, former, plan):
        _write(library, plan)
    else:
        raise Conflict("release.already-sealed", course=draft.id, version=wish.version)
    return SealedRelease(library.release(draft.id, wish.version), was_there=True)


def _holds_the_same(library: Library, former: Lock, plan: _Plan) -> bool:
    """Return whether a seal of an older format holds the very same; only its tree has other bytes.

    Raises: Invalid `release.broken-seal`, `release.newer-format` when its tree cannot be read.
    """
    if lock_text(former.model_copy(update={"tree": plan.lock.tree})) != lock_text(plan.lock):
        return False
    release, faults = read_tree(library.files, former)
    if faults:
        raise refused(faults, former.course, former.version)
    return release == plan.release
