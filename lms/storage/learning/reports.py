"""What learners tell about barriers and faults.

A report is kept for the authors; who sent it is kept only if they wished so. Holds no rule.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update

from lms.core.learning.reports import Report
from lms.core.operations.paging import ASKED_ROWS, Bookmark
from lms.core.people.actors import Scope
from lms.storage.database import Tx
from lms.storage.people import organisations
from lms.storage.people.scoping import within
from lms.storage.statements.keysets import page
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.learning import barrier_report, task


def _within(scope: Scope) -> ColumnElement[bool]:
    return within(
        scope,
        barrier_report.c.organisation_id,
        course=barrier_report.c.course_id,
        locale=barrier_report.c.locale,
    )


def add(tx: Tx, house: str, report: Report) -> bool:
    """Keep a report; return False when it was sent before (a double tap)."""
    organisations.require(tx, house)
    return insert_once(
        tx,
        barrier_report,
        id=report.id,
        organisation_id=house,
        person_id=report.person or None,
        course_id=report.course,
        version=report.version,
        place=report.place,
        locale=report.locale,
        kind=report.kind,
        text=report.text,
        contact=report.contact,
        at=report.at,
    )


def waiting(
    tx: Tx, scope: Scope, after: Bookmark | None = None, limit: int = ASKED_ROWS
) -> tuple[Report, ...]:
    """List the reports within the scope that nobody has closed, oldest first, a page at a time."""
    query = select(barrier_report).where(barrier_report.c.closed_at.is_(None), _within(scope))
    return tuple(
        Report(
            row.id,
            row.person_id or "",
            row.course_id,
            row.version,
            row.place,
            row.locale,
            row.kind,
            row.text,
            row.contact,
            row.at,
            row.closed_at or 0,
        )
        for row in tx.execute(page(query, barrier_report.c.at, barrier_report.c.id, after, limit))
    )


def close(tx: Tx, scope: Scope, report_id: str, task_kind: str, now: int) -> str | None:
    """Close a report within the scope and its task; return whose it was, None when there is none open."""
    mine = (barrier_report.c.id == report_id, barrier_report.c.closed_at.is_(None), _within(scope))
    closing = update(barrier_report).where(*mine).values(closed_at=now)
    whose = tx.execute(closing.returning(barrier_report.c.organisation_id)).scalar()
    if whose is None:
        return None
    about = (task.c.kind == task_kind, task.c.about == report_id)
    tx.execute(update(task).where(*about).values(closed_at=now))
    return str(whose)
