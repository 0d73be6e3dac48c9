"""Passwords and other typed secrets: hashed, verified, never kept.

Argon2id with 19 MiB, two passes, one lane (OWASP's first choice for one lane), so that a sign-in costs some
tens of milliseconds. An unknown account costs the same as a known one. Which passwords are too weak is
judged in `weak_passwords`. Called by actions.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)


def _bytes(password: str) -> bytes:
    # The same letters typed on two systems may be composed differently (NIST SP 800-63B 3.1.1.2).
    return unicodedata.normalize("NFKC", password).encode()


def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    return _HASHER.hash(_bytes(password))


def verify_password(kept: str, password: str) -> bool:
    """Say whether this is the password that was hashed; a hash that cannot be read counts as another one."""
    try:
        return _HASHER.verify(kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Say whether the hash was made with other costs than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hash_password("nobody has this password")


def spend(password: str) -> bool:
    """Take as long as a verification and say no: an unknown account answers no faster (ASVS 5.0 6.3.8)."""
    return verify_password(_nobodys(), password) and False
