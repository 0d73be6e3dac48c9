"""Files of a draft are written here alone: the bytes are kept, the file is saved, the state is noted.

Bytes of texts are kept by digest before the file is written, so that a state in the history can always be
brought back. Of pictures and recordings only the name is noted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lms.actions.action import record
from lms.actions.context import Context
from lms.core.authoring.lessons.edits import FileState
from lms.core.people.actors import Actor
from lms.core.publishing.site import FileChange
from lms.storage.authoring import draft_states
from lms.storage.database import Tx

_TEXTS = (".md", ".yaml", ".vtt")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was saved: what it was and what it is."""

    course: str
    file: str
    previous: str
    digest: str


def digest_of(content: bytes) -> str:
    """Return the digest of a file as it stands; '' for one that is not there."""
    return sha256(content).hexdigest() if content else ""


def write(context: Context, course: str, file: str, content: bytes, *, expected: str) -> Written:
    """Save a file of a draft if it still has the digest `expected`, after its bytes are safe.

    Raises: NotFound `course.unknown`, `draft.unknown-file`; Conflict `draft.changed`; Unavailable
    `disk.write-failed`, `blob.unavailable`.
    """
    return write_together(context, course, {file: FileChange(content, expected)})[0]


def write_together(context: Context, course: str, changes: Mapping[str, FileChange]) -> list[Written]:
    """Save files of a draft, all of them or none, after their bytes are safe.

    Raises: as `write`.
    """
    before = {file: context.library.draft_file(course, file) for file in changes}
    for file, change in changes.items():
        if file.endswith(_TEXTS):
            for state in filter(None, (before[file], change.content)):
                context.blobs.put(state)
    digests = context.library.save(course, changes)
    return [Written(course, file, digest_of(before[file]), digest) for file, digest in digests.items()]


def note(tx: Tx, context: Context, actor: Actor, written: Sequence[Written], deed: str) -> str:
    """Note what was saved together: in the history, and in the trail under the deed; return its number.

    A file that was not as the history knew it has been changed outside: that is noted too, without a name.
    """
    states: list[FileState] = []
    batch = context.new_id()
    for one in written:
        if one.previous == one.digest:
            continue
        at, place = context.now(), (one.course, one.file)
        if one.previous and not draft_states.is_known(tx, *place, one.previous):
            states.append(FileState(context.new_id(), *place, one.previous, "", "", batch, at - 1))
        states.append(FileState(context.new_id(), *place, one.digest, one.previous, actor.person, batch, at))
        record(tx, context, actor, deed, f"{one.file} {one.digest}")
    draft_states.add(tx, states)
    return batch if states else ""
