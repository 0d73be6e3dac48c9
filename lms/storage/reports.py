"""What learners tell about barriers and faults.

A report is kept for the authors; who sent it is kept only if they wished so. Holds no rule. Called by
`actions.reporting`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from lms.storage.database import Tx
from lms.storage.tables import barrier_report, organisation, task
from lms.storage.upserts import insert_once


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `person` and `contact` are empty when it is anonymous."""

    id: str
    person: str
    course: str
    version: str
    place: str
    locale: str
    kind: str
    text: str
    contact: str
    at: int
    closed_at: int


def add(tx: Tx, house: str, report: Report) -> bool:
    """Keep a report; say False when it was sent before (a double tap)."""
    insert_once(tx, organisation, id=house, name="", created_at=0)
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


def waiting(tx: Tx, limit: int = 200) -> tuple[Report, ...]:
    """List the reports that nobody has closed, oldest first."""
    query = (
        select(barrier_report)
        .where(barrier_report.c.closed_at.is_(None))
        .order_by(barrier_report.c.at, barrier_report.c.id)
        .limit(limit)
    )
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
        for row in tx.execute(query)
    )


def close(tx: Tx, report_id: str, task_kind: str, now: int) -> bool:
    """Close a report and the task about it; say False when it is closed or unknown."""
    mine = (barrier_report.c.id == report_id, barrier_report.c.closed_at.is_(None))
    if tx.execute(update(barrier_report).where(*mine).values(closed_at=now)).rowcount != 1:
        return False
    about = (task.c.kind == task_kind, task.c.about == report_id)
    tx.execute(update(task).where(*about).values(closed_at=now))
    return True
