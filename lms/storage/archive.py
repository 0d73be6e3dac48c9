"""The backup file: parts, each hashed in a manifest, and a hash of the whole at the end.

A first line that says what it is, a compressed tar, and a last line with the SHA-256 of everything before
it: one changed byte anywhere is noticed before anything is unpacked. Unpacking takes regular files under
known names only. Holds nothing about what the parts mean. Called by `actions.backing_up`.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from lms.core.errors import Invalid, Unavailable

FIRST_LINE = b"PARVIS-BACKUP-1\n"
LAST_LINE = len("\nsha256:") + 64 + 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
FOLDERS = frozenset({"site", "blobs"})
FILES = frozenset({"database.sqlite3", "audit.jsonl", "keys.sealed", MANIFEST})


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


def files_under(folder: Path) -> Iterator[Path]:
    """Go through the regular files of a folder, in order; links are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> dict[str, object]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    passing = _Hashing(source)
    tar.addfile(entry, passing)
    return {"sha256": passing.hash.hexdigest(), "size": size}


def pack(target: Path, parts: Mapping[str, Path | bytes], facts: Mapping[str, object]) -> None:
    """Write a backup file: under a draft name first, so that what has the name is whole.

    `parts` maps a name to a file, a folder (whose files come under that name) or bytes.

    Raises: Unavailable `backup.unwritable`.
    """
    draft = target.with_name(f".{target.name}.draft")
    try:
        with draft.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            whole = _Hashing(file)
            whole.write(FIRST_LINE)
            with tarfile.open(fileobj=whole, mode="w|gz", bufsize=CHUNK) as tar:  # type: ignore[call-overload]  # only write() is used
                listed = dict(_entries(tar, parts))
                manifest = json.dumps({**facts, "parts": listed}, indent=1).encode()
                _add(tar, MANIFEST, io.BytesIO(manifest), len(manifest))
            file.write(b"\nsha256:" + whole.hash.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise Unavailable("backup.unwritable", path=str(target)) from problem


def _entries(
    tar: tarfile.TarFile, parts: Mapping[str, Path | bytes]
) -> Iterator[tuple[str, dict[str, object]]]:
    for name, part in parts.items():
        if isinstance(part, bytes):
            yield name, _add(tar, name, io.BytesIO(part), len(part))
            continue
        paths = files_under(part) if part.is_dir() else iter((part,))
        for path in paths:
            inside = f"{name}/{path.relative_to(part).as_posix()}" if part.is_dir() else name
            with path.open("rb") as file:
                yield inside, _add(tar, inside, file, os.fstat(file.fileno()).st_size)


def _check_whole(path: Path) -> int:
    """Give where the last line begins, if the whole file is what it was.

    Raises: Invalid `backup.damaged`.
    """
    size = path.stat().st_size
    end = size - LAST_LINE
    if end < len(FIRST_LINE):
        raise Invalid("backup.damaged")
    hashed = sha256()
    with path.open("rb") as file:
        first, left = True, end
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk or (first and not chunk.startswith(FIRST_LINE)):
                raise Invalid("backup.damaged")
            first, left = False, left - len(chunk)
            hashed.update(chunk)
        if file.read() != b"\nsha256:" + hashed.hexdigest().encode() + b"\n":
            raise Invalid("backup.damaged")
    return end


def _is_known(name: str) -> bool:
    path = PurePosixPath(name)
    if name in FILES:
        return True
    return len(path.parts) > 1 and path.parts[0] in FOLDERS and ".." not in path.parts and str(path) == name


def _take(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> dict[str, object]:
    source = tar.extractfile(entry) if entry.isreg() and _is_known(entry.name) else None
    if source is None:
        raise Invalid("backup.damaged")
    target = folder / entry.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        passing = _Hashing(file)
        while chunk := source.read(CHUNK):
            passing.write(chunk)
        os.fsync(file.fileno())
    return {"sha256": passing.hash.hexdigest(), "size": entry.size}


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Check a backup file and unpack it into an empty folder; give what its manifest says.

    Raises: Invalid `backup.damaged`; Unavailable `backup.unreadable`.
    """
    try:
        _check_whole(path)
        with path.open("rb") as file:
            file.seek(len(FIRST_LINE))
            with tarfile.open(fileobj=file, mode="r|gz") as tar:
                found = {entry.name: _take(tar, entry, folder) for entry in tar}
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (tarfile.TarError, EOFError, ValueError, FileExistsError) as problem:
        raise Invalid("backup.damaged") from problem
    except OSError as problem:
        raise Unavailable("backup.unreadable", path=str(path)) from problem
    found.pop(MANIFEST, None)
    if found != manifest.get("parts"):
        raise Invalid("backup.damaged")
    return manifest
