"""Text to fill pages with: sentences of the bundled lessons, so that it compresses and checks like real text.

Holds no text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path

COURSES = Path(__file__).parents[1] / "courses"
COURSE = "positive-spaces-1"  # a lesson speaks with the words of one course; figures stay comparable
_PLAIN = re.compile(r"[^\[\]{}|#>*:_`]{40,}")
_END = re.compile(r"(?<=[.!?])\s+")
SHORTEST, LONGEST = 5, 30  # words


@cache
def _lines(lang: str) -> tuple[str, ...]:
    """Return the plain sentences of the bundled lessons in a language."""
    found = []
    for path in sorted(COURSES.glob(f"{COURSE}/*/draft/*.{lang}.md")):
        for line in path.read_text("utf-8").splitlines():
            if line[:1].isalpha() and _PLAIN.fullmatch(line):
                found += [one for one in _END.split(line) if SHORTEST <= len(one.split()) <= LONGEST]
    return tuple(dict.fromkeys(found))


def sentences(lang: str, words: int, start: int = 0) -> Iterator[str]:
    """Return sentences until there are so many words; another `start` gives another text."""
    lines = _lines(lang)
    count = 0
    for line in islice(cycle(lines), start % len(lines), None):
        yield line
        count += len(line.split())
        if count >= words:
            return
