"""Shared files as they last were whole: a half-saved file takes nothing away from what people read.

Holds the bytes of each file of a kind as they were when nothing was wrong with them, in memory and in the
cache; says which files are damaged now. Reads no meaning.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import TypeVar

from lms.content.files.cache import Cache
from lms.content.files.files import Files
from lms.core.courses.findings import Finding, Severity

Found = TypeVar("Found")
Read = Callable[[Files], tuple[Found, tuple[Finding, ...]]]
_KIND = "last-good"


class _Substitutes(Files):
    """A site folder in which some files are replaced by other bytes."""

    def __init__(self, files: Files, cache: Cache, instead: dict[str, bytes]) -> None:
        super().__init__(files.root, cache)
        self._instead = instead

    def raw(self, file: str) -> bytes | None:
        """Return the other bytes where there are any."""
        return self._instead[file] if file in self._instead else super().raw(file)

    def names(self, folder: str) -> tuple[str, ...]:
        """List a folder with what is replaced, even when it is gone."""
        gone = (file.rpartition("/") for file in self._instead)
        return tuple(sorted({*super().names(folder), *(name for home, _, name in gone if home == folder)}))


class LastGood:
    """The last good bytes of shared files; `damaged` names those that are not whole now."""

    def __init__(self, files: Files, cache: Cache) -> None:
        self._files = files
        self._cache = cache
        self._good: dict[str, dict[str, bytes]] = {}  # kind -> file -> bytes
        self.damaged: set[str] = set()

    def read(self, kind: str, names: tuple[str, ...], read: Read[Found]) -> Found:
        """Read files of a kind; a damaged one as it last was whole, one that never was as far as it goes."""
        found, findings = read(self._files)
        bad = _files_of(findings)
        self.damaged = (self.damaged - set(names) - self._missing()) | bad
        good = self._remember(kind, [name for name in names if name not in bad], bad)
        if not bad:
            return found
        instead = {name: good[name] for name in bad if name in good}
        again, others = read(_Substitutes(self._files, self._cache, instead))
        return again if len(others) < len(findings) else found

    def _missing(self) -> set[str]:
        return {name for name in self.damaged if not self._files.exists(name)}

    def _remember(self, kind: str, whole: list[str], bad: set[str]) -> dict[str, bytes]:
        """Keep the bytes of what is whole now beside those that what is damaged had before."""
        key = sha256(f"{self._files.root.resolve()} {kind}".encode()).hexdigest()
        before = self._good[kind] if kind in self._good else _unpacked(self._cache.get(_KIND, key))
        raws = ((name, self._files.raw(name)) for name in whole)
        now = {name: before[name] for name in bad if name in before}
        now |= {name: raw for name, raw in raws if raw is not None}
        if now != before:
            self._cache.put(_KIND, key, _packed(now))
        self._good[kind] = now
        return now


def _packed(good: dict[str, bytes]) -> bytes:
    """Return files as one entry of the cache; what is whole is UTF-8."""
    return json.dumps({name: raw.decode() for name, raw in sorted(good.items())}, ensure_ascii=False).encode()


def _unpacked(entry: bytes | None) -> dict[str, bytes]:
    """Read an entry of the cache; a damaged one holds nothing."""
    with suppress(ValueError, AttributeError):
        return {str(name): str(text).encode() for name, text in json.loads(entry or b"{}").items()}
    return {}


def _files_of(findings: tuple[Finding, ...]) -> set[str]:
    return {one.place.file for one in findings if one.severity is Severity.ERROR}
