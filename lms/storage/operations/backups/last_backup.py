"""When this installation was last backed up, and where to: for whoever asks whether that happens at all.

Holds a note in the data folder, nothing that a backup needs.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lms.storage.operations import durable

FILE = "last-backup.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When (milliseconds since 1970) and where to."""

    at: int
    path: Path


def note(data: Path, at: int, path: Path) -> None:
    """Note a backup; where nothing can be written, none is noted. One inside the data folder is no backup."""
    if path.resolve().is_relative_to(data.resolve()):
        return
    with suppress(OSError):
        durable.write(data / FILE, json.dumps({"at": at, "path": str(path)}).encode())


def find(data: Path) -> LastBackup | None:
    """Return the last one that was noted."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((data / FILE).read_bytes())
        return LastBackup(int(told["at"]), Path(told["path"]))
    return None
