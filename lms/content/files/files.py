"""The files of a site, read once: bytes, YAML sources, lesson texts; all paths are relative to the site.

Holds reading and its cache. Holds no meaning and writes nothing into the site.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lms.content.files import keepsakes
from lms.content.files.cache import Cache
from lms.content.markup.lessons import LessonText, read_lesson
from lms.content.shapes.reading import Source, read_yaml
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place, Severity


def sha256(raw: bytes) -> str:
    """Return the digest by which files are known."""
    return hashlib.sha256(raw).hexdigest()


def key_of(*parts: object) -> str:
    """Make a key for the cache of what JSON can hold."""
    return sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def missing(file: str) -> Finding:
    """Return the error that a file is not there."""
    return broken("file-missing", Place(file), file=file)


def _opened(path: str, flags: int) -> int:
    """Open what is no link, and wait for nobody who might write into it."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def open_file(path: str) -> io.FileIO:
    """Open a file of a site to read; whoever opens closes.

    Raises: OSError where there is none, and for what is no plain file.
    """
    found = open(path, "rb", buffering=0, opener=_opened)  # noqa: SIM115  # handed on
    if not stat.S_ISREG(os.fstat(found.fileno()).st_mode):
        found.close()
        raise FileNotFoundError(path)
    return found


class Files:
    """One site folder."""

    def __init__(self, root: Path, cache: Cache | None = None) -> None:
        self.root = root
        self._base = str(root)
        self._cache = cache or Cache()

    def raw(self, file: str) -> bytes | None:
        """Return a file's bytes, or None when there is no such file; links are not followed."""
        try:
            path = f"{self._base}/{file}"  # no Path: a start reads hundreds
            with open_file(path) as found:
                return found.read()
        except OSError:
            return None

    def exists(self, file: str) -> bool:
        """Return whether there is such a file."""
        path = self.root / file
        try:
            return path.is_file() and not path.is_symlink()
        except OSError:  # a name that is too long
            return False

    def names(self, folder: str) -> tuple[str, ...]:
        """List a folder, sorted, without what is hidden."""
        try:
            return tuple(
                sorted(path.name for path in (self.root / folder).iterdir() if path.name[0] not in "._")
            )
        except OSError:
            return ()

    def digests(self, folder: str) -> tuple[tuple[str, str], ...]:
        """Return every file below a folder with its digest, sorted by path."""
        found = sorted(
            path for path in (self.root / folder).rglob("*") if path.is_file() and not path.is_symlink()
        )
        return tuple((path.relative_to(self.root).as_posix(), sha256(path.read_bytes())) for path in found)

    def kept(self, kind: str, key: str, make: Callable[[], Any]) -> Any:
        """Return what was made for this key before, or make and keep it; a damaged entry is made again."""
        raw = self._cache.get(kind, key)
        if raw is not None:
            with contextlib.suppress(ValueError, KeyError, TypeError):
                return keepsakes.load(raw)
        made = make()
        self._cache.put(kind, key, keepsakes.dump(made))
        return made

    def yaml(self, file: str) -> Source:
        """Read a YAML file; one that is missing is a source with that finding."""
        raw = self.raw(file)
        if raw is None:
            return Source(file, None, {}, (missing(file),))
        value, places, findings = self.kept("yaml", sha256(raw), lambda: _parts(read_yaml(raw, file)))
        at = {tuple(path): (line, column) for line, column, *path in places}
        return Source(file, value, at, placed(findings, file))

    def lesson(self, file: str, lang: str) -> LessonText | None:
        """Read a lesson file; None when there is none."""
        raw = self.raw(file)
        return None if raw is None else read_lesson(raw, file, lang)


def _parts(source: Source) -> tuple[object, ...]:
    places = tuple((line, column, *path) for path, (line, column) in source.places.items())
    return source.value, places, source.findings


def restored(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return findings that were kept their weight back: JSON only knows its word."""
    return [Finding(found.rule, Severity(found.severity), found.place, found.params) for found in findings]


def placed(findings: tuple[Finding, ...], file: str) -> tuple[Finding, ...]:
    """Put findings that were kept by digest at the file that is read now."""
    return tuple(
        Finding(found.rule, found.severity, Place(file, found.place.line, found.place.column), found.params)
        for found in restored(findings)
    )
