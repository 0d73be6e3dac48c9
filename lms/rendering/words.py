"""Words outside a request: the same catalogues that the pages read, for lessons, PDFs, mails and terminals.

Holds how a language is spoken (gettext, plural, dates in words); holds no sentence of its own but
dates. Called by `rendering`, `actions`, `jobs`, `cli`, and by `web` for what is prepared in advance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TypeVar
from unicodedata import combining, normalize

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.support import Translations

from lms.core.locales import direction
from lms.settings import bundled_site

Thing = TypeVar("Thing")

_DAY_FIRST = {"en": "d MMMM y", "fr": "d MMMM y"}  # content guide 8.1: 18 July 2026, 18 juillet 2026


@dataclass(frozen=True)
class Voice:
    """One interface language: its catalogue and its way with dates."""

    locale: str
    catalogue: NullTranslations

    @property
    def direction(self) -> str:
        """Say `ltr` or `rtl`."""
        return direction(self.locale)

    def gettext(self, text: str, **values: object) -> str:
        """Say a sentence, with `%(name)s` filled in."""
        said = self.catalogue.gettext(text)
        return said % values if values else said

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Say a sentence that counts; `%(num)s` is the number."""
        return self.catalogue.ngettext(one, many, num) % {"num": num, **values}

    def language(self, tag: str) -> str:
        """Name a language, signed ones too, in this one; an unknown tag stands as it is."""
        signed = {
            "ase": self.gettext("American Sign Language (ASL)"),
            "fcs": self.gettext("Quebec Sign Language (LSQ)"),
        }
        if tag in signed:
            return signed[tag]
        try:
            return Locale.parse(tag, sep="-").get_display_name(_babel_locale(self.locale)) or tag
        except (UnknownLocaleError, ValueError):
            return tag

    def date(self, iso: str) -> str:
        """Say a date of the form YYYY-MM-DD, YYYY-MM or YYYY in words; anything else as it stands.

        >>> voice("en").date("2026-07-18"), voice("fr").date("2026-07-01"), voice("fr").date("2027-02")
        ('18 July 2026', '1er juillet 2026', 'février 2027')
        """
        try:
            parts = [int(part) for part in iso.split("-")]
            day = date(*[*parts, 1, 1][:3])
        except ValueError:
            return iso
        language = self.locale.split("-", maxsplit=1)[0]
        where = _babel_locale(self.locale)
        if len(parts) == 1:
            return str(day.year)
        if len(parts) == 2:  # noqa: PLR2004  # year and month
            return format_skeleton("yMMMM", day, locale=where)
        said = format_date(day, _DAY_FIRST.get(language, "long"), locale=where)
        return said.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else said


@cache
def _babel_locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


@cache
def voice(locale: str, folder: Path | None = None) -> Voice:
    """Give the voice of a language; without a catalogue it speaks the sentences as they are written."""
    found = Translations.load(folder or bundled_site() / "translations", [locale.replace("-", "_")])
    return Voice(locale, found)


def _bare(text: str) -> str:
    """Give a text without accents and capitals."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))


def initial(word: str) -> str:
    """Give the letter under which people look for a word, as a capital; "0–9" for what begins with none.

    >>> initial("évènement"), initial("2SLGBTQIA+")
    ('E', '0–9')
    """
    first = next((sign for sign in _bare(word) if sign.isalnum()), "")
    return first.upper() if first.isalpha() else "0–9"


def sorted_by(things: Iterable[Thing], words: Callable[[Thing], str]) -> list[Thing]:
    """Put things in the order of their words as people look for them, accents and capitals aside."""

    def key(thing: Thing) -> tuple[str, str]:
        said = words(thing)
        return "".join(sign for sign in _bare(said) if sign.isalnum() or sign == " "), said

    return sorted(things, key=key)
