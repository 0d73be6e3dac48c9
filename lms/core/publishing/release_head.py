"""What lists and pages know of an adopted release without opening its files: one row of the release index.

Holds the shape alone; it is written once, when the release is adopted, and never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class ReleaseHead:
    """One adopted release.

    `sizes` gives the bytes of a module's file to take along, by module code and language; `named` the lessons
    ("module code/lesson code") that explain a word or rest on a law, by "term:id" and "law:id"; `files` the
    digest of every file that was sealed, the lock included; `outline` is the release without texts, packed.
    """

    course: str
    version: str
    code: str
    digest: str
    parent: str
    change: str
    date: str
    law_as_of: str
    minutes: int
    title: Words
    why: Words
    locales: tuple[str, ...]
    sizes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    outline: bytes = b""

    def size(self, module: str, locale: str) -> int:
        """Return the bytes of a module's file in a language, or in the first one; 0 when it is not known."""
        sizes = self.sizes.get(module, {})
        return sizes.get(locale) or next(iter(sizes.values()), 0)
