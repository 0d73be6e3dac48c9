"""What was read before, kept by digest, so that a check or a start reads each file once.

Holds bytes under a key, in a folder that may be deleted at any time; entries made by another version of the
code are never found.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from lms import content, core

#: The libraries that read content.
READERS = ("markdown-it-py", "pydantic", "pydantic-core", "pyyaml", "ruamel.yaml")
_OURS = "content-"


@functools.cache
def program() -> str:
    """Return the digest of what reads and judges content: Python, our code, the libraries it reads with.

    A change of any of them makes the cache forget: an entry is only read by the program that made it.
    """
    folders = [Path(folder) for room in (content, core) for folder in room.__path__]
    return program_digest(folders, (sys.version, *map(version, READERS)))


def program_digest(folders: Sequence[Path], versions: Sequence[str]) -> str:
    """Return a digest of all code below some folders, with the name of each file, and of versions.

    Raises: FileNotFoundError when a folder holds no code: an empty digest would never forget.
    """
    digest = hashlib.sha256("\n".join(versions).encode())
    for folder in folders:
        files = sorted(folder.rglob("*.py"))
        if not files:
            raise FileNotFoundError(folder)
        for path in files:
            raw = path.read_bytes()
            digest.update(f"\n{path.relative_to(folder).as_posix()} {len(raw)}\n".encode() + raw)
    return digest.hexdigest()[:16]


class Cache:
    """Bytes by kind and key; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder / f"{_OURS}{program()}" if folder else None

    def get(self, kind: str, key: str) -> bytes | None:
        """Find an entry."""
        if self._folder is None:
            return None
        try:
            return (self._folder / kind / key).read_bytes()
        except OSError:
            return None

    def put(self, kind: str, key: str, entry: bytes) -> None:
        """Keep an entry; a full or read-only disk is no reason to fail."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            if not self._folder.exists():
                self._forget_others(self._folder)
            (self._folder / kind).mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder / kind)
            with os.fdopen(handle, "wb") as file:
                file.write(entry)
            Path(name).replace(self._folder / kind / key)

    @staticmethod
    def _forget_others(folder: Path) -> None:
        """Remove what other versions of the code have kept: nobody will look for it again."""
        for path in folder.parent.glob(f"{_OURS}*"):
            shutil.rmtree(path, ignore_errors=True)
