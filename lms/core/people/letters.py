"""Letters as different keyboards write them, and signs that nobody sees.

What is pasted or typed on another keyboard is read by these tables. Holds no word and no rule about what is
then compared. The foldings of names (`core.certificates.name_folding`) are hashed for ever: whoever changes
`plain` or its tables gives the foldings a new number, and their kept sample says so.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

#: What is typed into one line is looked at this far: composing a letter with thousands of marks is slow.
LONGEST_LINE = 1_000
#: Letters that no decomposition takes apart, as people type them on a keyboard without them.
OPENED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
APOSTROPHES = "'\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02b9\u2032\uff07"
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts: part of the spelling
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
_MARKS = re.compile(  # Latin, Greek, Hebrew, Arabic
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
#: One letter for another, where two keyboards of one language differ or one of them lacks it.
_PAIRS = (
    # Icelandic, Azerbaijani, Sámi, Maltese, Greenlandic
    "ð>d þ>th ə>a ǝ>a ŋ>n ħ>h ŧ>t ĸ>k ǥ>g ƶ>z "
    # West African languages
    "ɖ>d ɗ>d ɓ>b ƙ>k ƴ>y ɛ>e ɔ>o ɣ>g ʋ>v ƒ>f ɩ>i ɪ>i ʊ>u ɑ>a "
    # letters with a stroke, and those of Dene and Salish languages
    "ɨ>i ʉ>u ƀ>b ɍ>r ⱥ>a ɇ>e ȼ>c ⱦ>t ɬ>l ƛ>λ "
    # Arabic, Persian, Urdu, Pashto, Kurdish
    "ى>ي ی>ي ک>ك ڪ>ك ګ>گ ہ>ه ھ>ه ە>ه ۃ>ة ٱ>ا "
    # Yiddish
    "װ>וו ױ>וי ײ>יי "
    # Ukrainian, the Caucasus, Kazakh, Tatar, Bashkir, Tajik
    "і>i ӏ>i ґ>г ғ>г қ>к ҡ>к ң>н ө>о ү>у ұ>у ә>а һ>х ҳ>х ҷ>ч ҙ>з ҫ>с "
    # Bengali, Malayalam: a letter of its own, or the letter with its sign
    "ৎ>ত্ ൺ>ണ് ൻ>ന് ർ>ര് ൽ>ല് ൾ>ള് ൿ>ക് "
    # Japanese and Chinese family names
    "髙>高 﨑>崎 𠮷>吉"
)
_PLAIN = {chr(code): text for code, text in OPENED.items()} | dict(pair.split(">") for pair in _PAIRS.split())
#: No more than an apostrophe on another keyboard: glottal stops, clicks, modifier letters; and the line that
#: lengthens Arabic and N’Ko words.
_DROPPED = "ʔʕɂꞌǀǁǂǃـߺ" + "".join(map(chr, range(0x2B9, 0x300)))
_LETTERS = str.maketrans(_PLAIN | dict.fromkeys(_DROPPED, ""))


def composed(form: Literal["NFC", "NFKC", "NFKD"], line: str) -> str:
    r"""Return a typed line in a normal form (UAX 15), cut where no honest line is as long.

    Ordering many marks behind one letter takes time that grows with their square, and holds up every page.

    >>> composed("NFC", "Zoe\u0301"), len(composed("NFC", "a" + "\u0323\u0301" * 500_000))
    ('Zoé', 999)
    """
    return unicodedata.normalize(form, line[:LONGEST_LINE])


def visible(text: str, *, but: str = "") -> str:
    r"""Return a text without what nobody sees: joiners, directions, soft hyphens, byte order marks.

    >>> visible("\ufeffa\u00adb\u200b"), visible("\u200ba\u200cb", but="\u200c")
    ('ab', 'a\u200cb')
    """
    return "".join(
        sign for sign in text if sign in but or (unicodedata.category(sign) != "Cf" and sign not in _UNSEEN)
    )


def plain(text: str) -> str:
    """Return small letters without accents, each as a keyboard without it writes it; signs and spaces stay.

    >>> plain("Þórður Guðrún"), plain("Kahoʻolawe"), plain("«SŒUR»"), plain("٣۵")
    ('thordur gudrun', 'kahoolawe', '«soeur»', '35')
    """
    # Case goes after the forms of letters too: an A in a circle is a capital only once it is taken out of it.
    small = unicodedata.normalize("NFKD", visible(text).casefold()).casefold()
    opened = _MARKS.sub("", unicodedata.normalize("NFKD", small.translate(_LETTERS)))
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in opened)
