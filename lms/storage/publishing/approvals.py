"""Approvals of drafts: who has read one draft, in one language, at one digest. Append-only.

Holds rows in and out; that an approval lapses follows from the digest and is written nowhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from lms.core.publishing.activations import Approval
from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.publishing import approval


def add(tx: Tx, id_: str, given: Approval) -> bool:
    """Note an approval; return False when the same person has given the same one before."""
    return insert_once(
        tx,
        approval,
        id=id_,
        course_id=given.course,
        locale=given.locale,
        digest=given.digest,
        by=given.person,
        at=given.at,
        text=given.text,
    )


def _query() -> Select[tuple[str, str, str, str, int, str]]:
    rows = approval.c
    return select(rows.course_id, rows.locale, rows.digest, rows.by, rows.at, rows.text)


def _from(row: Any) -> Approval:
    return Approval(row.course_id, row.locale, row.digest, row.by, row.at, row.text)


def of_draft(tx: Tx, course_id: str, digest: str) -> tuple[Approval, ...]:
    """List the approvals that count for a draft with this digest, oldest first."""
    query = _query().where(approval.c.course_id == course_id, approval.c.digest == digest)
    return tuple(map(_from, tx.execute(query.order_by(approval.c.at, approval.c.id))))


def newest(tx: Tx, course_id: str, locale: str) -> Approval | None:
    """Return the approval of a course that was given last in a language, whether it counts or not."""
    query = _query().where(approval.c.course_id == course_id, approval.c.locale == locale)
    row = tx.execute(query.order_by(approval.c.at.desc(), approval.c.id.desc()).limit(1)).first()
    return _from(row) if row else None
