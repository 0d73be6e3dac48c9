"""Old data that is kept for a while: what a restore has put aside, and the backup before an upgrade.

Whoever is erased today is still in it, so it has an end that is stated when it is made. Each has a record
beside it; the record goes last, so that a removal that was cut short is done again. What came first is told
by numbers, not by clocks. Holds no rule about how long.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.core.errors import Unavailable
from lms.storage.database import Database
from lms.storage.operations import durable
from lms.storage.operations.backups import schemas

RECORD = "kept.json"
RESTORE, UPGRADE = "before-restore-", "before-upgrade-"
_NUMBER = re.compile(r"before-(?:restore|upgrade)-(\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class KeptData:
    """Old data: where it lies, its record, and until when it is kept (milliseconds since 1970)."""

    record: Path
    paths: tuple[Path, ...]
    until: int
    schema: str = ""

    def written(self) -> dict[str, Any]:
        """Write it down."""
        return {
            "record": str(self.record),
            "paths": [_from(self.record.parent, path) for path in self.paths],
            "until": self.until,
            "schema": self.schema,
        }

    @classmethod
    def read(cls, told: Any) -> KeptData:
        """Read what was written down."""
        until = told["until"]
        if not isinstance(until, int):
            raise TypeError(until)
        record = Path(told["record"])
        return cls(record, tuple(record.parent / path for path in told["paths"]), until, str(told["schema"]))

    @property
    def place(self) -> Path:
        """Return where somebody would look for it."""
        return self.paths[0]


def _from(folder: Path, path: Path) -> str:
    """Name a path from a folder if it lies in it, so that both may move."""
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def _number(name: str) -> int:
    found = _NUMBER.match(name)
    return int(found[1]) if found else 0


def next_number(data: Path) -> int:
    """Return a number that no old data here has, higher than all of them."""
    found = [path.name for folder in (data, data / "backups") if folder.is_dir() for path in folder.iterdir()]
    return max(map(_number, found), default=0) + 1


def note(kept: KeptData) -> None:
    """Write the record of old data, before any of it is put there."""
    kept.record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.settle(kept.record.parent.parent)
    durable.write(kept.record, json.dumps(kept.written(), indent=1).encode())


def all_kept(data: Path) -> Iterator[KeptData]:
    """Go through the old data that is kept here, the oldest first."""
    records = [*data.glob(f"{RESTORE}*/{RECORD}"), *data.glob(f"backups/{UPGRADE}*.{RECORD}")]
    for record in sorted(records, key=lambda path: max(_number(path.name), _number(path.parent.name))):
        with suppress(OSError, ValueError, KeyError, TypeError):
            yield KeptData.read({**json.loads(record.read_bytes()), "record": str(record)})


def without_end(data: Path) -> list[Path]:
    """List old data of earlier versions, which stated no end."""
    known = {path for one in all_kept(data) for path in one.paths}
    found = [*data.glob(f"{RESTORE}*/"), *data.glob(f"backups/{UPGRADE}*.parvis")]
    return sorted(path for path in found if path not in known and not _is_empty(path))


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def forget(kept: KeptData, database: Database) -> None:
    """Remove old data, its record last.

    Raises: Unavailable `disk.unavailable`, `database.unavailable`.
    """
    if kept.schema and not database.is_sqlite:
        schemas.drop(database, kept.schema)
    try:
        for path in kept.paths:
            if path.is_dir():
                _empty(path, but=kept.record)
            else:
                durable.remove(path)
        durable.remove(kept.record)
        for path in kept.paths:
            if path.is_dir():
                path.rmdir()
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(kept.place)) from problem


def _empty(folder: Path, *, but: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != but:
            path.unlink()
