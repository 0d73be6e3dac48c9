"""The installation's own secret, and everything that is derived from it.

One random root key lies in `<data>/keys/`, readable by its owner alone; each purpose gets a key of its own
derived from it (HMAC-SHA-256), so that a value made for one purpose never passes for another. Holds no
password and no clock: whoever signs something that ends says when.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lms.core.errors import Unavailable
from lms.trust import encryption

ROOT_FILE = "root.key"
ROOT_BYTES = 32
OTHERS = 0o077


@lru_cache(maxsize=128)
def _derived(root: bytes, purpose: str) -> bytes:
    return hmac.digest(root, b"parvis:" + purpose.encode(), "sha256")


def _framed(parts: tuple[str, ...]) -> bytes:
    # Each part carries its length, so that ("ab", "c") and ("a", "bc") differ.
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


@dataclass(frozen=True, slots=True)
class Keys:
    """What can be made with the installation's secret."""

    root: bytes = field(repr=False)

    def mac(self, purpose: str, *parts: str) -> str:
        """Make a keyed hash (64 hexadecimal digits) that only this installation can make."""
        return hmac.digest(_derived(self.root, purpose), _framed(parts), "sha256").hex()

    def proves(self, seal: str, purpose: str, *parts: str) -> bool:
        """Say, in constant time, whether `seal` is the keyed hash of these parts."""
        return hmac.compare_digest(seal.encode(), self.mac(purpose, *parts).encode())

    def seal(self, purpose: str, text: str) -> str:
        """Make a text unreadable to whoever has the database but not the keys."""
        return encryption.seal(_derived(self.root, f"seal:{purpose}"), text.encode(), purpose.encode()).hex()

    def unseal(self, purpose: str, sealed: str) -> str | None:
        """Return a sealed text back; `None` when it was sealed for another purpose, elsewhere, or changed."""
        try:
            content = bytes.fromhex(sealed)
        except ValueError:
            return None
        opened = encryption.unseal(_derived(self.root, f"seal:{purpose}"), content, purpose.encode())
        return None if opened is None else opened.decode()


def _make(path: Path) -> None:
    """Write a new root key; when two processes start at once, the first one counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(ROOT_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def open_keys(folder: Path) -> Keys:
    """Read the root key, or make one when the installation has none yet.

    Raises: Unavailable `keys.unreadable`, `keys.open-to-others`, `keys.damaged`.
    """
    path = folder / ROOT_FILE
    try:
        if not path.exists():
            _make(path)
        mode, text = path.stat().st_mode, path.read_text("ascii").strip()
    except (OSError, UnicodeError) as problem:
        raise Unavailable("keys.unreadable") from problem
    if mode & OTHERS:
        raise Unavailable("keys.open-to-others")
    try:
        root = bytes.fromhex(text)
    except ValueError as problem:
        raise Unavailable("keys.damaged") from problem
    if len(root) != ROOT_BYTES:
        raise Unavailable("keys.damaged")
    return Keys(root)
