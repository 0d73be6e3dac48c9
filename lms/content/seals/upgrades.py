"""The versions of the sealed format, and what makes an older one into the present one.

Holds one step for each older format, on plain values, for trees and for locks; a step is never changed, for
it reads what was sealed with that format for ever. A sample of each format is kept in `tests/formats`.
Described in `docs/sealed-format.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from lms.core.publishing.tags import TAG, escaped

FORMAT = 2  # that is written
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


class NewerFormat(ValueError):
    """Sealed by a later program: only a newer version of this one can read it."""

    def __init__(self, found: int) -> None:
        super().__init__(f"format {found}")
        self.found = found


# --- 1 to 2: tags instead of the names of classes ---------------------------------------------------
def _tree_1(tree: dict[str, Any]) -> dict[str, Any]:
    """Format 1 wrote the names of classes, keys of maps as they were, and an empty digest of the release."""
    release = _tagged(tree.get("release"))
    if isinstance(release, dict):
        release.pop("digest", None)
    return {**tree, "release": release}


def _tagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_tagged(part) for part in value]
    if not isinstance(value, dict):
        return value
    name = value.get(TAG)
    if isinstance(name, str):
        rest = {key: _tagged(part) for key, part in value.items() if key != TAG}
        return {TAG: _HUMP.sub("-", name).lower(), **rest}
    return {escaped(key): _tagged(part) for key, part in value.items()}


def _lock_1(lock: dict[str, Any]) -> dict[str, Any]:
    """Format 1 of the lock differs by its number alone: it tells which tree belongs to it."""
    return lock


_Step = Callable[[dict[str, Any]], dict[str, Any]]
#: Format -> what makes it the next one.
_TREES: Mapping[int, _Step] = {1: _tree_1}
_LOCKS: Mapping[int, _Step] = {1: _lock_1}


# --- the chain --------------------------------------------------------------------------------------
def upgraded_tree(tree: object) -> dict[str, Any]:
    """Return a tree in the present format.

    Raises: NewerFormat; ValueError when it is no tree.
    """
    return _upgraded(tree, _TREES)


def upgraded_lock(lock: object) -> dict[str, Any]:
    """Return the values of a lock file in the present format.

    Raises: NewerFormat; ValueError when it is no lock.
    """
    return _upgraded(lock, _LOCKS)


def _upgraded(value: object, steps: Mapping[int, _Step]) -> dict[str, Any]:
    found = value.get("format") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(found) is not int or found < min(steps):
        message = "no format is named"
        raise ValueError(message)
    if found > FORMAT:
        raise NewerFormat(found)
    for step in range(found, FORMAT):
        value = {**steps[step](value), "format": step + 1}
    return value
