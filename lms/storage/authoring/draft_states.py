"""The states that files of drafts have had. Append-only; whose bytes they are is said by the digest.

Holds rows in and out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import insert, select

from lms.core.authoring.lessons.edits import FileState
from lms.storage.database import Tx
from lms.storage.tables.authoring import draft_state
from lms.storage.tables.people import profile

_COLUMNS = (
    draft_state.c.id,
    draft_state.c.course_id,
    draft_state.c.file,
    draft_state.c.digest,
    draft_state.c.previous,
    draft_state.c.by,
    draft_state.c.batch,
    draft_state.c.at,
)


def add(tx: Tx, states: Sequence[FileState]) -> None:
    """Note states."""
    if states:
        rows = [
            {
                "id": one.id,
                "course_id": one.course,
                "file": one.file,
                "digest": one.digest,
                "previous": one.previous,
                "by": one.person,
                "batch": one.batch,
                "at": one.at,
            }
            for one in states
        ]
        tx.execute(insert(draft_state), rows)


def of_files(tx: Tx, course: str, files: Collection[str], most: int) -> tuple[FileState, ...]:
    """List the newest states of files, newest first."""
    query = (
        select(*_COLUMNS)
        .where(draft_state.c.course_id == course, draft_state.c.file.in_(files))
        .order_by(draft_state.c.at.desc(), draft_state.c.id.desc())
        .limit(most)
    )
    return tuple(FileState(*row) for row in tx.execute(query))


def is_known(tx: Tx, course: str, file: str, digest: str) -> bool:
    """Return whether a file has had this state, as one that was saved or the one before it."""
    mine = (draft_state.c.course_id == course, draft_state.c.file == file)
    either = (draft_state.c.digest == digest) | (draft_state.c.previous == digest)
    return tx.execute(select(draft_state.c.id).where(*mine, either).limit(1)).first() is not None


def names(tx: Tx, people: Collection[str]) -> dict[str, str]:
    """Return what these people are called; who was erased is not among them."""
    query = select(profile.c.person_id, profile.c.name).where(profile.c.person_id.in_(people))
    return {row.person_id: row.name for row in tx.execute(query)}
