"""What the house asks of a place for bytes that are named by what they are: PDFs, later media.

Holds a protocol and no implementation: a folder is the first one, an object store may be another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Blobs(Protocol):
    """Bytes by their SHA-256."""

    def put(self, content: bytes) -> str:
        """Keep these bytes and return their SHA-256; keeping them again is the same.

        Raises: Unavailable `blob.unavailable`.
        """
        ...

    def get(self, digest: str) -> bytes:
        """Return the bytes, and only if they still are what their name says.

        Raises: NotFound `blob.not-found`; Unavailable `blob.unavailable`, `blob.damaged`.
        """
        ...

    def remove(self, digest: str) -> None:
        """Erase these bytes; removing what is not there is no fault.

        Raises: Unavailable `blob.unavailable`.
        """
        ...

    def all(self) -> Iterator[str]:
        """Go through the digests that are kept."""
        ...
