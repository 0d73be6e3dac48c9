"""Backing up, and putting a backup in the place of what is there.

A backup is one file: the database of one moment, the site, the blobs, the audit trail to read, and the keys
sealed under a passphrase. The database is copied first: whatever it points to was on disk before. A restore
checks everything before it touches anything, swaps by renaming, keeps what was there, and erases again whom
the backup brings back. Called by `cli`.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lms.actions import my_data
from lms.actions.deed import Who, deed
from lms.actions.desk import Desk
from lms.core.errors import Conflict, Invalid, Unavailable
from lms.core.people import SYSTEM, Actor
from lms.settings import Settings
from lms.storage import archive, audit, belongings, key_checks, migrating, steps
from lms.storage.database import Database, open_database
from lms.storage.snapshot import SIDE_FILES, file_of, is_whole, snapshot
from lms.trust.key_folder import seal_folder, unseal_folder
from lms.trust.keys import Keys, open_keys

DATABASE, KEYS, AUDIT = "database.sqlite3", "keys.sealed", "audit.jsonl"
MARK = ".restoring"  # lies in the data folder while files change places


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: when the backup was made, where the state before it lies, who was erased again."""

    made_at: str
    before: Path
    erased_again: int


def _stamp(desk: Desk) -> str:
    return datetime.fromtimestamp(desk.now() / 1000, UTC).strftime("%Y%m%dT%H%M%S%fZ")


def _trail(path: Path) -> bytes:
    database = open_database(f"sqlite:///{path}")
    try:
        with database.reading() as tx:
            return b"".join(json.dumps(asdict(entry)).encode() + b"\n" for entry in audit.trail(tx))
    finally:
        database.engine.dispose()


@deed("backing_up.back_up", by=Who.SYSTEM)
def back_up(desk: Desk, actor: Actor, target: Path, passphrase: str) -> int:
    """Write a backup file, while the site may go on serving; give its size. No passphrase: no keys in it.

    Raises: NotAllowed `backup.other-database`; Unavailable `backup.unwritable`, `database.unavailable`.
    """
    settings, work = desk.settings, desk.settings.data / f".backup-{_stamp(desk)}"
    work.mkdir(mode=0o700)
    try:
        copy = work / DATABASE
        snapshot(desk.database, copy)
        step = steps.current(desk.database)
        parts: dict[str, Path | bytes] = {DATABASE: copy, AUDIT: _trail(copy) if step else b""}
        if settings.site.is_dir():
            parts["site"] = settings.site
        if settings.blobs.is_dir():
            parts["blobs"] = settings.blobs
        if passphrase:
            parts[KEYS] = seal_folder(settings.keys, passphrase)
        made_at = datetime.fromtimestamp(desk.now() / 1000, UTC).isoformat()
        facts = {"made_at": made_at, "step": step, "keys": bool(passphrase)}
        archive.pack(target, parts, facts)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target.stat().st_size


def _check_database(path: Path, keys: Keys) -> None:
    """Refuse a database that is not whole, from a newer version, or of other keys.

    Raises: Invalid `backup.damaged`; Conflict `database.newer`, `keys.other-database`.
    """
    if not is_whole(path):
        raise Invalid("backup.damaged")
    database = open_database(f"sqlite:///{path}")
    try:
        if not migrating.is_known(steps.current(database)):
            raise Conflict("database.newer")
        with database.reading() as tx:
            noted = key_checks.find(tx, "root")
        if noted is not None and noted != bytes.fromhex(keys.mac("key-check")):
            raise Conflict("keys.other-database")
    finally:
        database.engine.dispose()
    for side in SIDE_FILES:
        path.with_name(path.name + side).unlink(missing_ok=True)


def _erased_here(database: Database) -> list[str]:
    """List whom this installation has erased; nobody when it is new."""
    if not file_of(database).exists() or not steps.current(database):
        return []
    with database.reading() as tx:
        return belongings.erased(tx)


def _places(settings: Settings, staged: Path, database: Path) -> list[tuple[Path, Path]]:
    """Pair what was unpacked with the place where it belongs; what the backup lacks stays as it is."""
    pairs = [
        (staged / DATABASE, database),
        (staged / "site", settings.site),
        (staged / "blobs", settings.blobs),
        (staged / "keys", settings.keys),
    ]
    return [(new, place) for new, place in pairs if new.exists()]


def _swap(pairs: list[tuple[Path, Path]], database: Path, before: Path) -> None:
    """Change places by renaming; if one renaming fails, all are taken back."""
    before.mkdir(mode=0o700)
    with ExitStack() as back:
        for side in SIDE_FILES:
            beside = database.with_name(database.name + side)
            if beside.exists():
                _move(beside, before / beside.name, back)
        for new, place in pairs:
            if place.exists():
                _move(place, before / place.name, back)
            _move(new, place, back)
        back.pop_all()


def _move(source: Path, target: Path, back: ExitStack) -> None:
    shutil.move(source, target)
    back.callback(shutil.move, target, source)


@deed("backing_up.restore", by=Who.SYSTEM)
def restore(desk: Desk, actor: Actor, source: Path, passphrase: str) -> Restored:
    """Put a backup in the place of what is there; the caller holds the data folder.

    A damaged file, a wrong passphrase, a newer database or other keys are refused before anything is touched.

    Raises: Invalid `backup.damaged`, `backup.passphrase`; Conflict `database.newer`, `keys.other-database`;
    NotAllowed `backup.other-database`; Unavailable `backup.unreadable`, `disk.unavailable`.
    """
    settings, database = desk.settings, file_of(desk.database)
    staged = settings.data / f".restore-{_stamp(desk)}"
    staged.mkdir(mode=0o700)
    try:
        manifest = archive.unpack(source, staged)
        if passphrase and (staged / KEYS).exists():
            unseal_folder((staged / KEYS).read_bytes(), passphrase, staged / "keys")
        keys = open_keys(staged / "keys") if (staged / "keys").is_dir() else desk.keys
        _check_database(staged / DATABASE, keys)
        erased = _erased_here(desk.database)
        desk.database.engine.dispose()
        before, mark = settings.data / f"before-restore-{_stamp(desk)}", settings.data / MARK
        mark.touch()
        try:
            _swap(_places(settings, staged, database), database, before)
        except OSError as problem:
            raise Unavailable("disk.unavailable", path=str(settings.data)) from problem
        finally:
            mark.unlink()
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    again = my_data.erase_again(replace(desk, keys=keys), SYSTEM, erased)
    return Restored(str(manifest["made_at"]), before, again)


@deed("backing_up.upgrade", by=Who.SYSTEM)
def upgrade(desk: Desk, actor: Actor, target: Path) -> bool:
    """Back up without keys, bring the tables up to date, and put the database back if that fails.

    Say whether there was anything to do.

    Raises: what `back_up` raises; Conflict `database.newer`.
    """
    database = file_of(desk.database)
    back_up(desk, SYSTEM, target, "")
    kept = desk.settings.data / f".before-upgrade-{_stamp(desk)}"
    snapshot(desk.database, kept)
    with ExitStack() as undo:
        undo.callback(_put_back, desk.database, kept, database)
        changed = migrating.upgrade(desk.database)
        if migrating.differences(desk.database):
            raise Conflict("database.not-ready")
        undo.pop_all()
    kept.unlink()
    return changed


def _put_back(database: Database, kept: Path, place: Path) -> None:
    database.engine.dispose()
    for side in SIDE_FILES:
        place.with_name(place.name + side).unlink(missing_ok=True)
    kept.replace(place)
