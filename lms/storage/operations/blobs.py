"""Bytes kept by their SHA-256: PDFs and media.

Written with fsync and rename, so that what has a name is whole; read with a check, so that what is damaged is
never handed out. Knows no table and no meaning of the bytes.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lms.core.errors import NotFound, Unavailable
from lms.storage.operations.durable import settle

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class BlobFolder:
    """A folder of bytes, named by what they are."""

    folder: Path

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise NotFound("blob.not-found")
        return self.folder / digest[:2] / digest

    def put(self, content: bytes) -> str:
        """Keep these bytes and give their SHA-256; keeping them again changes nothing.

        Raises: Unavailable `blob.unavailable`.
        """
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if self._holds(path, content):
            return digest
        draft = path.with_name(f".{digest}.{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            settle(self.folder)
            _write(draft, content)
            draft.replace(path)
            settle(path.parent)
        except OSError as problem:
            with suppress(OSError):
                draft.unlink()
            raise Unavailable("blob.unavailable") from problem
        return digest

    @staticmethod
    def _holds(path: Path, content: bytes) -> bool:
        try:
            return path.read_bytes() == content
        except OSError:
            return False

    def get(self, digest: str) -> bytes:
        """Return the bytes, and only if they still are what their name says.

        Raises: NotFound `blob.not-found`; Unavailable `blob.unavailable`, `blob.damaged`.
        """
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as problem:
            raise NotFound("blob.not-found") from problem
        except OSError as problem:
            raise Unavailable("blob.unavailable") from problem
        if sha256(content).hexdigest() != digest:
            raise Unavailable("blob.damaged", digest=digest)
        return content

    def remove(self, digest: str) -> None:
        """Erase these bytes; removing what is not there is no fault.

        Raises: Unavailable `blob.unavailable`.
        """
        path = self._path(digest)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                settle(path.parent)
        except OSError as problem:
            raise Unavailable("blob.unavailable") from problem

    def all(self) -> Iterator[str]:
        """Go through the digests that are kept."""
        for path in sorted(self.folder.glob("??/*")):
            if _DIGEST.fullmatch(path.name):
                yield path.name
