"""What a refusal leaves behind: nothing, in every action of every test.

`Witness` stands in a desk (`tests.builders.a_desk`) and runs each action. It knows every row that a
transaction of the action has committed, table by table. An action that raises may leave rows only in the
tables that its own declaration names, and one that is declared as a reading leaves none at all. Statements
are read as they go to the driver, on every engine, so nothing of the database is looked at again.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from lms.actions.action import Action
from lms.storage.operations.backups import schemas, swap

_CHANGE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
_OPEN = "parvis-test-changes"


class LeftBehindError(AssertionError):
    """An action was refused, or only read, and something was written all the same."""


@dataclass
class _Frames(threading.local):
    """For each action that runs in this thread, outermost first: the tables in which it has committed."""

    running: list[set[str]] = field(default_factory=list)


_frames = _Frames()


def _changes(connection: Connection) -> set[str]:
    found: set[str] = connection.info.setdefault(_OPEN, set())
    return found


def _begun(connection: Connection) -> None:
    if not connection.invalidated:  # one that has died holds nothing, and cannot be asked
        connection.info[_OPEN] = set()


def _executed(connection: Connection, cursor: Any, sql: str, *_: object) -> None:
    found = _CHANGE.match(sql)
    if found and cursor.rowcount != 0:
        _changes(connection).add(found.group(1).lower())


def _is_made_ready(connection: Connection) -> bool:
    """Tell a database that a restore makes ready beside the one in use, and throws away when refused."""
    address = connection.engine.url.render_as_string()
    return swap.STAGED in address or schemas.STAGED in address


def _committed(connection: Connection) -> None:
    for tables in () if _is_made_ready(connection) else _frames.running:
        tables.update(_changes(connection))
    _begun(connection)


event.listen(Engine, "begin", _begun)
event.listen(Engine, "after_cursor_execute", _executed)
event.listen(Engine, "commit", _committed)
event.listen(Engine, "rollback", _begun)


@dataclass(frozen=True)
class Witness:
    """Runs an action and looks at what it has left."""

    def __call__(self, entry: Action, run: Callable[[], Any]) -> Any:
        """Run it.

        Raises: LeftBehindError when it raised, or only reads, and has written what its declaration does not
        name; otherwise what the action raises.
        """
        written: set[str] = set()
        _frames.running.append(written)
        try:
            done = run()
        except LeftBehindError:
            raise
        except Exception as problem:
            if left := written - entry.keeps:
                message = f"{entry.name} was refused ({problem!r}) and left rows in {sorted(left)}"
                raise LeftBehindError(message) from problem
            raise
        finally:
            _frames.running.pop()
        if written and not entry.changes:
            message = f"{entry.name} only reads, and wrote into {sorted(written)}"
            raise LeftBehindError(message)
        return done
