"""Backing up, and putting a backup in the place of what is there.

A backup is one file: the rows of one moment in a form that either database takes, the site, the blobs, and
the keys sealed under a passphrase. The rows are read first: whatever they point to was on disk before. A
restore makes everything ready beside what is there, erases in it whom this installation has erased, and only
then changes places: all at once, or not at all. What was there is kept until a stated day.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from lms.actions.action import Who, command
from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.operations import left_out, personal_data
from lms.core.errors import Conflict, Invalid, NotAllowed, Unavailable
from lms.core.people.actors import SYSTEM, Actor
from lms.settings import Settings
from lms.storage.certificates import certificates
from lms.storage.database import Database, open_database
from lms.storage.migrations import migrating
from lms.storage.operations import durable, key_checks
from lms.storage.operations.backups import (
    archive,
    erasures,
    kept,
    last_backup,
    portable,
    schemas,
    snapshot,
    swap,
)
from lms.storage.operations.backups.erasures import Erasures
from lms.storage.operations.backups.kept import KeptData
from lms.trust.key_folder import seal_folder, unseal_folder
from lms.trust.keys import Keys, open_keys
from lms.trust.weak_passwords import is_weak

DATABASE, KEYS, ROWS = "database.sqlite3", "keys.sealed", "rows"
SHORTEST_PASSPHRASE = 12  # whoever has the file can try without end
DAY = 24 * 3600 * 1000  # milliseconds
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: of when, where the state before it lies and until when, who was erased again."""

    made_at: str
    before: Path
    until: str
    erased_again: int


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that would be guessed.

    Raises: Invalid `backup.passphrase-weak`.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE or is_weak(passphrase):
        raise Invalid("backup.passphrase-weak", least=SHORTEST_PASSPHRASE)


# --- backing up -----------------------------------------------------------------------------------
@contextmanager
def _rows(context: Context, folder: Path) -> Iterator[tuple[str, dict[str, IO[bytes]]]]:
    """Write the rows of one moment into files that nobody else can see and that end with this process."""
    with ExitStack() as files:
        parts: dict[str, IO[bytes]] = {}
        with context.database.reading() as tx:
            step = portable.step_of(tx)
            for table in portable.tables(tx) if step else ():
                file = files.enter_context(tempfile.TemporaryFile(dir=folder))
                portable.write_rows(tx, table, file)
                parts[table.name] = file
        yield step, parts


def _check_target(settings: Settings, target: Path) -> None:
    """Refuse a file that the next backup would pack again.

    Raises: Invalid `backup.inside`.
    """
    for folder in (settings.site, settings.blobs, settings.keys):
        if target.resolve().is_relative_to(folder.resolve()):
            raise Invalid("backup.inside", path=str(folder))


@command("backing_up.back_up", by=Who.SYSTEM)
def back_up(context: Context, actor: Actor, target: Path, passphrase: str, *, overwrite: bool = False) -> int:
    """Write a backup file, while the site may go on serving; give its size. No passphrase: no keys in it.

    Raises: Invalid `backup.passphrase-weak`, `backup.inside`; Conflict `backup.exists`; Unavailable
    `backup.unwritable`, `database.unavailable`.
    """
    if passphrase:
        check_passphrase(passphrase)
    settings = context.settings
    _check_target(settings, target)
    if not target.parent.is_dir():
        raise Unavailable("backup.unwritable", path=str(target))
    made_at = datetime.fromtimestamp(context.now() / 1000, UTC).isoformat()
    try:
        with _rows(context, target.parent) as (step, rows):
            parts: dict[str, Path | bytes | IO[bytes]] = {
                f"{ROWS}/{name}": file for name, file in rows.items()
            }
            parts |= {
                name: folder
                for name, folder in (("site", settings.site), ("blobs", settings.blobs))
                if folder.is_dir()
            }
            if passphrase:
                parts[KEYS] = seal_folder(settings.keys, passphrase)
            facts = {"made_at": made_at, "step": step, "keys": bool(passphrase), "tables": list(rows)}
            archive.pack(target, parts, facts, replace=overwrite)
    except OSError as problem:
        raise Unavailable("backup.unwritable", path=str(target)) from problem
    if not left_out.missing(context, SYSTEM):  # what could not be brought back is no backup of this site
        last_backup.note(settings.data, context.now(), target)
    return target.stat().st_size


# --- restoring ------------------------------------------------------------------------------------
def _erased_here(database: Database, *, even_so: bool) -> Erasures:
    """List what this installation has erased.

    Raises: Conflict `restore.erased-unknown`.
    """
    if database.is_sqlite and not snapshot.file_of(database).exists():
        return Erasures()
    try:
        return erasures.read(database)
    except Unavailable as problem:
        if even_so:
            return Erasures()
        raise Conflict("restore.erased-unknown") from problem


