"""Tasks: something that a person should look at, opened once for each thing.

Holds no rule about what deserves one.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from lms.core.operations.paging import ASKED_ROWS, Bookmark
from lms.core.operations.tasks import Task
from lms.core.people.actors import EVERYTHING, Extent, Scope
from lms.storage.database import Tx
from lms.storage.people.scoping import within
from lms.storage.statements.keysets import page
from lms.storage.statements.upserts import insert_into, insert_once
from lms.storage.tables.learning import task


def open_task(tx: Tx, id_: str, kind: str, about: str, *, now: int, extent: Extent = EVERYTHING) -> None:
    """Open a task unless it is open; one that was closed is opened again. `extent` says whose it is."""
    statement = insert_into(tx, task).values(
        id=id_,
        kind=kind,
        about=about,
        organisation_id=extent.organisation,
        course_id=extent.course,
        locale=extent.locale,
        opened_at=now,
    )
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=[task.c.kind, task.c.about],
            set_={"opened_at": now, "closed_at": None},
            where=task.c.closed_at.is_not(None),
        )
    )


def open_once(tx: Tx, id_: str, kind: str, about: str, *, now: int, course: str = "") -> bool:
    """Open a task unless it was opened before, even if it is closed by now; return whether it is new."""
    return insert_once(tx, task, id=id_, kind=kind, about=about, course_id=course, opened_at=now)


def close(tx: Tx, kind: str, about: str, *, now: int) -> None:
    """Close the task about one thing."""
    mine = (task.c.kind == kind, task.c.about == about, task.c.closed_at.is_(None))
    tx.execute(update(task).where(*mine).values(closed_at=now))


def close_others(tx: Tx, kind: str, still: Collection[str], *, now: int) -> None:
    """Close the tasks of a kind that are about nothing that still needs one."""
    tx.execute(
        update(task)
        .where(task.c.kind == kind, task.c.closed_at.is_(None), task.c.about.not_in(list(still)))
        .values(closed_at=now)
    )


def about(tx: Tx, kind: str) -> list[str]:
    """List what the open tasks of a kind are about."""
    return list(
        tx.execute(select(task.c.about).where(task.c.kind == kind, task.c.closed_at.is_(None))).scalars()
    )


def open_tasks(tx: Tx, scope: Scope, after: Bookmark | None = None, limit: int = ASKED_ROWS) -> list[Task]:
    """List what is open within the scope, oldest first, a page at a time."""
    query = (
        select(
            task.c.id,
            task.c.kind,
            task.c.about,
            task.c.opened_at,
            task.c.organisation_id,
            task.c.course_id,
            task.c.locale,
        )
        .where(task.c.closed_at.is_(None))
        .where(within(scope, task.c.organisation_id, course=task.c.course_id, locale=task.c.locale))
    )
    found = tx.execute(page(query, task.c.opened_at, task.c.id, after, limit))
    return [
        Task(
            row.id, row.kind, row.about, row.opened_at, Extent(row.organisation_id, row.course_id, row.locale)
        )
        for row in found
    ]
