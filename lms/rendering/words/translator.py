"""Words outside a request: the same catalogues that the pages read, for lessons, PDFs, mails and terminals.

Holds how a language is spoken (gettext, plural, order of words) and the way to its dates, times, numbers and
lists, which `quantities` makes; holds no sentence of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import TypeVar
from unicodedata import combining, normalize

from babel import Locale
from babel.support import Translations

from lms.core.locales import Order, direction, language_of
from lms.core.people.letters import OPENED
from lms.rendering.words.quantities import (
    Spoken,
    choice_words,
    cldr,
    date_words,
    day_words,
    length_words,
    list_words,
    number_words,
    time_words,
    zone_words,
)
from lms.settings import bundled_site

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Translator:
    """One interface language: its catalogue and its way with dates and numbers."""

    locale: str
    catalogue: NullTranslations

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return direction(self.locale)

    def gettext(self, text: str, **values: object) -> str:
        """Return a sentence, with `%(name)s` filled in."""
        said = self.catalogue.gettext(text)
        return said % values if values else said

    def sense(self, context: str, text: str) -> str:
        """Return a word that has several senses, in the one that is named (`msgctxt`)."""
        return self.catalogue.pgettext(context, text)

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Return a sentence that counts; `%(num)s` is the number."""
        return self.catalogue.ngettext(one, many, num) % {"num": num, **values}

    def language(self, tag: str) -> str:
        """Name a language, signed ones too, in this one; an unknown tag stands as it is."""
        signed = {
            "ase": self.gettext("American Sign Language (ASL)"),
            "fcs": self.gettext("Quebec Sign Language (LSQ)"),
        }
        if tag in signed:
            return signed[tag]
        there, here = language_of(tag), cldr(self.locale)
        codes = (tag.replace("-", "_"), "" if there.is_borrowed else there.cldr)
        named = next((here.languages[code] for code in codes if code in here.languages), None)
        if named is None and not there.is_borrowed:
            named = Locale.parse(there.cldr).get_display_name(here)
        return named or there.name

    def date(self, iso: str) -> str:
        """Return a date in words (`quantities.day_words`)."""
        return day_words(iso, self.locale)

    def time(self, at: datetime) -> str:
        """Return a time of day with its zone, which is never left to be guessed."""
        return self._joined(
            self.gettext("%(time)s %(zone)s"),
            time=time_words(at, self.locale),
            zone=zone_words(at, self.locale),
        )

    def moment(self, at: datetime) -> str:
        """Return a day and a time of day with its zone."""
        day = date_words(at, self.locale)
        return self._joined(self.gettext("%(date)s, %(time)s"), date=day, time=self.time(at))

    def number(self, number: float, digits: int = 0) -> str:
        """Return a number with at most so many decimals."""
        return number_words(number, self.locale, digits)

    def length(self, minutes: int) -> str:
        """Return a length of time, for a sentence that says "about" itself."""
        return length_words(minutes, self.locale)

    def about(self, minutes: int) -> str:
        """Return how long something takes: no more than about, because everybody learns at their own pace."""
        return self._joined(self.gettext("about %(time)s"), time=self.length(minutes))

    def series(self, items: Sequence[str]) -> str:
        """Return a list as it stands in a sentence: "a, b and c"."""
        return list_words(items, self.locale)

    def any_of(self, words: Sequence[str]) -> str:
        """Return words that are quoted, of which each alone is meant: “a” or “b”."""
        return choice_words([self.gettext("“%(words)s”", words=one) for one in words], self.locale)

    def ordered(self, things: Iterable[Thing], words: Callable[[Thing], str]) -> list[Thing]:
        """Put things in the order of their words, as a reader of this language expects it."""
        return sorted_by(things, words, self.locale)

    @staticmethod
    def _joined(pattern: str, **parts: str) -> str:
        """Fill parts into a pattern; what is heard of them goes along."""
        heard = {name: getattr(part, "heard", part) for name, part in parts.items()}
        shown = pattern % parts
        return Spoken(shown, pattern % heard) if heard != parts else shown


@cache
def translator_for(locale: str, folder: Path | None = None) -> Translator:
    """Return the voice of a language; without a catalogue it speaks the sentences as they are written."""
    found = Translations.load(folder or bundled_site() / "translations", [locale.replace("-", "_")])
    return Translator(locale, found)


def _bare(text: str) -> str:
    """Return a text without accents and capitals, œ as oe."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign)).translate(
        OPENED
    )


def initial(word: str) -> str:
    """Return the letter under which people look for a word, as a capital; "0–9" for what begins with none.

    >>> initial("évènement"), initial("œuvre"), initial("2SLGBTQIA+")
    ('E', 'O', '0–9')
    """
    first = next((sign for sign in _bare(word) if sign.isalnum()), "")
    return first.upper() if first.isalpha() else "0–9"


@cache
def _collator() -> Callable[[str], tuple[int, ...]]:
    """Return the Unicode collation algorithm; its table of 12 MB is read when the first list is sorted."""
    from pyuca import Collator  # noqa: PLC0415

    sort_key: Callable[[str], tuple[int, ...]] = Collator().sort_key
    return sort_key


@lru_cache(maxsize=4096)
def order_key(text: str, locale: str) -> tuple[tuple[int, ...], ...]:
    """Return what puts texts in the order in which readers of a language look for them (UTS #10).

    Signs and spaces count less than letters; accents decide between equal letters, from the end of the word
    in Canadian French (CAN/CSA Z243.4.1); capitals decide last.

    >>> sorted(["côté", "zèle", "cote", "École", "coté", "côte"], key=lambda word: order_key(word, "fr"))
    ['cote', 'côte', 'coté', 'côté', 'École', 'zèle']
    """
    shown = "".join(sign if sign.isalnum() or combining(sign) else " " for sign in text)
    letters, accents, capitals = _levels(_collator()(" ".join(shown.split())))
    if language_of(locale).order is Order.ACCENTS_BACKWARD:
        accents = accents[::-1]
    return letters, accents, capitals, tuple(map(ord, text))


def _levels(key: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Cut a sort key at its zeros: letters, accents, capitals."""
    first = key.index(0)
    second = key.index(0, first + 1)
    return key[:first], key[first + 1 : second], key[second + 1 :]


def sorted_by(things: Iterable[Thing], words: Callable[[Thing], str], locale: str) -> list[Thing]:
    """Put things in the order of their words, as a reader of this language expects it."""
    return sorted(things, key=lambda thing: order_key(words(thing), locale))
