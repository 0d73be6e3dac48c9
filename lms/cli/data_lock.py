"""One owner of the data folder at a time: a server, or a restore or an upgrade, never both.

A lock of the system on a file, which ends with the process that holds it. Called by `serve`, `restore` and
`upgrade`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lms.core.errors import Conflict

FILE, MARK = ".in-use", ".restoring"


@contextmanager
def hold(data: Path, *, to_restore: bool = False) -> Iterator[None]:
    """Hold the data folder; where nothing can be written it can still be held.

    Raises: Conflict `disk.in-use` when another process holds it, `database.not-ready` when there is none,
    `restore.unfinished` when a restore was cut short: only a restore may go on then.
    """
    path = data / FILE
    with suppress(OSError):
        path.touch()
    if not path.exists():
        raise Conflict("database.not-ready")
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise Conflict("disk.in-use") from problem
        if (data / MARK).exists() and not to_restore:
            raise Conflict("restore.unfinished")
        yield
