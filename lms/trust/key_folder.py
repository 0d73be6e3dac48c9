"""The keys folder as one sealed part of a backup.

Whoever finds a backup without its passphrase can neither sign nor unseal anything. Called by
`actions.backing_up`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from lms.core.errors import Invalid
from lms.trust.sealing import seal_with_passphrase, unseal_with_passphrase

_ABOUT = b"parvis keys 1"


def seal_folder(folder: Path, passphrase: str) -> bytes:
    """Seal every file of the folder under a passphrase."""
    files = {path.name: path.read_text("ascii") for path in sorted(folder.glob("*.key"))}
    return seal_with_passphrase(passphrase, json.dumps(files).encode(), _ABOUT)


def unseal_folder(sealed: bytes, passphrase: str, folder: Path) -> None:
    """Write the sealed files into a new folder, for its owner alone.

    Raises: Invalid `backup.passphrase`.
    """
    opened = unseal_with_passphrase(passphrase, sealed, _ABOUT)
    if opened is None:
        raise Invalid("backup.passphrase")
    folder.mkdir(mode=0o700, parents=True)
    for name, content in json.loads(opened).items():
        descriptor = os.open(folder / Path(name).name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
