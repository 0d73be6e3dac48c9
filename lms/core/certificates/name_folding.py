"""How names are reduced to what is compared, each way under its number.

A certificate keeps a keyed hash of its holder's folded name. So a folding never changes: a better one gets a
new number, and the earlier ones stay for the certificates that were issued by them. Holds no hash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from lms.core.people.letters import plain

LONGEST = 200  # characters of a name that are looked at
_HEARD = frozenset("LMN")  # Unicode: letters, marks that belong to letters, numbers
_FIRST_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_FIRST_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
#: Letters that are spelled with two on a keyboard without them.
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ə": "e", "ŋ": "ng", "đ": "dj"}
)


def _heard(small: str) -> str:
    heard = "".join(letter for letter in small if unicodedata.category(letter)[0] in _HEARD)
    return unicodedata.normalize("NFC", heard or small.strip())


def _first(name: str) -> str:
    small = unicodedata.normalize("NFKD", name[:LONGEST].casefold()).casefold().translate(_FIRST_LETTERS)
    return _heard(_FIRST_MARKS.sub("", unicodedata.normalize("NFKD", small)))


def _as_typed(name: str) -> str:
    return _heard(plain(name[:LONGEST])) or _first(name)  # of a name that is nothing but a glottal stop


def _as_spelled(name: str) -> str:
    return _as_typed(unicodedata.normalize("NFC", name[:LONGEST].casefold()).translate(_SPELLED))


#: Number -> folding. 1: accents, case, spaces, signs. 2: letters of other keyboards too. 3: as 2, umlauts and
#: the like spelled with two letters (Müller, Mueller).
FOLDINGS: Mapping[int, Callable[[str], str]] = {1: _first, 2: _as_typed, 3: _as_spelled}
PRESENT = 2  # by which certificates are issued


def spellings(name: str) -> dict[int, str]:
    """Return a name in every folding, under its number.

    >>> spellings("Þóra Müller")
    {1: 'þoramuller', 2: 'thoramuller', 3: 'thoramueller'}
    """
    return {number: folding(name) for number, folding in FOLDINGS.items()}
