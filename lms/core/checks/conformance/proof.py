"""The program's own browser proof: what is looked at in browsers before a version of the program goes out.

Holds facts about tests, which a test compares with those tests; it is about the program's pages, not about
the lessons of a course.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BrowserProof:
    """An engine and what it is put to: so many states of pages at least, in these languages and looks."""

    engine: str
    at_least: str  # version of the engine
    standards: tuple[str, ...]
    states: int
    languages: tuple[str, ...]
    widths: tuple[int, ...]  # CSS pixels
    themes: tuple[str, ...]


PROOF = BrowserProof(
    engine="axe-core",
    at_least="4.12",
    standards=("WCAG 2.2 A", "WCAG 2.2 AA"),
    states=100,
    languages=("en", "fr"),
    widths=(320, 1280),
    themes=("light", "dark"),
)
#: What is known not to have been looked at, with the program or with any release; words are the catalogues'.
LIMITS = ("machines-find-some", "no-people-yet", "no-sign-language", "reading-by-formula")
