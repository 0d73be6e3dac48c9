"""Overseeing: what waits for somebody.

Holds look-ups over the tasks that other deeds opened. Called by `web`.
"""

from __future__ import annotations

from lms.actions.deed import Who, reading
from lms.actions.desk import Desk
from lms.core.people import Actor
from lms.storage import tasks
from lms.storage.tasks import Task


@reading("overseeing.waiting_tasks", by=Who.ADMIN)
def waiting_tasks(desk: Desk, actor: Actor) -> tuple[Task, ...]:
    """List what waits for somebody, oldest first."""
    with desk.database.reading() as tx:
        return tuple(tasks.open_tasks(tx))
