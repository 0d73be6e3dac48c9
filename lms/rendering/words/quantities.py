"""Times, dates, numbers, lengths of time and lists, as Canadian style guides ask for them in each language.

The one place that makes them: pages, terminals, mails, certificates and files come here through `Translator`.
Babel knows the languages; what it gives against the Translation Bureau (*The Canadian Style*, *Guide du
rédacteur*) is put right here. Holds no sentence and no catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Self

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from markupsafe import Markup, escape

from lms.core.locales import language_of

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # what Babel puts before "p.m.": some fonts lack it and some voices read it
_MONTH_ONLY = 2  # parts of YYYY-MM
_IN_MINUTES = 90  # below which a length of time is told in minutes alone


class Spoken(str):
    """A text that is written short and heard in full, such as "14 h 05" and "14 heures 5".

    In a page the letters are for the eye and the words for the ear; wherever there is only text, the letters
    stand alone. A browser without styles shows the words in brackets behind.

    >>> f"{Spoken('14 h', '14 heures')}"
    '14 h'
    >>> print(escape(Spoken("14 h", "14 heures")))
    <span aria-hidden="true">14 h</span><span class="unseen"> (14 heures)</span>
    """

    __slots__ = ("heard",)
    heard: str

    def __new__(cls, shown: str, heard: str) -> Self:
        """Make the text out of what is shown and what is heard."""
        made = super().__new__(cls, shown)
        made.heard = heard
        return made

    def __html__(self) -> str:
        """Return both for a page."""
        shown, heard = escape(str(self)), escape(self.heard)
        return Markup('<span aria-hidden="true">{}</span><span class="unseen"> ({})</span>').format(
            shown, heard
        )


@cache
def cldr(locale: str) -> Locale:
    """Return the locale of Babel for a language of ours."""
    return Locale.parse(language_of(locale).cldr)


def day_words(iso: str, locale: str) -> str:
    r"""Return a date of the form YYYY-MM-DD, YYYY-MM or YYYY in words; anything else as it stands.

    Day and month stay on one line; the first of a month is an ordinal in French.

    >>> day_words("2026-07-18", "en"), day_words("2026-12-01", "fr"), day_words("2027-02", "fr")
    ('18\xa0July 2026', '1er\xa0décembre 2026', 'février 2027')
    """
    try:
        parts = [int(part) for part in iso.split("-")]
        day = date(*[*parts, 1, 1][:3])
    except ValueError:
        return iso
    where = cldr(locale)
    if len(parts) == 1:
        return str(day.year)
    if len(parts) == _MONTH_ONLY:
        return format_skeleton("yMMMM", day, locale=where)
    said = format_date(day, language_of(locale).day or "long", locale=where).replace(NARROW, NO_BREAK)
    return said.replace(f"1{NO_BREAK}", f"1er{NO_BREAK}", 1) if _is_french(where) and day.day == 1 else said


def date_words(at: datetime, locale: str) -> str:
    """Return the day of a moment in words."""
    return day_words(at.date().isoformat(), locale)


def time_words(at: datetime, locale: str) -> str:
    r"""Return a time of day; the zone is named beside it (`zone_words`).

    French hours are written "14 h 05", full ones "14 h", and heard as words: a voice reads "h" as a letter.

    >>> at = datetime(2026, 12, 1, 14, 5)
    >>> time_words(at, "en"), time_words(at, "fr"), time_words(at.replace(minute=0), "fr")
    ('2:05\xa0p.m.', '14\xa0h\xa005', '14\xa0h')
    >>> time_words(at, "fr").heard
    '14 heures 5'
    """
    where = cldr(locale)
    if not _is_french(where):
        return format_time(at.time(), "short", locale=where).replace(NARROW, NO_BREAK)
    hours, minutes = at.hour, at.minute
    shown = f"{hours}{NO_BREAK}h" + (f"{NO_BREAK}{minutes:02}" if minutes else "")
    heard = f"{hours} heure{'s' if hours > 1 else ''}" + (f" {minutes}" if minutes else "")
    return Spoken(shown, heard)


def zone_words(at: datetime, locale: str) -> str:
    """Name the time zone of a time in its season: short, or in full where there is no short name.

    >>> from zoneinfo import ZoneInfo
    >>> zone_words(datetime(2026, 7, 1, tzinfo=ZoneInfo("America/Toronto")), "fr")
    'HAE'
    """
    where = cldr(locale)
    short = get_timezone_name(at, "short", locale=where)
    return short if short.isalpha() else get_timezone_name(at, locale=where)


def number_words(number: float, locale: str, digits: int = 0) -> str:
    r"""Return a number with the marks of its language, and at most so many decimals.

    >>> number_words(1234.5, "en", 1), number_words(1234.5, "fr", 1), number_words(3.0, "fr", 2)
    ('1,234.5', '1\xa0234,5', '3')
    """
    pattern = f"#,##0.{'#' * digits}" if digits else "#,##0"
    return format_decimal(round(number, digits), format=pattern, locale=cldr(locale)).replace(
        NARROW, NO_BREAK
    )


def length_words(minutes: int, locale: str) -> str:
    r"""Return a length of time: minutes, and from an hour and a half on hours and minutes.

    French writes "h" and "min" in running text; full hours, and other languages, get their words. In French
    a number stays on one line with its unit.

    >>> length_words(1, "en"), length_words(89, "fr"), length_words(195, "fr"), length_words(195, "en")
    ('1 minute', '89\xa0minutes', '3\xa0h\xa015\xa0min', '3 hours 15 minutes')
    >>> length_words(195, "fr").heard
    '3 heures 15 minutes'
    """
    where = cldr(locale)
    hours, rest = divmod(minutes, 60) if minutes >= _IN_MINUTES else (0, minutes)
    counted = ((hours, "duration-hour"), (rest, "duration-minute"))
    parts = [format_unit(count, unit, length="long", locale=where) for count, unit in counted if count]
    heard = " ".join(parts or [format_unit(0, "duration-minute", length="long", locale=where)])
    heard = heard.replace(" ", NO_BREAK) if _is_french(where) else heard
    if not (hours and rest and _is_french(where)):
        return heard
    return Spoken(f"{hours}{NO_BREAK}h{NO_BREAK}{rest}{NO_BREAK}min", heard.replace(NO_BREAK, " "))


def list_words(items: Sequence[str], locale: str) -> str:
    """Return a list as it stands in a sentence.

    >>> list_words(["a", "b", "c"], "en"), list_words(["a", "b"], "fr"), list_words([], "fr")
    ('a, b and c', 'a et b', '')
    """
    return format_list(list(items), locale=cldr(locale))


def choice_words(items: Sequence[str], locale: str) -> str:
    """Return a list of which each alone is meant.

    >>> choice_words(["a", "b", "c"], "en"), choice_words(["a", "b"], "fr")
    ('a, b or c', 'a ou b')
    """
    return format_list(list(items), style="or", locale=cldr(locale))


def _is_french(where: Locale) -> bool:
    return bool(where.language == "fr")
