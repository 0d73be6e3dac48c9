"""The marks by which catalogues find sentences that are translated later, and the shape of a rule's words.

The marks do nothing but stand around a sentence; `script/catalogues` knows their names.
"""

from __future__ import annotations

from dataclasses import dataclass


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a sentence for the catalogues without translating it yet."""
    return sentence


def NP_(context: str, sentence: str) -> str:  # noqa: N802, ARG001  # the name that gettext tools look for
    """Mark a word with the sense that it has here (`msgctxt`): one word may need two translations."""
    return sentence


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802  # the name that gettext tools look for
    """Mark a sentence that counts: what is said of one, and of several."""
    return one, many


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What is wrong (with what was found), why it matters, how to mend it."""

    title: str
    why: str
    mend: str
