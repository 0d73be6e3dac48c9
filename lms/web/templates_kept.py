"""Templates kept compiled between starts, so that the first view of a page costs what the next ones do.

What is kept is derived from the templates and may be lost or damaged at any time: it is made again. Code is
run as it is read, so each file begins with the digest of what follows.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Kept(BytecodeCache):
    """A folder that may be missing, full or read-only, with files that count only when they are whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made_by = "-".join(version(name) for name in ("jinja2", "parvis"))

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"page-{self._made_by}-{bucket.key}"

    def prune(self) -> None:
        """Delete what another version has kept; a site that still runs with it makes it again."""
        for path in self._folder.glob("page-*"):
            if not path.name.startswith(f"page-{self._made_by}-"):
                with suppress(OSError):
                    path.unlink()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if it is there as it was kept."""
        with suppress(OSError):
            digest, _, code = self._path(bucket).read_bytes().partition(b"\n")
            if digest == sha256(code).hexdigest().encode():
                bucket.load_bytecode(BytesIO(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template in one step, if there is room."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            opened, name = mkstemp(dir=self._folder)
            draft = Path(name)
            try:
                with os.fdopen(opened, "wb") as file:
                    file.write(sha256(code).hexdigest().encode() + b"\n" + code)
                draft.replace(self._path(bucket))
            except OSError:
                draft.unlink()


def begin(app: Flask, folder: Path) -> None:
    """Keep compiled templates in this folder; those of another version of what compiles them go."""
    kept = _Kept(folder)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.prune()
    app.jinja_env.bytecode_cache = kept
