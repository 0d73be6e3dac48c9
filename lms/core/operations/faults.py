"""What the log says of a fault of ours: its kind and where it happened, never what it says.

The sentence of an exception may repeat what somebody typed, an address, or the row of a statement, and a log
is read by others (ASVS 5.0 16.2.5). Holds the writing alone.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def _chain(problem: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = problem
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def whereabouts(problem: BaseException) -> str:
    """Write an exception and what it came from as kinds and lines of code, the newest first."""
    told = []
    for one in _chain(problem):
        frames = traceback.extract_tb(one.__traceback__)
        lines = (f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        told.append("\n".join([type(one).__name__, *lines]))
    return "\nfrom ".join(told)
