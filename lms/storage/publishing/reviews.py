"""What a review rests on: who saved a file last, which blocks are typos alone, what nobody else has read yet.

Holds rows in and out.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.authoring import draft_state
from lms.storage.tables.publishing import typo_mark, unread_release


@dataclass(frozen=True, slots=True)
class LastSave:
    """Who saved a file of a draft last, and its digest then."""

    file: str
    digest: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class UnreadRelease:
    """A release that its only author has published, with the reason; `read_by` is empty until it was read."""

    version: str
    reason: str
    locale: str
    by: str
    at: int
    read_by: str
    read_at: int


def saves(tx: Tx, course_id: str) -> tuple[LastSave, ...]:
    """List who saved which file of a draft last; what was changed outside the workspace is nobody's."""
    rows = draft_state.c
    query = select(rows.file, rows.digest, rows.by, rows.at).where(rows.course_id == course_id, rows.by != "")
    newest = {row.file: LastSave(*row) for row in tx.execute(query.order_by(rows.at, rows.id))}
    return tuple(newest[file] for file in sorted(newest))


def mark_typo(tx: Tx, course_id: str, digest: str, *, by: str, now: int) -> bool:
    """Note that nothing but the writing changed in a block; return False when that was noted before."""
    return insert_once(tx, typo_mark, course_id=course_id, digest=digest, by=by, at=now)


def unmark_typo(tx: Tx, course_id: str, digest: str) -> bool:
    """Take such a mark back; return False when there is none."""
    mine = (typo_mark.c.course_id == course_id, typo_mark.c.digest == digest)
    return tx.execute(delete(typo_mark).where(*mine)).rowcount == 1


def typos(tx: Tx, course_id: str) -> dict[str, str]:
    """Return the digests of blocks that are marked, with the person who marked each."""
    query = select(typo_mark.c.digest, typo_mark.c.by).where(typo_mark.c.course_id == course_id)
    return {row.digest: row.by for row in tx.execute(query)}


def add_unread(tx: Tx, course_id: str, version: str, reason: str, locale: str, *, by: str, now: int) -> None:
    """Note that a release was sealed without anybody else's approval, and why."""
    told = {"reason": reason, "locale": locale, "by": by, "at": now}
    insert_once(tx, unread_release, course_id=course_id, version=version, **told)


def unread(tx: Tx, course_id: str) -> dict[str, UnreadRelease]:
    """Return what was sealed so in a course, by version."""
    rows = unread_release.c
    query = select(
        rows.version, rows.reason, rows.locale, rows.by, rows.at, rows.read_by, rows.read_at
    ).where(rows.course_id == course_id)
    found = (UnreadRelease(*row[:5], row.read_by or "", row.read_at or 0) for row in tx.execute(query))
    return {one.version: one for one in found}


def read(tx: Tx, course_id: str, version: str, *, by: str, now: int) -> bool:
    """Note that somebody else has read a release; return False when there is nothing to note."""
    table = unread_release.c
    mine = (table.course_id == course_id, table.version == version, table.read_by.is_(None), table.by != by)
    return tx.execute(update(unread_release).where(*mine).values(read_by=by, read_at=now)).rowcount == 1
