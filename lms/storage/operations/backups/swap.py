"""Putting what was made ready in the place of what is there: all of it or nothing, killed anywhere.

A plan is written beside the data first. From then on the plan is carried out, by this process or by the next
one; before, nothing has happened. Each step can tell from what is there whether it is done, so it may be
begun again. The mark goes last. Holds no rule about what is put where.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lms.core.errors import Unavailable
from lms.storage.database import Database
from lms.storage.operations import durable
from lms.storage.operations.backups import schemas
from lms.storage.operations.backups.kept import KeptData, note
from lms.storage.operations.backups.snapshot import SIDE_FILES

MARK = ".restoring"  # lies in the data folder while things change places
STAGED = ".restore-"


@dataclass(frozen=True, slots=True)
class Move:
    """What is ready, the place where it belongs, and where what is in that place goes."""

    ready: Path
    place: Path
    before: Path

    def forward(self) -> None:
        """Do it, or what is left of it."""
        if not self.ready.exists():
            return
        for side in SIDE_FILES:
            self._aside(_beside(self.place, side), _beside(self.before, side))
        self._aside(self.place, self.before)
        durable.move(self.ready, self.place)

    def back(self) -> None:
        """Undo it, or what was done of it."""
        if not self.ready.exists():
            durable.move(self.place, self.ready)
        if self.before.exists():
            durable.move(self.before, self.place)
        for side in SIDE_FILES:
            if _beside(self.before, side).exists():
                durable.move(_beside(self.before, side), _beside(self.place, side))

    @staticmethod
    def _aside(place: Path, before: Path) -> None:
        if place.exists() and not before.exists():
            durable.move(place, before)


def _beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


@dataclass(frozen=True, slots=True)
class SwapPlan:
    """Everything that changes places in one restore, and what becomes of what was there."""

    digest: str  # of the backup file
    made_at: str
    moves: tuple[Move, ...]
    kept: KeptData
    staged_schema: str = ""

    def written(self) -> bytes:
        """Write it down."""
        told = {
            "digest": self.digest,
            "made_at": self.made_at,
            "moves": [[str(one.ready), str(one.place), str(one.before)] for one in self.moves],
            "kept": self.kept.written(),
            "staged_schema": self.staged_schema,
        }
        return json.dumps(told, indent=1).encode()


def _read(content: bytes) -> SwapPlan:
    told = json.loads(content)
    moves = tuple(Move(*map(Path, one)) for one in told["moves"])
    return SwapPlan(
        told["digest"], told["made_at"], moves, KeptData.read(told["kept"]), told["staged_schema"]
    )


def is_half_done(data: Path) -> bool:
    """Return whether a restore was cut short."""
    return (data / MARK).exists()


def pending(data: Path) -> SwapPlan | None:
    """Return the plan of a restore that was cut short.

    Raises: Unavailable `disk.unavailable`.
    """
    try:
        content = (data / MARK).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(data)) from problem
    with suppress(ValueError, KeyError, TypeError):
        return _read(content)
    return None  # written by an earlier version, which had no plan


def move_to(data: Path, ready: Path, place: Path, before: Path) -> Move:
    """Plan a move that renaming can do: what lies on another disk is made ready there.

    Raises: Unavailable `disk.unavailable` when the place cannot be changed.
    """
    try:
        _check_place(place)
        if place.parent.stat().st_dev == data.stat().st_dev:
            return Move(ready, place, before / place.name)
        near = place.with_name(f".{place.name}{ready.parent.name}")
        (shutil.copytree if ready.is_dir() else shutil.copyfile)(ready, near)
        durable.settle_tree(near)
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(place)) from problem
    # Another installation may have left something beside this place: no two restores share this name.
    token = ready.parent.name.removeprefix(STAGED)
    return Move(near, place, place.with_name(f"{place.name}.{before.name}-{token}"))


def _check_place(place: Path) -> None:
    if not os.access(place.parent, os.W_OK | os.X_OK) or place.is_mount():
        raise PermissionError(place)


def carry_out(data: Path, plan: SwapPlan, database: Database) -> None:
    """Do everything, or undo it and leave things as they were.

    Raises: Unavailable `restore.undone`, `restore.unfinished`.
    """
    try:
        durable.write(data / MARK, plan.written())
        _forward(plan, database)
        durable.remove(data / MARK)
    except (OSError, Unavailable) as problem:
        if _is_exchanged(plan, database) or not _undo(data, plan):
            raise Unavailable("restore.unfinished") from problem
        raise Unavailable("restore.undone", path=str(data)) from problem


def _is_exchanged(plan: SwapPlan, database: Database) -> bool:
    """Return whether the tables have changed places already, which is not undone; unknown is yes."""
    if not plan.staged_schema:
        return False
    try:
        return plan.staged_schema not in schemas.names(database, schemas.STAGED)
    except Unavailable:
        return True


def _undo(data: Path, plan: SwapPlan) -> bool:
    """Put everything back; return False when that failed too, and the mark is left."""
    try:
        for move in reversed(plan.moves):
            move.back()
        plan.kept.record.unlink(missing_ok=True)
        if plan.kept.place.is_dir():
            plan.kept.place.rmdir()
        durable.remove(data / MARK)
    except OSError:
        return False
    return True


def _forward(plan: SwapPlan, database: Database) -> None:
    note(plan.kept)
    for move in plan.moves:
        move.forward()
    if plan.staged_schema:
        schemas.exchange(database, plan.staged_schema, plan.kept.schema)


def finish(data: Path, plan: SwapPlan, database: Database) -> None:
    """Do what is left of a plan that was cut short.

    Raises: Unavailable `disk.unavailable`, `database.unavailable`.
    """
    try:
        _forward(plan, database)
        durable.remove(data / MARK)
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(data)) from problem


def sweep(data: Path, places: Iterable[Path], database: Database) -> None:
    """Remove what a restore that was cut short before its plan has left: names may be in it.

    Whoever calls this knows that no restore is going on.
    """
    if is_half_done(data):
        return
    near = (left for place in places for left in place.parent.glob(f".{place.name}{STAGED}*"))
    for left in (*data.glob(f"{STAGED}*"), *near):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    if database.is_sqlite:
        return
    with suppress(Unavailable):
        for schema in schemas.names(database, schemas.STAGED):
            schemas.drop(database, schema)
