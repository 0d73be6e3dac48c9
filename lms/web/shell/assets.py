"""The files of the site that every page needs: read once, compressed once, named by what they hold.

An address carries a digest of all static files, so a browser may keep what it has for ever and a new build is
never mixed with an old one. Holds no page.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from lms.settings import bundled_site

_TEXT = frozenset({".css", ".js", ".svg", ".txt"})
_COMMENTS = re.compile(
    rb"\s*/\*.*?\*/", re.DOTALL
)  # `tests/house/test_colours.py` holds that no string looks so
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its type, its bytes, and the same compressed (empty when that does not help)."""

    type: str
    plain: bytes
    gzipped: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files of this build."""

    build: str
    files: dict[str, Asset]


def _read(path: Path) -> Asset:
    """Read a file; what is said in a style sheet to whoever writes it is not sent to learners."""
    plain = _COMMENTS.sub(b"", path.read_bytes()) if path.suffix == ".css" else path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Asset(kind + charset, plain, gzip.compress(plain, 9, mtime=0) if path.suffix in _TEXT else b"")


@cache
def assets(folder: Path | None = None) -> Assets:
    """Read the static files."""
    root = folder or bundled_site() / "static"
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    files = {path.relative_to(root).as_posix(): _read(path) for path in paths}
    digest = sha256()
    for name, file in files.items():
        digest.update(name.encode() + b"\0" + file.plain)
    return Assets(digest.hexdigest()[:10], files)


def asset(name: str) -> str:
    """Return the address of a static file.

    Raises: KeyError when there is no such file.
    """
    found = assets()
    if name not in found.files:
        raise KeyError(name)
    return f"/assets/{found.build}/{name}"
