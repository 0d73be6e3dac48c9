"""Two or more who do something at the same instant, each by a connection of their own.

Holds no test; `tests/storage/test_races.py` and its neighbours do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import TypeVar

from lms.core.errors import ParvisError

R = TypeVar("R")


def at_once(*actions: Callable[[], R]) -> list[R | ParvisError]:
    """Do all of these at the same instant; give what each returned, or how it was refused.

    Any other error, such as one of a database, is raised: nobody may see one.
    """
    gate = Barrier(len(actions))
    came: list[R | Exception | None] = [None] * len(actions)

    def do(place: int, action: Callable[[], R]) -> None:
        gate.wait()
        try:
            came[place] = action()
        except Exception as problem:  # noqa: BLE001  # told to the test below
            came[place] = problem

    threads = [Thread(target=do, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in came:
        if isinstance(one, Exception) and not isinstance(one, ParvisError):
            raise one
    return came  # type: ignore[return-value]  # none is left empty, and other errors were raised


def returned(came: Sequence[R | ParvisError]) -> list[R]:
    """Return what was returned, without the refusals."""
    return [one for one in came if not isinstance(one, ParvisError)]


def refusals(came: Sequence[object]) -> list[str]:
    """Return the codes of the refusals."""
    return sorted(one.code for one in came if isinstance(one, ParvisError))
