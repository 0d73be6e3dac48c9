"""Files written whole or not at all: a temporary neighbour, fsync, rename, fsync of the folder.

Holds no meaning; what goes wrong on disk is `Unavailable`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from lms.core.errors import Unavailable

BEING_WRITTEN = ".writing-"  # how the names begin of what is not in its place yet


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _clear(temporary: Path) -> None:
    """Take away what could not be put in its place: where there is no room, every further try leaves more."""
    with suppress(OSError):
        if temporary.is_dir():
            shutil.rmtree(temporary)
        else:
            temporary.unlink()


def clear_left(folder: Path) -> None:
    """Take away what a process was writing when it was killed; nobody may be writing below this folder."""
    for left in folder.rglob(f"{BEING_WRITTEN}*"):
        _clear(left)


def write_file(path: Path, raw: bytes) -> None:
    """Put a file in its place in one step.

    Raises: Unavailable `disk.write-failed`.
    """
    write_files({path: raw})


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Put several files in their places: none is touched before all of them are on the disk beside theirs.

    A disk that is full or may not be written is noticed while everything is as it was.

    Raises: Unavailable `disk.write-failed`.
    """
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, raw in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=BEING_WRITTEN)
            os.close(handle)
            staged[path] = Path(name)
            _write(Path(name), raw)
            Path(name).chmod(0o644)
        for path, temporary in staged.items():
            temporary.replace(path)
        for folder in {path.parent for path in staged}:
            _sync_folder(folder)
    except OSError as fault:
        for temporary in staged.values():
            _clear(temporary)
        raise Unavailable("disk.write-failed", file=path.name) from fault


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put a folder of files in its place in one step, instead of one that nothing rests on yet.

    Raises: Unavailable `disk.write-failed`.
    """
    temporary = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=BEING_WRITTEN))
        temporary.chmod(0o755)
        for name, raw in contents.items():
            _write(temporary / name, raw)
        _sync_folder(temporary)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.rename(folder)
        _sync_folder(folder.parent)
    except OSError as fault:
        if temporary:
            _clear(temporary)
        raise Unavailable("disk.write-failed", file=folder.name) from fault
