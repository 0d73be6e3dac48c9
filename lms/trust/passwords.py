"""Passwords and other typed secrets: hashed, verified, never kept.

Argon2id with 19 MiB, two passes, one lane (OWASP's first choice for one lane), so that a sign-in costs some
tens of milliseconds. An unknown account costs the same as a known one. Which passwords are too weak is
judged in `weak_passwords`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lms.core.people.letters import composed

Result = TypeVar("Result")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)


_hashing: ThreadPoolExecutor | None = None
BEHIND = 10  # of 19: hashing takes what the pages leave of a processor


def _step_back() -> None:
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)


def _forget_lane() -> None:
    global _hashing  # noqa: PLW0603  # a thread stays in the process that it was made in
    _hashing = None


os.register_at_fork(after_in_child=_forget_lane)


def _in_lane(hashing: Callable[..., Result], *given: str | bytes) -> Result:
    """Hash one after the other, in a thread that stands back behind the pages; the interpreter is let go."""
    global _hashing  # noqa: PLW0603  # made when it is first needed
    if _hashing is None:
        _hashing = ThreadPoolExecutor(1, "hashing", _step_back)
    return _hashing.submit(hashing, *given).result()


def _bytes(password: str) -> bytes:
    # The same letters typed on two systems may be composed differently (NIST SP 800-63B 3.1.1.2).
    return composed("NFKC", password).encode()


def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    return _in_lane(_HASHER.hash, _bytes(password))


def verify_password(kept: str, password: str) -> bool:
    """Return whether this is the password that was hashed; an unreadable hash counts as another."""
    try:
        return _in_lane(_HASHER.verify, kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Return whether the hash was made with other costs than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hash_password("nobody has this password")


def spend(password: str) -> bool:
    """Take as long as a verification and say no: an unknown account answers no faster (ASVS 5.0 6.3.8)."""
    return verify_password(_nobodys(), password) and False