def _of_an_earlier_version(staged: Path, step: str) -> tuple[str, ...]:
    """Write the rows of a SQLite file out, as it lay in backups before; name its tables.

    Raises: Invalid `backup.damaged`.
    """
    path = staged / DATABASE
    if not snapshot.is_whole(path):
        raise Invalid("backup.damaged")
    (staged / ROWS).mkdir()
    source = open_database(f"sqlite:///{path}")
    try:
        with source.reading() as tx:
            if portable.step_of(tx) != step:
                raise Invalid("backup.damaged")
            tables = portable.tables(tx) if step else []
            for table in tables:
                with (staged / ROWS / table.name).open("wb") as file:
                    portable.write_rows(tx, table, file)
    finally:
        source.engine.dispose()
    return tuple(table.name for table in tables)


def _fill(ready: Database, step: str, tables: tuple[str, ...], folder: Path) -> None:
    """Make the tables as they were, fill them, and bring them up to date.

    Raises: Invalid `backup.damaged`.
    """
    if step:
        migrating.upgrade(ready, to=step)
    with ready.writing() as tx:
        found = portable.tables(tx)
        if sorted(table.name for table in found) != sorted(tables) or not _are_there(folder, tables):
            raise Invalid("backup.damaged")
        for table in reversed(found):  # a step may have put something in
            tx.execute(table.delete())
        for table in found:
            with (folder / table.name).open("rb") as file:
                portable.read_rows(tx, table, file)
        portable.go_on_counting(tx, found)
    migrating.upgrade(ready)


def _are_there(folder: Path, tables: tuple[str, ...]) -> bool:
    return all((folder / name).is_file() for name in tables)


def _check_keys(ready: Database, keys: Keys) -> None:
    with ready.reading() as tx:
        noted = key_checks.find(tx, "root")
    if noted is not None and noted != bytes.fromhex(keys.mac("key-check")):
        raise Conflict("keys.other-database")


def _erase(context: Context, erased: Erasures) -> int:
    """Erase in what is made ready, files too, what this installation has erased; return how many people."""
    with context.database.reading() as tx:
        before = certificates.digests(tx)
    again = personal_data.erase_again(context, SYSTEM, erased.ids, keep=erased.named)
    certifying.erase_again(context, SYSTEM, erased.unnamed)
    erasures.keep(context.database, erased)
    with context.database.reading() as tx:
        gone = before - certificates.digests(tx)
    for digest in gone:
        context.blobs.remove(digest)
    return again


@dataclass(frozen=True, slots=True)
class _Staging:
    """Where one restore makes things ready."""

    folder: Path
    schema: str
    number: int

    @classmethod
    def begin(cls, data: Path) -> _Staging:
        name = secrets.token_hex(6)
        made = cls(data / f"{swap.STAGED}{name}", f"{schemas.STAGED}{name}", kept.next_number(data))
        made.folder.mkdir(mode=0o700)
        return made


def _places(context: Context) -> dict[str, Path]:
    """Return where each part of what is made ready belongs."""
    settings = context.settings
    places = {"site": settings.site, "blobs": settings.blobs, "keys": settings.keys}
    return {DATABASE: snapshot.file_of(context.database), **places} if context.database.is_sqlite else places


def _plan(context: Context, staging: _Staging, manifest: archive.Manifest) -> swap.SwapPlan:
    """Plan what changes places; a part that the backup lacks stays as it is.

    Raises: Unavailable `disk.unavailable`.
    """
    data, made_ready = context.settings.data, staging.folder
    before = data / f"{kept.RESTORE}{staging.number}"
    moves = tuple(
        swap.move_to(data, made_ready / name, place, before)
        for name, place in _places(context).items()
        if (made_ready / name).exists()
    )
    elsewhere = tuple(move.before for move in moves if move.before.parent != before)
    is_file = context.database.is_sqlite
    return swap.SwapPlan(
        manifest.digest,
        manifest.made_at,
        moves,
        KeptData(
            before / kept.RECORD,
            (before, *elsewhere),
            context.now() + KEPT_DAYS * DAY,
            "" if is_file else f"{schemas.BEFORE}{staging.number}_{secrets.token_hex(3)}",
        ),
        "" if is_file else staging.schema,
    )


