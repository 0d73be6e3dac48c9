"""Catalogues: which are usable, and made for machines from the ones that people write.

Holds no sentence. A catalogue that cannot be used stops the start with words that say which one and why;
otherwise it would fail on the page of whoever asks for that language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from lms.core.errors import Unavailable
from lms.core.locales import LANGUAGES, language_of

_FORMS = re.compile(r"nplurals\s*=\s*(\d)")
_COUNTS = (0, 1, 2, 3, 5, 11, 21, 100, 1_000_000)


def compile_all(folder: Path) -> int:
    """Make every `.mo` that is missing or older than its `.po`; return how many.

    Raises: OSError when the folder cannot be written and something is missing; Unavailable
    `catalogue.broken`, `catalogue.form-missing`.
    """
    made = 0
    for written in _written(folder):
        compiled = written.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= written.stat().st_mtime_ns:
            continue
        catalogue = _read(written)
        draft = compiled.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(compiled)
        made += 1
    return made


def require_usable(folder: Path) -> None:
    """Refuse a folder of catalogues that cannot be used as it stands.

    Raises: Unavailable `catalogue.unknown-language` for a tag that is not in the registry, `catalogue.broken`
    for a file that cannot be read or counts in a way that no number fits; a catalogue that was not compiled
    speaks the sentences as they are written.
    """
    for written in _written(folder):
        tag = written.parent.parent.name
        if tag.replace("_", "-") not in LANGUAGES:
            raise Unavailable("catalogue.unknown-language", tag=tag, known=tuple(LANGUAGES))
        compiled = written.with_suffix(".mo")
        if compiled.exists() and not _counts(compiled, compiled.stat().st_mtime_ns):
            raise Unavailable("catalogue.broken", path=str(written))


@cache
def _counts(compiled: Path, written: int) -> bool:  # noqa: ARG001  # when it was, so that a newer one is read
    """Return whether a compiled catalogue can be read, and has a form for each number that is counted."""
    try:
        with compiled.open("rb") as file:
            catalogue = GNUTranslations(file)
    except (OSError, ValueError, IndexError, UnicodeDecodeError):  # what the parser of the header raises
        return False
    declared = _FORMS.search(catalogue.info().get("plural-forms", ""))
    return declared is not None and all(
        0 <= catalogue.plural(number) < int(declared.group(1))  # type: ignore[attr-defined]  # set while parsing
        for number in _COUNTS
    )


def _read(written: Path) -> Catalog:
    try:
        with written.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError, UnicodeDecodeError, SyntaxError) as problem:
        raise Unavailable("catalogue.broken", path=str(written)) from problem
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else ()
        if any(forms) and not all(forms):  # a page would say nothing at all for such numbers
            raise Unavailable("catalogue.form-missing", path=str(written), sentence=message.id[0])
    if catalogue.locale is None:  # without one Babel would not write how the language counts
        catalogue.locale = language_of(written.parent.parent.name).cldr
    return catalogue


def _written(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*/LC_MESSAGES/messages.po")))


def uncompiled(folder: Path) -> list[str]:
    """List the languages that would be spoken as the code is written, because nobody has compiled them."""
    return [path.parent.parent.name for path in _written(folder) if not path.with_suffix(".mo").exists()]
