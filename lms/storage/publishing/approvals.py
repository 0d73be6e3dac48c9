"""Approvals of drafts: who has read one draft, in one language, at one digest. Append-only.

Holds rows in and out; that an approval lapses follows from the digest and is written nowhere.
"""

from __future__ import annotations

from sqlalchemy import select

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
    )


def of_draft(tx: Tx, course_id: str, digest: str) -> tuple[Approval, ...]:
    """List the approvals that count for a draft with this digest, oldest first."""
    query = (
        select(approval.c.course_id, approval.c.locale, approval.c.digest, approval.c.by, approval.c.at)
        .where(approval.c.course_id == course_id, approval.c.digest == digest)
        .order_by(approval.c.at, approval.c.id)
    )
    return tuple(Approval(*row) for row in tx.execute(query))
