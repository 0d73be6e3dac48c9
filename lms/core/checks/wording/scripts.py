"""Writing systems, as far as a person's name needs them.

A name does not say its language, but a page and a PDF must say which way it runs, with which letters it is
drawn and which voice can read it. Holds a judgement by the letters alone; called by `rendering`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system: how Unicode names its letters, a language whose voice reads it, its direction."""

    name: str
    lang: str
    rtl: bool = False


#: Han letters alone are read in Chinese; with kana or hangul beside them the name is Japanese or Korean.
_SCRIPTS = (
    Script("HANGUL", "ko"),
    Script("HIRAGANA", "ja"),
    Script("KATAKANA", "ja"),
    Script("CJK", "zh"),
    Script("ARABIC", "ar", rtl=True),
    Script("HEBREW", "he", rtl=True),
    Script("SYRIAC", "syr", rtl=True),
    Script("THAANA", "dv", rtl=True),
    Script("NKO", "nqo", rtl=True),
    Script("ADLAM", "ff-Adlm", rtl=True),
    Script("CANADIAN", "iu"),
    Script("CHEROKEE", "chr"),
    Script("CYRILLIC", "ru"),
    Script("GREEK", "el"),
    Script("ARMENIAN", "hy"),
    Script("GEORGIAN", "ka"),
    Script("DEVANAGARI", "hi"),
    Script("BENGALI", "bn"),
    Script("GURMUKHI", "pa"),
    Script("GUJARATI", "gu"),
    Script("ORIYA", "or"),
    Script("TAMIL", "ta"),
    Script("TELUGU", "te"),
    Script("KANNADA", "kn"),
    Script("MALAYALAM", "ml"),
    Script("SINHALA", "si"),
    Script("THAI", "th"),
    Script("LAO", "lo"),
    Script("KHMER", "km"),
    Script("MYANMAR", "my"),
    Script("TIBETAN", "bo"),
    Script("ETHIOPIC", "am"),
    Script("MONGOLIAN", "mn"),
)
_KNOWN = {script.name: script for script in _SCRIPTS}
LATIN = Script("LATIN", "")


def script_of(name: str) -> Script:
    """Judge a name by most of its letters; Han letters beside kana or hangul are Japanese or Korean.

    >>> script_of("Zoë").lang, script_of("فاطمة").rtl, script_of("ᐊᓗᒃᑕᖅ").lang, script_of("田中さくら").lang
    ('', True, 'iu', 'ja')
    """
    words = [unicodedata.name(letter, "").split(" ", maxsplit=1)[0] for letter in name if letter.isalpha()]
    counted = Counter(words)
    if not counted:
        return LATIN
    for mixed in ("HANGUL", "HIRAGANA", "KATAKANA"):
        if counted[mixed] and counted[mixed] + counted["CJK"] > len(words) / 2:
            return _KNOWN[mixed]
    return _KNOWN.get(counted.most_common(1)[0][0], LATIN)


_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def width(text: str) -> float:
    """Estimate how wide a text is drawn, in ems: enough to choose a size, never to place a letter.

    >>> width("iii") < width("mmm") < width("田中花")
    True
    """
    return sum(_advance(sign) for sign in text)


_NARROW, _BROAD = frozenset("fijlrtI.,'’-ı "), frozenset("mwMW")
_LATIN_ENDS, _INDIA = "\u02ff", ("\u0900", "\u109f")
_ARABIC = ("\u0600", "\u06ff")


def _advance(sign: str) -> float:
    category = unicodedata.category(sign)
    if category in _ZERO_WIDTH:
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1
    if sign > _LATIN_ENDS:
        return _foreign_advance(sign, category)
    if sign in _NARROW:
        return 0.34
    return 0.95 if sign in _BROAD else 0.70 if sign.isupper() else 0.55


def _foreign_advance(sign: str, category: str) -> float:
    if category == "Mc":
        return 0.55
    if _INDIA[0] <= sign <= _INDIA[1]:
        return 0.95
    return 0.5 if _ARABIC[0] <= sign <= _ARABIC[1] else 0.70
