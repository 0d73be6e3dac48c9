"""Answers to findings: rows in and out. Which finding one belongs to is said by its digest."""

from __future__ import annotations

from sqlalchemy import delete, select

from lms.core.authoring.finding_answers import FindingAnswer
from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.finding_answers import finding_answer


def add(tx: Tx, id_: str, given: FindingAnswer) -> bool:
    """Keep an answer; return False when there is one already."""
    return insert_once(
        tx,
        finding_answer,
        id=id_,
        course_id=given.course,
        rule=given.rule,
        file=given.file,
        digest=given.digest,
        reason=given.reason,
        by=given.person,
        at=given.at,
    )


def remove(tx: Tx, course: str, digest: str) -> bool:
    """Take an answer away; return whether there was one."""
    mine = (finding_answer.c.course_id == course, finding_answer.c.digest == digest)
    return tx.execute(delete(finding_answer).where(*mine)).rowcount > 0


def of_course(tx: Tx, course: str) -> dict[str, FindingAnswer]:
    """Return the answers of a course by their digest."""
    columns = finding_answer.c
    query = select(
        columns.course_id, columns.rule, columns.file, columns.digest, columns.reason, columns.by, columns.at
    ).where(columns.course_id == course)
    answers = (FindingAnswer(*row) for row in tx.execute(query))
    return {one.digest: one for one in answers}
