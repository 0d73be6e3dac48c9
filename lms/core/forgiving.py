"""Typed answers, compared as a kind reader would compare them.

Accents, case, spaces, hyphens and the shape of apostrophes are forgiven; numbers forgive a decimal comma,
no-break spaces, other digits and the unit. Holds no mark. Called by `marking`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

LONGEST = 200  # characters of a typed answer that are looked at
_MARKS = re.compile(  # Latin, Greek, Hebrew, Arabic
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_HEARD = frozenset("LMN")  # Unicode: letters, marks that belong to letters, numbers
_NUMBER = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)(.*)")
_THOUSANDS = re.compile(r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*")
_SIGNS = str.maketrans({"−": "-", "–": "-", "＋": "+", "٫": ".", "٬": ","})


def folded(text: str) -> str:
    """Reduce typed words to what is compared: letters and digits, without accents, case and spaces.

    >>> folded(" L’Égalité "), folded("coming-out"), folded("SŒUR")
    ('legalite', 'comingout', 'soeur')
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text[:LONGEST].casefold().translate(_LETTERS)))
    heard = "".join(letter for letter in plain if unicodedata.category(letter)[0] in _HEARD)
    return unicodedata.normalize("NFC", heard or plain.strip())


def numbers(text: str, units: tuple[str, ...] = ()) -> tuple[Decimal, ...]:
    """Give every number that a typed text can mean; none when it is not a number or names another unit.

    "1,500" is fifteen hundred in English and one and a half in French, and who types is not asked which.

    >>> numbers("12,5 %", ("%",)), numbers("1 500"), numbers("1,500"), numbers("about thirty")
    ((Decimal('12.5'),), (Decimal('1500'),), (Decimal('1500'), Decimal('1.500')), ())
    """
    compact = "".join(text[:LONGEST].translate(_SIGNS).split())
    symbols = {unit.strip() for unit in units}
    for symbol in (*symbols, "$", "%"):
        compact = compact.removeprefix(symbol) if not symbol.isalnum() else compact
    found = _NUMBER.fullmatch(compact)
    if not found or not _is_unit(found[3], symbols):
        return ()
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in found[2].rstrip(".,"))
    return tuple(Decimal(found[1] + reading) for reading in _readings(digits))


def _is_unit(rest: str, units: set[str]) -> bool:
    """Say whether what follows the number is nothing, or its unit in the singular or the plural."""
    if not rest or rest in {"$", "%"} | units:
        return True
    said = folded(rest).removesuffix("s")
    return bool(said) and said in {folded(unit).removesuffix("s") for unit in units}


def _readings(digits: str) -> list[str]:
    grouped = re.sub("[.,]", "", digits) if _THOUSANDS.fullmatch(digits) else ""
    marks = re.findall("[.,]", digits)
    if len(marks) <= 1:
        return ([grouped] if grouped else []) + [digits.replace(",", ".")]
    if grouped:
        return [grouped]
    whole, _, part = digits.rpartition(marks[-1])
    if marks[-1] in whole or not _THOUSANDS.fullmatch(whole):
        return []
    return [re.sub("[.,]", "", whole) + "." + part]
