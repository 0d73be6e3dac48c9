"""Tasks: something that a person should look at, opened once for each thing.

Holds no rule about what deserves one. Called by actions.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, update

from lms.storage.database import Tx
from lms.storage.tables import task
from lms.storage.upserts import insert_into


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at."""

    id: str
    kind: str
    about: str
    opened_at: int


def open_task(tx: Tx, id_: str, kind: str, about: str, *, now: int) -> None:
    """Open a task unless it is open; one that was closed is opened again."""
    statement = insert_into(tx, task).values(id=id_, kind=kind, about=about, opened_at=now)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=[task.c.kind, task.c.about],
            set_={"opened_at": now, "closed_at": None},
            where=task.c.closed_at.is_not(None),
        )
    )


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


def open_tasks(tx: Tx) -> list[Task]:
    """List what is open, oldest first."""
    query = select(task.c.id, task.c.kind, task.c.about, task.c.opened_at)
    return [
        Task(*row) for row in tx.execute(query.where(task.c.closed_at.is_(None)).order_by(task.c.opened_at))
    ]
