"""Builders for jobs: rows in the outbox, kinds of work of a test's own, a worker with a clock that stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lms.actions.context import Context
from lms.core.operations.jobs import Work
from lms.core.people.actors import WHOLE_HOUSE
from lms.jobs import JobKind, Worker
from lms.storage.operations import outbox, tasks


def put(context: Context, kind: str, key: str = "1", **more: Any) -> None:
    """Put a row into the outbox."""
    with context.database.writing() as tx:
        outbox.enqueue(tx, context, kind, f"{kind}:{key}", {"name": "Zoé"}, **more)


def state(context: Context, key: str) -> str:
    """Return how the work of a key stands."""
    with context.database.reading() as tx:
        return outbox.state(tx, key)


def doing(**kinds: Callable[[Context, dict[str, Any]], Work | None]) -> dict[str, JobKind]:
    """Return kinds of work of a test's own."""
    return {kind: JobKind(dict, do) for kind, do in kinds.items()}


def open_tasks(context: Context) -> list[tuple[str, str]]:
    """List kind and subject of the tasks that are open."""
    with context.database.reading() as tx:
        return [(one.kind, one.about) for one in tasks.open_tasks(tx, WHOLE_HOUSE)]


@dataclass
class Steady:
    """A clock that nobody can set."""

    at: int = 0

    def __call__(self) -> int:
        """Return the time in milliseconds."""
        return self.at


def a_worker(context: Context, steady: Steady | None = None, **changes: Any) -> Worker:
    """Return a worker without rounds, by a clock that stands."""
    return replace(Worker(context, rounds=(), steady=steady or Steady()), **changes)
