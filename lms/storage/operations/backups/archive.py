"""The backup file: parts, each hashed in a manifest, and a hash of the whole at the end.

A first line that says what it is, a compressed tar, and a last line with the SHA-256 of everything before
it: one changed byte anywhere is noticed before anything is unpacked. Unpacking takes plain files under known
names only, and trusts no number that it is told: whoever can write a file can also write its hash. Holds
nothing about what the parts mean.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import secrets
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, Self

from lms.core.errors import Conflict, Invalid, Unavailable
from lms.storage.operations import durable

FIRST_LINE = b"PARVIS-BACKUP-2\n"
EARLIER = b"PARVIS-BACKUP-1\n"  # of a time when only SQLite was backed up, as a file
LAST_LINE = len("\nsha256:") + 64 + 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
FOLDERS = frozenset({"site", "blobs", "rows"})
FILES = frozenset({"database.sqlite3", "audit.jsonl", "keys.sealed", MANIFEST})
LARGEST_MANIFEST = 64_000_000  # bytes; a file of the backup takes about 150
MOST_PARTS = 1_000_000
LONGEST_NAME, LONGEST_PART, DEEPEST = 1000, 255, 40
SPARE = 200_000_000  # bytes that stay free on the disk
_HEADERS = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE})
LARGEST_HEADER = 65_536  # bytes of a long name
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.:+Z]{0,20}")


class _Hash(Protocol):
    def update(self, content: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass
class _Hashing:
    """A file that hashes what passes through it, in either direction."""

    file: IO[bytes]
    hash: _Hash = field(default_factory=sha256)

    def write(self, content: bytes) -> int:
        self.hash.update(content)
        return self.file.write(content)

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.hash.update(content)
        return content


class _Entry(tarfile.TarInfo):
    """A member of the tar; anything but a plain file and the long name of one is refused unread."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header.

        Raises: Invalid `backup.damaged`.
        """
        found = super().frombuf(buf, encoding, errors)
        plain = found.type in _HEADERS and found.size >= 0
        if not plain and not (found.type == tarfile.XHDTYPE and 0 <= found.size <= LARGEST_HEADER):
            raise Invalid("backup.damaged")
        return found


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself; `rows` holds the tables, in the order in which they can be filled."""

    made_at: str
    step: str
    tables: tuple[str, ...]
    parts: Mapping[str, Mapping[str, object]]
    digest: str


def files_under(folder: Path) -> Iterator[Path]:
    """Go through the regular files of a folder, in order; links are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def links_under(folder: Path) -> tuple[Path, ...]:
    """List the links in a folder: they lead to what is not in it, so a backup leaves them out."""
    return tuple(sorted(path for path in folder.rglob("*") if path.is_symlink()))


# --- writing ------------------------------------------------------------------------------------------------
def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> dict[str, object]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    passing = _Hashing(source)
    tar.addfile(entry, passing)
    return {"sha256": passing.hash.hexdigest(), "size": size}


@contextmanager
def _draft_of(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a draft beside a target, held by a lock, so that what a killed process left can be told apart."""
    for left in target.parent.glob(f".{target.name}.*.draft"):
        with suppress(OSError), left.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.draft")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield draft, file
        finally:
            draft.unlink(missing_ok=True)


def _give_name(draft: Path, target: Path, *, replace: bool) -> None:
    """Return a draft its name; without `replace` never to something that is there, whoever comes first."""
    if replace:
        draft.replace(target)
    else:
        try:
            os.link(draft, target)
        except FileExistsError:
            raise Conflict("backup.exists", path=str(target)) from None
        except OSError:  # a file system without hard links
            if target.exists():
                raise Conflict("backup.exists", path=str(target)) from None
            draft.rename(target)
    durable.settle(target.parent)


def check_free(target: Path, *, replace: bool) -> None:
    """Refuse to write over something, unless that is wanted.

    Raises: Conflict `backup.exists`.
    """
    if not replace and (target.exists() or target.is_symlink()):
        raise Conflict("backup.exists", path=str(target))


def pack(
    target: Path,
    parts: Mapping[str, Path | bytes | IO[bytes]],
    facts: Mapping[str, object],
    *,
    replace: bool = False,
) -> None:
    """Write a backup file: under a draft name first, so that what has the name is whole.

    `parts` maps a name to a file, a folder (whose files come under that name), an open file or bytes.

    Raises: Unavailable `backup.unwritable`; Conflict `backup.exists`.
    """
    check_free(target, replace=replace)
    try:
        with _draft_of(target) as (draft, file):
            _write(file, parts, facts)
            _give_name(draft, target, replace=replace)
    except OSError as problem:
        raise Unavailable("backup.unwritable", path=str(target)) from problem


def _write(
    file: IO[bytes], parts: Mapping[str, Path | bytes | IO[bytes]], facts: Mapping[str, object]
) -> None:
    whole = _Hashing(file)
    whole.write(FIRST_LINE)
    with tarfile.open(fileobj=whole, mode="w|gz", bufsize=CHUNK) as tar:  # type: ignore[call-overload]  # only write() is used
        listed = dict(_entries(tar, parts))
        manifest = json.dumps({**facts, "parts": listed}, indent=1).encode()
        _add(tar, MANIFEST, io.BytesIO(manifest), len(manifest))
    file.write(b"\nsha256:" + whole.hash.hexdigest().encode() + b"\n")
    file.flush()
    os.fsync(file.fileno())


