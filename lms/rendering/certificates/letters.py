"""Which letters of a name no font on this machine can draw, asked before anything is issued.

Asks fontconfig, whose fonts the PDF engine uses, so that the engine itself stays out of the web processes.
Holds no rule about names.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from unicodedata import category

#: Unicode: controls and signs that are never drawn, spaces, and selectors of variants.
_NEVER_DRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_VARIANTS = range(0xFE00, 0xFE10)


@cache
def _drawn() -> tuple[tuple[int, int], ...]:
    """Read from where to where there are fonts, in order and merged; nothing where that cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return ()
    asked = [program, "--format", "%{charset}\n"]
    listed = subprocess.run(asked, check=False, capture_output=True, text=True)  # noqa: S603  # our own words
    merged: list[tuple[int, int]] = []
    for first, last in sorted(_span(one) for one in set(listed.stdout.split())):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _span(written: str) -> tuple[int, int]:
    first, _, last = written.partition("-")
    return int(first, 16), int(last or first, 16)


def look_again() -> bool:
    """Ask the machine for its fonts anew; return whether there are any that can be listed."""
    _drawn.cache_clear()
    return bool(_drawn())


def undrawable(text: str) -> tuple[str, ...]:
    """List the letters of a text that no font here has, each once, in their order; () where none is known."""
    missing = _missing(text)
    if missing and look_again():  # perhaps a font has been installed since
        missing = _missing(text)
    return missing


def _missing(text: str) -> tuple[str, ...]:
    spans = _drawn()
    if not spans:
        return ()
    asked = dict.fromkeys(
        sign for sign in text if category(sign) not in _NEVER_DRAWN and ord(sign) not in _VARIANTS
    )
    return tuple(sign for sign in asked if not any(first <= ord(sign) <= last for first, last in spans))
