"""What was read before, kept by digest, so that a check or a start reads each file once.

Holds bytes under a key, in a folder that may be deleted at any time; entries made by another version of the
code are never found. Called by `files`.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

_ROOMS = ("content", "core")
_OURS = "content-"


@functools.cache
def code_digest() -> str:
    """Give the digest of the code that reads and judges content: a change of it makes the cache forget."""
    digest = hashlib.sha256()
    rooms = Path(__file__).resolve().parents[1]
    for room in _ROOMS:
        for path in sorted((rooms / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Cache:
    """Bytes by kind and key; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder / f"{_OURS}{code_digest()}" if folder else None

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
