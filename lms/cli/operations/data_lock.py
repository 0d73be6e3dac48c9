"""One owner of the data folder at a time: a site, or a restore or an upgrade, never both.

A lock of the system on a file, which ends with the last process that holds it: whatever a site forks holds it
together with its supervisor, so that what has outlived that one still keeps a restore away.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lms.core.errors import Conflict, Unavailable
from lms.storage.operations.backups.swap import is_half_done

FILE, SEALING = ".in-use", ".sealing"
PATIENCE = 8.0  # seconds in which what a site has left behind ends by itself
LOOK = 0.1


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a file to be locked; where nothing can be written it can still be held.

    Raises: Conflict `database.not-ready` when there is none; Unavailable `disk.unreadable`.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as problem:
        raise Conflict("database.not-ready") from problem
    except OSError as problem:
        raise Unavailable("disk.unreadable", path=str(path)) from problem
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            if time.monotonic() >= until:
                raise Conflict("disk.in-use") from problem
            time.sleep(LOOK)
        else:
            return


def _make_file(data: Path) -> None:
    """Make the file that is locked, once; a folder that can only be read is held by the one it has.

    Raises: Unavailable `disk.unavailable` when it has none.
    """
    try:
        (data / FILE).touch(mode=0o600)
    except OSError as problem:
        if data.is_dir() and not (data / FILE).exists():
            raise Unavailable("disk.unavailable", path=str(data)) from problem


@contextmanager
def hold(data: Path, *, to_restore: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Hold the data folder, and with it whatever is forked meanwhile; wait so long for what is ending.

    Raises: Conflict `disk.in-use` when another process holds it, `database.not-ready` when there is none,
    `restore.unfinished` when a restore was cut short: only a restore may go on then; Unavailable
    `disk.unreadable`, `disk.unavailable`.
    """
    _make_file(data)
    with _opened(data / FILE) as file:
        _lock(file, patience)
        if is_half_done(data) and not to_restore:
            raise Conflict("restore.unfinished")
        yield


def is_in_use(data: Path) -> bool:
    """Return whether a site, a restore or an upgrade has the data folder now."""
    with suppress(Conflict, Unavailable), _opened(data / FILE) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@contextmanager
def hold_sealing(data: Path) -> Iterator[None]:
    """Allow one person to seal at a time, and nobody while a restore is unfinished; a site that runs goes on.

    Raises: Conflict `disk.sealing`, `restore.unfinished`; Unavailable `disk.unavailable`.
    """
    try:
        file = (data / SEALING).open("a")
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(data)) from problem
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise Conflict("disk.sealing") from problem
        if is_half_done(data):
            raise Conflict("restore.unfinished")
        yield
