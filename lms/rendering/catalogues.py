"""Catalogues for machines: made from the ones that people write, when those are newer.

Holds no sentence. Called by `lms setup`; an installed package brings them ready-made.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(folder: Path) -> int:
    """Make every `.mo` that is missing or older than its `.po`; give how many.

    Raises: OSError when the folder cannot be written and something is missing.
    """
    made = 0
    for written in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = written.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= written.stat().st_mtime_ns:
            continue
        with written.open("rb") as file:
            catalogue = read_po(file, locale=written.parent.parent.name)
        draft = compiled.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(compiled)
        made += 1
    return made
