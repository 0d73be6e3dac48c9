"""Identifiers that can be made outside the database.

Holds the shapes only; whoever needs one hands over the clock and the random bytes.
"""

from __future__ import annotations

import re

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32, lower case
ID_PATTERN = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")
SLUG_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 200  # letters: file systems refuse names of more than 255 bytes
RANDOM_BYTES = 16


def _base32(number: int, length: int) -> str:
    digits: list[str] = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def time_ordered(milliseconds: int, randomness: bytes) -> str:
    """Make a 26-character id that sorts by time (ULID layout: 48 bits of time, 80 random).

    >>> time_ordered(0, bytes(10))
    '00000000000000000000000000'
    """
    return _base32((milliseconds & (2**48 - 1)) << 80 | int.from_bytes(randomness[:10], "big"), 26)


def first_at(milliseconds: int) -> str:
    """Return what sorts before every id that was made at this time or later.

    >>> first_at(5) <= time_ordered(5, bytes(10)) < first_at(6)
    True
    """
    return time_ordered(milliseconds, bytes(10))


def secret(randomness: bytes) -> str:
    """Make a 26-character id of 128 random bits (ASVS 5.0 11.5.1) from 16 bytes or more."""
    return _base32(int.from_bytes(randomness[:RANDOM_BYTES], "big"), 26)


def is_id(text: str) -> bool:
    """Return whether the text has the shape of an id made here."""
    return ID_PATTERN.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Return whether the text is lower-case words joined by hyphens, and can be the name of a folder."""
    return len(text) <= LONGEST_SLUG and SLUG_PATTERN.fullmatch(text) is not None