def _entries(
    tar: tarfile.TarFile, parts: Mapping[str, Path | bytes | IO[bytes]]
) -> Iterator[tuple[str, dict[str, object]]]:
    for name, part in parts.items():
        if isinstance(part, Path):
            yield from _files_of(tar, name, part)
        elif isinstance(part, bytes):
            yield name, _add(tar, name, io.BytesIO(part), len(part))
        else:
            size = part.seek(0, os.SEEK_END)
            part.seek(0)
            yield name, _add(tar, name, part, size)


def _files_of(tar: tarfile.TarFile, name: str, part: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Add a file or the files of a folder; what goes while others work on is left out."""
    paths = files_under(part) if part.is_dir() else iter((part,))
    for path in paths:
        inside = f"{name}/{path.relative_to(part).as_posix()}" if part.is_dir() else name
        with suppress(FileNotFoundError), path.open("rb") as file:
            yield inside, _add(tar, inside, file, os.fstat(file.fileno()).st_size)


# --- reading ------------------------------------------------------------------------------------------------
def _check_whole(path: Path) -> str:
    """Return the hash of the whole file, if it is what the last line says.

    Raises: Invalid `backup.damaged`.
    """
    end = path.stat().st_size - LAST_LINE
    if end < len(FIRST_LINE):
        raise Invalid("backup.damaged")
    hashed = sha256()
    with path.open("rb") as file:
        first, left = True, end
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk or (first and not chunk.startswith((FIRST_LINE, EARLIER))):
                raise Invalid("backup.damaged")
            first, left = False, left - len(chunk)
            hashed.update(chunk)
        if file.read() != b"\nsha256:" + hashed.hexdigest().encode() + b"\n":
            raise Invalid("backup.damaged")
    return hashed.hexdigest()


def told_digest(path: Path) -> str:
    """Return the hash that a backup file says it has; '' when it says none.

    Raises: Unavailable `backup.unreadable`.
    """
    try:
        with path.open("rb") as file:
            file.seek(-min(LAST_LINE, path.stat().st_size), os.SEEK_END)
            last = file.read()
    except OSError as problem:
        raise Unavailable("backup.unreadable", path=str(path)) from problem
    return last.decode("ascii", "replace").strip().removeprefix("sha256:")


def is_known(name: str) -> bool:
    """Return whether a part may have this name: one of ours, or a plain path under one of our folders."""
    if name in FILES:
        return True
    path = PurePosixPath(name)
    plain = name.isprintable() and len(name) <= LONGEST_NAME and str(path) == name
    if not plain or not 1 < len(path.parts) <= DEEPEST or path.parts[0] not in FOLDERS:
        return False
    return all(part != ".." and len(os.fsencode(part)) <= LONGEST_PART for part in path.parts)


@dataclass
class _Unpacking:
    """A folder that is filled while there is room on its disk."""

    folder: Path
    room: int
    count: int = 0

    def take(self, tar: tarfile.TarFile, entry: tarfile.TarInfo) -> dict[str, object]:
        """Write one part."""
        self.count += 1
        self.room -= entry.size
        source = tar.extractfile(entry) if self._may(entry) else None
        if source is None:
            raise Invalid("backup.damaged")
        if self.room < 0:
            raise Unavailable("backup.no-room", path=str(self.folder.parent))
        target = self.folder / entry.name
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = target.open("xb")
        except (FileExistsError, NotADirectoryError) as problem:  # one name twice, or a folder and a file
            raise Invalid("backup.damaged") from problem
        with file:
            os.fchmod(file.fileno(), 0o600)
            passing = _Hashing(file)
            while chunk := source.read(CHUNK):
                passing.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return {"sha256": passing.hash.hexdigest(), "size": entry.size}

    def _may(self, entry: tarfile.TarInfo) -> bool:
        small = entry.size <= LARGEST_MANIFEST or entry.name != MANIFEST
        plain = entry.isreg() and not entry.issparse() and entry.size >= 0
        return plain and small and self.count <= MOST_PARTS and is_known(entry.name)


def _manifest(content: bytes, found: Mapping[str, object], digest: str) -> Manifest:
    """Read what a backup says about itself, if that is what it holds.

    Raises: Invalid `backup.damaged`.
    """
    try:
        told: Any = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise Invalid("backup.damaged") from problem
    if not isinstance(told, dict) or told.get("parts") != found:
        raise Invalid("backup.damaged")
    made_at, step, tables = told.get("made_at"), told.get("step"), told.get("tables", [])
    if not (isinstance(made_at, str) and _TIME.fullmatch(made_at) and isinstance(step, str)):
        raise Invalid("backup.damaged")
    if not (isinstance(tables, list) and all(isinstance(name, str) for name in tables)):
        raise Invalid("backup.damaged")
    return Manifest(made_at, step, tuple(tables), told["parts"], digest)


def unpack(path: Path, folder: Path) -> Manifest:
    """Check a backup file and unpack it into an empty folder; give what its manifest says.

    Raises: Invalid `backup.damaged`; Unavailable `backup.unreadable`, `backup.no-room`, `disk.unavailable`.
    """
    unpacking = _Unpacking(folder, shutil.disk_usage(folder).free - SPARE)
    try:
        digest = _check_whole(path)
        file = path.open("rb")
    except OSError as problem:
        raise Unavailable("backup.unreadable", path=str(path)) from problem
    try:
        with file:
            file.seek(len(FIRST_LINE))
            with tarfile.open(fileobj=file, mode="r|gz", tarinfo=_Entry) as tar:
                found = {entry.name: unpacking.take(tar, entry) for entry in tar}
        manifest = (folder / MANIFEST).read_bytes()
    except (tarfile.TarError, EOFError, ValueError, FileNotFoundError) as problem:
        raise Invalid("backup.damaged") from problem
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(folder.parent)) from problem
    found.pop(MANIFEST, None)
    return _manifest(manifest, found, digest)
