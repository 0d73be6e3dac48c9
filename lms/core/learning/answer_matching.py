"""Typed answers, compared as a kind reader would compare them.

Accents, case, spaces, hyphens, the shape of apostrophes and the letters of another keyboard are forgiven;
signs that make another answer are not: “35” is not “3.5”, “C” is not “C++”. Holds no mark; numbers are read
in `typed_numbers`.
"""

from __future__ import annotations

import re
import unicodedata

from lms.core.learning.typed_numbers import LONGEST, RAISED, SIGNS, read_number
from lms.core.people.letters import APOSTROPHES, plain, visible

_HEARD = frozenset("LMN")  # Unicode: letters, marks that belong to letters, numbers
_SHARP = str.maketrans({"♯": "#", "×": "x"})
_GROUPS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[ ,{APOSTROPHES}]\d{{3}})+(?![\d.,])")
_LONG_NUMBER = re.compile(r"\(?\d(?:[ ./()-]{0,2}\d){6,}")  # of a telephone, a date, a file
#: Signs that make another answer of it: between digits, before a number, behind one letter or two.
_COUNTED = re.compile(
    rf"(?<=\d)\s*([^\w\s{APOSTROPHES}]+)\s*(?=\d)|(?<![\w.])([-<>≤≥±])\s?(?=\d)"
    r"|(?<!\w)[^\W\d_]{1,2}(?:\s*([+#]+)|(-)(?!\w))"
)


def _together(found: re.Match[str]) -> str:
    """Write a number in groups of three, or one long one with two signs or more, in one piece."""
    apart = re.findall(r"[./()-]", found[0])
    return found[0] if len(apart) == 1 else re.sub(r"\D", "", found[0])


def folded(text: str) -> str:
    """Reduce typed words to what is compared: letters, digits and the signs that make another answer of them.

    >>> folded(" L’Égalité "), folded("coming-out"), folded("SŒUR"), folded("3,5"), folded("C++")
    ('legalite', 'comingout', 'soeur', '3.5', 'c++')
    """
    raised = RAISED.sub("^", text[:LONGEST]).translate(SIGNS).translate(_SHARP)
    small = plain(raised).replace("⁄", "/")
    small = _GROUPS.sub(lambda found: re.sub(r"\D", "", found[0]), small)
    small = _LONG_NUMBER.sub(_together, small)
    counted = {
        at for found in _COUNTED.finditer(small) for group in (1, 2, 3, 4) for at in range(*found.span(group))
    }
    heard = (
        ("." if sign == "," else sign)
        for at, sign in enumerate(small)
        if at in counted or unicodedata.category(sign)[0] in _HEARD
    )
    return unicodedata.normalize("NFC", "".join(heard) or small.strip() or visible(text).strip())


def is_same(typed: str, accepted: str) -> bool:
    """Return whether a typed text is the accepted one: the same words, or the same number.

    >>> is_same("3,50", "3.5"), is_same("35", "3.5"), is_same("½", "1/2"), is_same("30 $", "30 %")
    (True, False, True, False)
    """
    one, other, written = read_number(typed), read_number(accepted), (folded(typed), folded(accepted))
    if one.differs_in_unit(other):
        return False
    if written[0] == written[1] or all("/" in text for text in written):
        return written[0] == written[1]
    return one.means_unit and other.means_unit and not set(one.values).isdisjoint(other.values)
