"""Which passwords everybody guesses first.

Works without a network: a short list of words and names that people choose in English and French
(`weak-passwords.txt`, written for this product), and the changes that people make to them (capitals, 4 for
a, digits and signs at the end, twice in a row, two words together), keyboard walks, runs, repeats and
dates. No rule about composition: length is what counts (NIST SP 800-63B 3.1.1.2, ASVS 5.0 6.2.1-6.2.12).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from lms.core.people.letters import LONGEST_LINE, composed

LEAST, MOST = 8, 200
_LIST = Path(__file__).with_name("weak-passwords.txt")
_WALKS = (
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789012345678901234567890",
)
_SIGNS_FOR_LETTERS = str.maketrans("0134578@$!€", "oleastbasie")
_TAIL = re.compile(r"[\d\W_]+$")
_HEAD = re.compile(r"^[\d\W_]+")
_DATE = re.compile(r"(?:(?:19|20)\d\d\W?\d\d?\W?\d\d?|\d\d?\W?\d\d?\W?(?:19|20)\d\d)\W*")
_REPEATED = re.compile(r"(.{1,4}?)\1+.{0,2}", re.DOTALL)
_SHORT_TAIL = 6  # more than that at the end is a password of its own
_SHORTEST_PART = 3
_LEAST_RUN = 6
_LONG_NUMBER = 14


@cache
def _listed() -> frozenset[str]:
    lines = _LIST.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _plain(text: str) -> str:
    decomposed = composed("NFKD", text[:LONGEST_LINE].casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _is_word(text: str, own: frozenset[str]) -> bool:
    known = _listed() | own
    if text in known or text.translate(_SIGNS_FOR_LETTERS) in known:
        return True
    cuts = range(_SHORTEST_PART, len(text) - _SHORTEST_PART + 1)
    return any(text[:cut] in known and text[cut:] in known for cut in cuts)


def _is_walk(text: str) -> bool:
    walks = [*_WALKS, *(walk[::-1] for walk in _WALKS)]
    if any(text in walk for walk in walks):
        return True
    # Two walks of equal length side by side ("qwerasdf") and a walk with a tail ("qwertyuiop12").
    half = len(text) // 2
    if all(any(part in walk for walk in walks) for part in (text[:half], text[half:])):
        return True
    return any(
        text[:cut] in walk for walk in walks for cut in range(max(_LEAST_RUN, len(text) - 3), len(text))
    )


def _cores(text: str) -> list[str]:
    """Return the text, and what is left of it without digits and signs around it."""
    shorter = (_TAIL.sub("", text), _HEAD.sub("", text), _HEAD.sub("", _TAIL.sub("", text)))
    joined = re.sub(r"[\W_]+", "", text)
    return [
        text,
        *(core for core in shorter if len(text) - len(core) <= _SHORT_TAIL),
        joined,
        _TAIL.sub("", joined),
    ]


def is_weak(password: str, *, about: tuple[str, ...] = ()) -> bool:
    """Return whether the password is among the first that somebody would try.

    `about` holds what others know of the person: the name to be called, the address, the sign-in name.
    """
    text = _plain(password)
    if _DATE.fullmatch(text) or _REPEATED.fullmatch(text) or (text.isdigit() and len(text) < _LONG_NUMBER):
        return True
    split = [[part for part in re.split(r"[\W_]+", _plain(fact)) if part] for fact in about]
    parts = {part for fact in split for part in [*fact, "".join(fact)]}
    own = frozenset(part for part in parts if len(part) >= _SHORTEST_PART)
    return any(_is_walk(core) or _is_word(core, own) for core in _cores(text) if core)
