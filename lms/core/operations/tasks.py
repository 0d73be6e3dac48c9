"""Tasks: things that a person should look at.

Holds what one is; what deserves one is judged by the actions that open it.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.people.actors import EVERYTHING, Extent


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at; `extent` says whose it is, which decides who may see it."""

    id: str
    kind: str
    about: str
    opened_at: int
    extent: Extent = EVERYTHING
