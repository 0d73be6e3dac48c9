"""What learners tell about barriers and faults, and the tasks that wait for somebody.

A report is kept for the authors; who sent it is kept only if they wished so. Holds no rule. Called by
`actions.reporting` and by whatever opens a task.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from lms.storage.database import Tx
from lms.storage.tables import barrier_report, task
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


def add(tx: Tx, organisation: str, report: Report) -> bool:
    """Keep a report; say False when it was sent before (a double tap)."""
    return insert_once(
        tx,
        barrier_report,
        id=report.id,
        organisation_id=organisation,
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


def close(tx: Tx, report_id: str, now: int) -> bool:
    """Close a report; say False when it is closed or unknown."""
    mine = (barrier_report.c.id == report_id, barrier_report.c.closed_at.is_(None))
    return tx.execute(update(barrier_report).where(*mine).values(closed_at=now)).rowcount == 1


# --- tasks --------------------------------------------------------------------------------------------
def open_task(tx: Tx, id_: str, kind: str, about: str, now: int) -> bool:
    """Open a task unless the same one is open; one that was closed is opened again."""
    if insert_once(tx, task, id=id_, kind=kind, about=about, opened_at=now):
        return True
    mine = (task.c.kind == kind, task.c.about == about, task.c.closed_at.is_not(None))
    return tx.execute(update(task).where(*mine).values(opened_at=now, closed_at=None)).rowcount == 1


def close_task(tx: Tx, kind: str, about: str, now: int) -> None:
    """Close a task."""
    mine = (task.c.kind == kind, task.c.about == about, task.c.closed_at.is_(None))
    tx.execute(update(task).where(*mine).values(closed_at=now))


def open_tasks(tx: Tx, limit: int = 200) -> tuple[tuple[str, str, int], ...]:
    """List (kind, about, since when) of the open tasks, oldest first."""
    query = (
        select(task.c.kind, task.c.about, task.c.opened_at)
        .where(task.c.closed_at.is_(None))
        .order_by(task.c.opened_at, task.c.id)
        .limit(limit)
    )
    return tuple((row.kind, row.about, row.opened_at) for row in tx.execute(query))
