"""The files of a site, read once: bytes, YAML sources, lesson texts; all paths are relative to the site.

Holds reading and its cache. Holds no meaning and writes nothing into the site. Called by `library`, `drafts`,
`checking` and `sealing`.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lms.content import trees
from lms.content.cache import Cache
from lms.content.lessons import LessonText, read_lesson
from lms.content.reading import Source, read_yaml
from lms.core.findings import Finding, Place, Severity
from lms.core.rules import broken


def sha256(raw: bytes) -> str:
    """Give the digest by which files are known."""
    return hashlib.sha256(raw).hexdigest()


def missing(file: str) -> Finding:
    """Say that a file is not there."""
    return broken("file-missing", Place(file), file=file)


class Files:
    """One site folder."""

    def __init__(self, root: Path, cache: Cache | None = None) -> None:
        self.root = root
        self._cache = cache or Cache()

    def raw(self, file: str) -> bytes | None:
        """Give a file's bytes, or None when there is no such file."""
        try:
            return (self.root / file).read_bytes() if self.exists(file) else None
        except OSError:
            return None

    def exists(self, file: str) -> bool:
        """Say whether there is such a file."""
        path = self.root / file
        return path.is_file() and not path.is_symlink()

    def names(self, folder: str) -> tuple[str, ...]:
        """List a folder, sorted, without what is hidden."""
        try:
            return tuple(
                sorted(path.name for path in (self.root / folder).iterdir() if path.name[0] not in "._")
            )
        except OSError:
            return ()

    def digests(self, folder: str) -> tuple[tuple[str, str], ...]:
        """Give every file below a folder with its digest, sorted by path."""
        found = sorted(
            path for path in (self.root / folder).rglob("*") if path.is_file() and not path.is_symlink()
        )
        return tuple((path.relative_to(self.root).as_posix(), sha256(path.read_bytes())) for path in found)

    def is_folder(self, folder: str) -> bool:
        """Say whether there is such a folder."""
        return (self.root / folder).is_dir()

    def kept(self, kind: str, key: str, make: Callable[[], Any]) -> Any:
        """Give what was made for this key before, or make and keep it; a damaged entry is made again."""
        raw = self._cache.get(kind, key)
        if raw is not None:
            with contextlib.suppress(ValueError, KeyError, TypeError):
                return trees.load(raw)
        made = make()
        self._cache.put(kind, key, trees.dump(made))
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
    """Give findings that were kept their weight back: JSON only knows its word."""
    return [Finding(found.rule, Severity(found.severity), found.place, found.params) for found in findings]


def placed(findings: tuple[Finding, ...], file: str) -> tuple[Finding, ...]:
    """Put findings that were kept by digest at the file that is read now."""
    return tuple(
        Finding(found.rule, found.severity, Place(file, found.place.line, found.place.column), found.params)
        for found in restored(findings)
    )
