"""Sealed pictures, recordings and captions: found by the digest of their bytes, and given as nothing else.

A file is hashed when it is first asked for, and again when it has changed; what is not the
digest is not given. Holds no course and no lock: what belongs to a seal is said by `seals`.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lms.content.files.files import open_file
from lms.core.errors import NotFound, Unavailable
from lms.core.operations.bounded import Bounded

MOST_MEDIA = 2000  # places of files, about 400 bytes each
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OWN_TYPES = {".webm": "video/webm", ".vtt": "text/vtt", ".svg": "image/svg+xml", ".ogg": "audio/ogg"}

State = tuple[int, int, int, int]


def _state(found: os.stat_result) -> State:
    """Return what changes when a file does."""
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def unreadable(file: str) -> Unavailable:
    """Return the refusal of a file that is gone or is not what it was."""
    return Unavailable("media.unreadable", file=file)


@dataclass(frozen=True, slots=True)
class MediumFile:
    """A picture, recording or caption file on disk, as it was when it was looked at."""

    root: Path
    file: str
    type: str
    state: State

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.root / self.file

    @property
    def size(self) -> int:
        """The number of bytes."""
        return self.state[1]

    def is_as_it_was(self) -> bool:
        """Return whether the file has not changed since it was looked at."""
        try:
            return _state(self.path.lstat()) == self.state
        except OSError:
            return False

    def open(self) -> BinaryIO:
        """Open the file; whoever opens closes.

        Raises: Unavailable `media.unreadable` where it is gone or has changed since it was looked at.
        """
        try:
            found = open_file(str(self.path))
        except OSError:
            raise unreadable(self.file) from None
        if _state(os.fstat(found.fileno())) != self.state:
            found.close()
            raise unreadable(self.file)
        return found

    def read(self) -> bytes:
        """Return the bytes.

        Raises: as `open`.
        """
        with self.open() as found:
            return found.read()


def medium_file(root: Path, file: str, found: os.stat_result) -> MediumFile:
    """Make a medium of a file, by what the system says of it."""
    suffix = Path(file).suffix.lower()
    kind = _OWN_TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    return MediumFile(root, file, kind, _state(found))


class SealedMedia:
    """The sealed media of one site folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: Bounded[str, MediumFile] = Bounded(MOST_MEDIA)
        self._wrong: Bounded[str, State] = Bounded(MOST_MEDIA)

    def find(self, digest: str) -> MediumFile:
        """Return the file whose bytes have this digest.

        Raises: NotFound `media.unknown`; Unavailable `media.unreadable` where the file is gone or differs.
        """
        known = self._known.get(digest)
        if known is not None and known.is_as_it_was():
            return known
        files = tuple(self._named(digest)) or ((known.file,) if known else ())
        for file in files:
            medium = self._whole(file, digest)
            if medium is not None:
                self._known[digest] = medium
                return medium
        if files:
            raise unreadable(files[0])
        raise NotFound("media.unknown", digest=digest)

    def _named(self, digest: str) -> Iterator[str]:
        """Return the files that are named so: two courses may have the same picture."""
        if _DIGEST.fullmatch(digest):
            found = sorted(self._root.glob(f"courses/*/media/{digest}.*"))
            yield from (path.relative_to(self._root).as_posix() for path in found)

    def _whole(self, file: str, digest: str) -> MediumFile | None:
        """Hash a file; what was found wrong is not hashed again before it changes."""
        try:
            with open_file(f"{self._root}/{file}") as found:
                stat = os.fstat(found.fileno())
                is_known_wrong = self._wrong.get(file) == _state(stat)
                if is_known_wrong or hashlib.file_digest(found, "sha256").hexdigest() != digest:
                    self._wrong[file] = _state(stat)
                    return None
        except OSError:
            return None
        return medium_file(self._root, file, stat)
