"""The keys folder as one sealed part of a backup.

Whoever finds a backup without its passphrase can neither sign nor unseal anything.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from lms.core.errors import Invalid
from lms.trust.encryption import seal_with_passphrase, unseal_with_passphrase
from lms.trust.keys import ROOT_FILE

_ABOUT = b"parvis keys 1"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\.key")


def seal_folder(folder: Path, passphrase: str) -> bytes:
    """Seal every file of the folder under a passphrase."""
    files = {path.name: path.read_text("ascii") for path in sorted(folder.glob("*.key"))}
    return seal_with_passphrase(passphrase, json.dumps(files).encode(), _ABOUT)


def _opened(content: bytes) -> dict[str, str]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise Invalid("backup.damaged") from problem
    whole = isinstance(found, dict) and ROOT_FILE in found
    if not whole or not all(_NAME.fullmatch(name) and isinstance(text, str) for name, text in found.items()):
        raise Invalid("backup.damaged")
    return dict(found)


def unseal_folder(sealed: bytes, passphrase: str, folder: Path) -> None:
    """Write the sealed files into a new folder, for its owner alone.

    Raises: Invalid `backup.passphrase`, `backup.damaged`.
    """
    opened = unseal_with_passphrase(passphrase, sealed, _ABOUT)
    if opened is None:
        raise Invalid("backup.passphrase")
    folder.mkdir(mode=0o700, parents=True)
    for name, content in _opened(opened).items():
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
