"""What a name to be called, an e-mail address and a sign-in name may look like.

Pure shapes, forgiving where a person may be: names are anything that can be read, in any script. Whether a
name is taken is not known here. Called by `actions.accounts` and its neighbours.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 80
LONGEST_EMAIL = 254
SHORTEST_SIGN_IN_NAME, LONGEST_SIGN_IN_NAME = 3, 40
_JOINERS = frozenset("\u200c\u200d")  # Persian, Indic scripts: part of the spelling
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([^\s@.\[\]<>()\\,;:\"]+\.)+[^\s@.\[\]<>()\\,;:\"]{2,63}"
)
_SIGN_IN_NAME = re.compile(r"\w(?:[\w.-]*\w)?")


def _readable(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter)[0] not in "CZ" or letter == " "


def tidy_name(typed: str) -> str:
    """Give the name with single spaces and without what cannot be seen; '' when nothing is left.

    >>> tidy_name("  Zoé   O’Brien ")
    'Zoé O’Brien'
    """
    spaced = " ".join(unicodedata.normalize("NFC", typed).split())
    return "".join(letter for letter in spaced if _readable(letter)).strip()


def tidy_email(typed: str) -> str:
    """Give the address as it is written to, the domain in small letters; '' when it is none.

    >>> tidy_email(" Zoe@Example.ORG "), tidy_email("zoe@here")
    ('Zoe@example.org', '')
    """
    text = unicodedata.normalize("NFC", typed).strip()
    if len(text) > LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        return ""
    local, _, domain = text.rpartition("@")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return f"{local}@{ascii_domain}"


def same_email(tidy: str) -> str:
    """Give the form in which two spellings of one address are equal."""
    return tidy.casefold()


def tidy_sign_in_name(typed: str) -> str:
    """Give the sign-in name in the form in which it is compared; '' when it cannot be one.

    >>> tidy_sign_in_name("Lac.Bleu"), tidy_sign_in_name("a@b"), tidy_sign_in_name("ab")
    ('lac.bleu', '', '')
    """
    text = unicodedata.normalize("NFKC", typed.strip()).casefold()
    fits = SHORTEST_SIGN_IN_NAME <= len(text) <= LONGEST_SIGN_IN_NAME
    return text if fits and _SIGN_IN_NAME.fullmatch(text) else ""
