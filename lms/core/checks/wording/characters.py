"""Characters that no word is made of: control characters, private use, surrogates, noncharacters.

A browser shows nothing or a box for them, a screen reader stumbles, a database may refuse them, and the site
uses some of them as marks. Holds what they are, also when they are written as a reference (`&#xE000;`), which
Markdown turns into the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: C0 and C1 but for tab and line ends; surrogates; private use; noncharacters; U+FFFD, a mark of damage.
_RANGES = (
    (0x00, 0x08),
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0xD800, 0xF8FF),
    (0xFDD0, 0xFDEF),
    (0xFFFD, 0xFFFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0xF0000, 0x10000)),
    (0xF0000, 0x10FFFF),
)
_UNUSABLE = "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES)
_MET = re.compile(rf"[{_UNUSABLE}]|&#(?:[xX]([0-9a-fA-F]{{1,6}})|([0-9]{{1,7}}));")
_ONE = re.compile(f"[{_UNUSABLE}]")
_LAST = 0x10FFFF


def is_unusable(code: int) -> bool:
    """Return whether a code point can be no part of a word.

    >>> is_unusable(0), is_unusable(0xE000), is_unusable(ord("é")), is_unusable(10)
    (True, True, False, False)
    """
    return code > _LAST or _ONE.match(chr(code)) is not None


def unusable(text: str) -> Iterator[tuple[int, str]]:
    r"""Return place (counted from 0) and name of each such character of a text.

    >>> list(unusable("a\x00b&#xE000;"))
    [(1, 'U+0000'), (3, 'U+E000')]
    """
    for met in _MET.finditer(text):
        digits, base = (met[1], 16) if met[1] else (met[2], 10)
        code = int(digits, base) if digits else ord(met[0])
        if is_unusable(code):
            yield met.start(), f"U+{code:04X}"