def _make_ready(
    context: Context, staging: _Staging, source: Path, passphrase: str, erased: Erasures
) -> tuple[swap.SwapPlan, int]:
    """Make everything ready beside what is there; give the plan, and how many people were erased again.

    Raises: Invalid `backup.damaged`, `backup.passphrase`; Conflict `database.newer`, `keys.other-database`;
    Unavailable `backup.unreadable`, `backup.no-room`, `disk.unavailable`.
    """
    folder = staging.folder
    manifest = archive.unpack(source, folder)
    if passphrase and (folder / KEYS).exists():
        unseal_folder((folder / KEYS).read_bytes(), passphrase, folder / "keys")
    keys = open_keys(folder / "keys") if (folder / "keys").is_dir() else context.keys
    if not migrating.is_known(manifest.step):
        raise Conflict("database.newer")
    (folder / "blobs").mkdir(mode=0o700, exist_ok=True)
    path, tables = folder / DATABASE, manifest.tables
    if path.exists():
        tables = _of_an_earlier_version(folder, manifest.step)
        path.unlink()
    with snapshot.made_ready(context.database, path, staging.schema) as ready:
        _fill(ready, manifest.step, tables, folder / ROWS)
        _check_keys(ready, keys)
        inside = replace(context, database=ready, keys=keys, blobs=snapshot.blobs_in(folder / "blobs"))
        again = _erase(inside, erased)
    durable.settle_tree(folder)
    return _plan(context, staging, manifest), again


@command("backing_up.restore", by=Who.SYSTEM)
def restore(
    context: Context, actor: Actor, source: Path, passphrase: str, *, even_so: bool = False
) -> Restored:
    """Put a backup in the place of what is there; the caller holds the data folder.

    A damaged file, a wrong passphrase, a newer database or other keys are refused before anything is touched.
    `even_so` goes on where nobody can tell any more who was erased here.

    Raises: Invalid `backup.damaged`, `backup.passphrase`; Conflict `database.newer`, `keys.other-database`,
    `restore.erased-unknown`; NotAllowed `database.no-right`, `backup.other-database`; Unavailable
    `backup.unreadable`, `backup.no-room`, `disk.unavailable`, `database.unavailable`, `restore.undone`,
    `restore.unfinished`.
    """
    data = context.settings.data
    finish_restore(context.settings, context.database)
    snapshot.check_place(context.database)
    erased = _erased_here(context.database, even_so=even_so)
    staging = _Staging.begin(data)
    try:
        plan, again = _make_ready(context, staging, source, passphrase, erased)
        context.database.engine.dispose()
        swap.carry_out(data, plan, context.database)
    finally:
        swap.sweep(data, _places(context).values(), context.database)
    return Restored(plan.made_at, plan.kept.place, context.day_of(plan.kept.until), again)


def finish_restore(settings: Settings, database: Database) -> swap.SwapPlan | None:
    """Finish a restore that was cut short, or clear away what it left before it had changed anything.

    No action with a context: until it is done there may be no keys, and a context would make new ones. The
    caller holds the data folder.

    Raises: Unavailable `disk.unavailable`, `database.unavailable`.
    """
    plan = swap.pending(settings.data)
    if plan is not None:
        swap.finish(settings.data, plan, database)
    places = [settings.site, settings.blobs, settings.keys]
    swap.sweep(settings.data, places, database)
    return plan


# --- old data -------------------------------------------------------------------------------------
@command("backing_up.forget_old", by=Who.SYSTEM)
def forget_old(context: Context, actor: Actor, *, everything: bool = False) -> int:
    """Remove old data whose day has come, or all of it; return how much there was.

    Raises: Unavailable `disk.unavailable`, `database.unavailable`.
    """
    data, count = context.settings.data, 0
    for one in list(kept.all_kept(data)):
        if everything or one.until <= context.now():
            kept.forget(one, context.database)
            count += 1
    return count


# --- upgrading ------------------------------------------------------------------------------------
def upgrade_target(settings: Settings) -> Path:
    """Return a name that no backup before an upgrade has had."""
    folder = settings.data / "backups"
    return folder / f"{kept.UPGRADE}{kept.next_number(settings.data)}.parvis"


@command("backing_up.upgrade", by=Who.SYSTEM)
def upgrade(context: Context, actor: Actor, target: Path, passphrase: str = "") -> bool:
    """Back up and bring the tables up to date, in one transaction: what fails leaves them as they were.

    Say whether there was anything to do. The backup is kept until a stated day, as everything old is.

    Raises: what `back_up` raises; Conflict `database.newer`, `database.not-ready`.
    """
    old = KeptData(
        target.with_name(f"{target.stem}.{kept.RECORD}"), (target,), context.now() + KEPT_DAYS * DAY
    )
    if not target.parent.is_dir():
        raise Unavailable("backup.unwritable", path=str(target))
    if target.exists():
        raise Conflict("backup.exists", path=str(target))
    kept.note(old)
    try:
        back_up(context, SYSTEM, target, passphrase)
    except (Conflict, Invalid, NotAllowed, Unavailable):
        durable.remove(old.record)
        raise
    return migrating.upgrade(context.database, sure=True)


def kept_until(context: Context) -> str:
    """Return the day until which what is put aside now is kept."""
    return context.day_of(context.now() + KEPT_DAYS * DAY)
