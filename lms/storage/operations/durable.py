"""Files that survive a power cut: written, renamed and removed so that the folder knows it, too.

A rename or a removal is on the disk only when its folder is synchronised. Holds no meaning of any file.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def settle(folder: Path) -> None:
    """Make what was renamed or removed in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_tree(path: Path) -> None:
    """Make a file, or everything in a folder, survive a power cut."""
    if not path.is_dir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
        return
    for folder, _, files in os.walk(path):
        for name in files:
            settle_tree(Path(folder, name))
        settle(Path(folder))


def move(source: Path, target: Path) -> None:
    """Rename, within one file system, and make that last."""
    source.rename(target)
    settle(target.parent)
    if source.parent != target.parent:
        settle(source.parent)


def write(path: Path, content: bytes) -> None:
    """Put a file in the place of what has its name, whole or not at all, for its owner alone."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    settle(path.parent)


def remove(path: Path) -> None:
    """Remove a file and make that last; what is not there need not be removed."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        settle(path.parent)
