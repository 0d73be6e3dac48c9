"""Numbers as people type and paste them, with their units.

A decimal comma, groups of three, other digits, fractions and the usual short forms of units are understood.
Who types is not asked in which language. Holds no mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lms.core.people.letters import APOSTROPHES, DASHES, plain, visible

LONGEST = 200  # characters of a typed answer that are looked at
RAISED = re.compile(r"(?<=\d)(?=[²³¹⁰⁴-⁹])")  # where an exponent begins
SIGNS = str.maketrans(
    {**dict.fromkeys(DASHES, "-"), "＋": "+", "٫": ".", "٬": ",", "٪": "%", "∕": "/", "÷": "/"}
)
_AMOUNT = re.compile(
    r"(?P<outer>[+-]?)\s*(?:(?P<before>[^\W\d_]{0,4}\s*[^\w\s.,+/()-]\s*[^\W\d_]{0,4}|CAD|EUR)\s*)?"
    r"(?P<inner>[+-]?)\s*"
    r"(?:(?P<fraction>(?:\d+\s+)?\d+\s*/\s*\d+)|(?P<plain>[.,]?\d[\d.,\s]*))"
    r"(?P<after>p\. ?100|[^\d]*)",
    re.IGNORECASE,
)
_GROUP = re.compile(rf"(?<=\d)[{APOSTROPHES}](?=\d{{3}}(?!\d))")
_THOUSANDS = re.compile(r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*")
#: What means the same unit, in either language: without accents, spaces, points and hyphens.
_SAME_UNIT = tuple(
    frozenset(line.split())
    for line in (
        "s sec secs second seconds seconde secondes",
        "min mins mn minute minutes",
        "h hr hrs hour hours heure heures",
        "d day days j jr jour jours",
        "wk wks week weeks sem semaine semaines",
        "mo mos month months mois",
        "y yr yrs year years an ans annee annees",
        "% percent pct pourcent pc p100",
        "$ ca$ $ca c$ $c can$ $can cad cad$ $cad dollar dollars canadiandollars dollarscanadiens",
        "€ eur euro euros",
        "mm millimetre millimetres millimeter millimeters",
        "cm centimetre centimetres centimeter centimeters",
        "m metre metres meter meters",
        "km kilometre kilometres kilometer kilometers",
        "g gram grams gramme grammes",
        "kg kilo kilos kilogram kilograms kilogramme kilogrammes",
        "ml millilitre millilitres milliliter milliliters",
        "l litre litres liter liters",
        "°c c celsius degreecelsius degreescelsius degrecelsius degrescelsius",
    )
)
_ALWAYS = ("$", "%")  # where a question has no unit


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """Every number that a typed text can mean, and what stands beside it, before and behind."""

    values: tuple[Decimal, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def means_unit(self) -> bool:
        """Return whether nothing stands beside the number, or a usual unit."""
        return all(any(part in forms for forms in _SAME_UNIT) for part in self.beside)

    def fits(self, units: Iterable[str]) -> bool:
        """Return whether what stands beside the number is nothing, or one of these units."""
        forms = {form for unit in units or _ALWAYS for form in _forms(_key(unit))}
        return all(part in forms or part.removesuffix("s") in forms for part in self.beside)

    def differs_in_unit(self, other: TypedNumber) -> bool:
        """Return whether both have a usual unit, and not the same one."""
        both = self.beside and other.beside and self.means_unit and other.means_unit
        return bool(both) and not self.fits(other.beside)


def read_number(text: str) -> TypedNumber:
    """Read a number with whatever stands beside it; no values when the text is none.

    >>> read_number("CA$1’500"), read_number("2½ h").values
    (TypedNumber(values=(Decimal('1500'),), beside=('ca$',)), (Decimal('2.5'),))
    """
    shown = visible(text[:LONGEST]).translate(SIGNS)
    found = None if RAISED.search(shown) else _AMOUNT.fullmatch(_GROUP.sub("", _opened(shown).strip()))
    if not found or (found["outer"] and found["inner"]):
        return TypedNumber()
    beside = tuple(filter(None, (_key(found["before"] or ""), _key(found["after"]))))
    sign = -1 if "-" in found["outer"] + found["inner"] else 1
    read = _fraction(found["fraction"]) if found["fraction"] else _decimals(found["plain"])
    return TypedNumber(tuple(sign * value for value in read), beside)


def numbers(text: str, units: tuple[str, ...] = ()) -> tuple[Decimal, ...]:
    """Return every number that a typed text can mean; none when it is not a number or names another unit.

    "1,500" is fifteen hundred in English and one and a half in French, and who types is not asked which.

    >>> numbers("12,5 %", ("%",)), numbers("1 500"), numbers("1,500"), numbers("about thirty")
    ((Decimal('12.5'),), (Decimal('1500'),), (Decimal('1500'), Decimal('1.500')), ())
    """
    found = read_number(text)
    return found.values if found.fits(units) else ()


def _opened(text: str) -> str:
    """Write ½ as 1/2 behind a space, and every digit as we write it."""
    return "".join(
        f" {unicodedata.normalize('NFKC', sign).replace('⁄', '/')}"
        if unicodedata.decomposition(sign).startswith("<fraction>")
        else str(unicodedata.digit(sign))
        if sign.isdecimal()
        else sign
        for sign in text
    )


def _key(unit: str) -> str:
    return "".join(sign for sign in plain(unit) if not sign.isspace() and sign not in ".-'’")


def _forms(key: str) -> set[str]:
    same = {form for forms in _SAME_UNIT if key in forms for form in forms}
    return same | {key, key.removesuffix("s")}


def _fraction(typed: str) -> tuple[Decimal, ...]:
    above, _, below = typed.partition("/")
    *whole, top = above.split()
    if not int(below):
        return ()
    return (sum(map(Decimal, whole), Decimal(0)) + Decimal(top) / Decimal(below),)


def _decimals(typed: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, _readings("".join(typed.split()).rstrip(".,"))))


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
