"""How the installation is: work, keys, trail, what is published, the database.

Holds look-ups alone: nothing is made or changed by looking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.core.people.actors import Actor
from lms.storage.operations import audit, key_checks, outbox
from lms.storage.operations.backups import snapshot
from lms.storage.publishing import releases


@dataclass(frozen=True, slots=True)
class WorkToDo:
    """What the worker has before it, and what was given up, by kind."""

    waiting: int
    failed: Mapping[str, int]


@query("health.work", by=Who.SYSTEM)
def work(context: Context, actor: Actor) -> WorkToDo:
    """Return what waits and what has failed for good."""
    with context.database.reading() as tx:
        waiting, _ = outbox.counts(tx)
        return WorkToDo(waiting, outbox.failed_kinds(tx))


@query("health.keys_belong", by=Who.SYSTEM)
def keys_belong(context: Context, actor: Actor) -> bool | None:
    """Return whether the keys are those of this database; `None` when it is tied to none yet."""
    with context.database.reading() as tx:
        noted = key_checks.find(tx, "root")
    return None if noted is None else noted == bytes.fromhex(context.keys.mac("key-check"))


@query("health.newest_entry", by=Who.SYSTEM)
def newest_entry(context: Context, actor: Actor) -> int:
    """Return the latest time in the audit trail (milliseconds); 0 before the first entry."""
    with context.database.reading() as tx:
        return audit.latest(tx)


@query("health.published", by=Who.SYSTEM)
def published(context: Context, actor: Actor) -> list[tuple[str, str, str]]:
    """List course, version and digest of every release that was ever published."""
    with context.database.reading() as tx:
        return releases.all_adopted(tx)


@query("health.database_version", by=Who.SYSTEM)
def database_version(context: Context, actor: Actor) -> str:
    """Return the version of the program that keeps the rows.

    Raises: Unavailable `database.unavailable`.
    """
    return snapshot.version_of(context.database)
