"""The shape of a rule's words, and the mark by which catalogues find them.

Called by the lists of words beside it.
"""

from __future__ import annotations

from dataclasses import dataclass


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a sentence for the catalogues without translating it yet."""
    return sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """What is wrong (with what was found), why it matters, how to mend it."""

    title: str
    why: str
    mend: str
