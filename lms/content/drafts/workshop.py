"""The drafts of a site folder as files that people save: which belong to a draft, and saving them.

A file is saved only if it still is what it was when somebody read it, and as a whole. Holds no rule about
what is written in it: whatever is wrong is a finding of the checks, and never keeps anybody from saving.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from lms.content.drafts.drafts import DRAFT, CourseDraft, module_digest
from lms.content.files.files import Files, sha256
from lms.content.files.writing import write_file, write_files
from lms.core.errors import Conflict, NotFound
from lms.core.publishing.site import FileChange

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_SLUG = r"[a-z0-9][a-z0-9-]*"


def is_of_draft(course_id: str, file: str) -> bool:
    """Return whether a path below the site belongs to the draft of a course.

    >>> is_of_draft("sample", "courses/sample/welcome/draft/media/door.svg")
    True
    >>> is_of_draft("sample", "courses/sample/welcome/1.0.0/module.yaml")
    False
    """
    mine = re.escape(course_id)
    shapes = (
        rf"courses/{mine}/(course|survey)\.yaml",
        rf"courses/{mine}/{_SLUG}/draft/(media/)?{_NAME}",
        rf"quizzes/{mine}/{_SLUG}/draft\.yaml",
    )
    return any(re.fullmatch(shape, file) for shape in shapes)


def require_of_draft(course_id: str, file: str) -> None:
    """Refuse a path that is none of the draft's.

    Raises: NotFound `draft.unknown-file`.
    """
    if not is_of_draft(course_id, file):
        raise NotFound("draft.unknown-file", course=course_id, file=file)


def begin(files: Files, course_id: str, contents: Mapping[str, bytes]) -> None:
    """Make the files of a new course in their order, where nothing is yet.

    Raises: Conflict `new.exists`; NotFound `draft.unknown-file`; Unavailable `disk.write-failed`.
    """
    for file in contents:
        require_of_draft(course_id, file)
    if files.names(f"courses/{course_id}") or files.names(f"quizzes/{course_id}"):
        raise Conflict("new.exists")
    for file, content in contents.items():
        write_file(files.root / file, content)


def files_of_module(files: Files, course_id: str, module_id: str) -> dict[str, bytes]:
    """Return every file of a module's draft, the one that names its lessons last."""
    folder = f"courses/{course_id}/{module_id}/{DRAFT}"
    names = [f"{folder}/{name}" for name in files.names(folder)]
    names += [f"{folder}/media/{name}" for name in files.names(f"{folder}/media")]
    names.append(f"quizzes/{course_id}/{module_id}/{DRAFT}.yaml")
    names.sort(key=lambda name: name.endswith("/module.yaml"))
    raws = ((name, files.raw(name)) for name in names)
    return {name: raw for name, raw in raws if raw is not None}


def texts_of_draft(files: Files, course_id: str, modules: Sequence[str]) -> Iterator[str]:
    """List the files of a draft that hold words, in the order of the course."""
    course = (f"courses/{course_id}/{name}.yaml" for name in ("course", "survey"))
    yield from (file for file in course if files.exists(file))
    for module in modules:
        folder, quiz = f"courses/{course_id}/{module}/{DRAFT}", f"quizzes/{course_id}/{module}/{DRAFT}.yaml"
        names = (*files.names(folder), *(f"media/{name}" for name in files.names(f"{folder}/media")))
        yield from (f"{folder}/{name}" for name in names if name.endswith((".yaml", ".md", ".vtt")))
        if files.exists(quiz):
            yield quiz


@contextmanager
def alone(files: Files, course_id: str) -> Iterator[None]:
    """Let one save or one sealing of a course happen at a time, whichever process does it."""
    handle = os.open(files.root / "courses" / course_id, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def save(files: Files, course_id: str, changes: Mapping[str, FileChange]) -> dict[str, str]:
    """Save files of a draft together, each of which has the digest that is `expected`; return the new ones.

    All are saved or none. Saving the very same again is accepted, so that whoever got no answer may simply
    try again.

    Raises: NotFound `draft.unknown-file`; Conflict `draft.changed`; Unavailable `disk.write-failed`.
    """
    for file in changes:
        require_of_draft(course_id, file)
    digests = {file: sha256(change.content) for file, change in changes.items()}
    with alone(files, course_id):
        new: dict[Path, bytes] = {}
        for file, change in changes.items():
            raw = files.raw(file)
            now = "" if raw is None else sha256(raw)
            if now not in {change.expected, digests[file]}:
                raise Conflict("draft.changed", file=file)
            if now != digests[file]:
                new[files.root / file] = change.content
        write_files(new)
    return digests


def draft_digest(draft: CourseDraft, files: Files, rests: str) -> str:
    """Return the digest of a whole draft: names, texts in every language, questions, media.

    `rests` is the digest of the terms and laws that would be sealed in with it.
    """
    parts = {f"module {module.id}": module_digest(module) for module in draft.modules} | {"rests": rests}
    for source in (draft.source, draft.survey):
        if source is not None:
            parts[source.file] = sha256(files.raw(source.file) or b"")
    return sha256("\n".join(f"{name} {digest}" for name, digest in sorted(parts.items())).encode())
