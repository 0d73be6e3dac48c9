"""Words cut to their stems, the same way for what is kept and for what is asked.

Every word is kept stripped of accents after stemming and before it, so that what is typed without accents
finds what is written with them (one form alone misses some). Holds no statement. Called by `search`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "hi": "hindi",
    "pt": "portuguese",
    "ta": "tamil",
}
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_LEAST = 2


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    """Find the stemmer of a language; the library holds thirty of them and waits until somebody searches."""
    import snowballstemmer  # noqa: PLC0415

    known = set(snowballstemmer.algorithms())
    name = _STEMMERS.get(language, "")
    return snowballstemmer.stemmer(name).stemWord if name in known else None


def bare(text: str) -> str:
    """Take accents off.

    >>> bare("réfugiée")
    'refugiee'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@cache
def forms(word: str, language: str) -> tuple[str, ...]:
    """Give the forms under which a word is kept.

    >>> forms("handicapées", "fr") == forms("handicapées", "fr")
    True
    """
    stemmer = _stemmer(language)
    word = word.lower()
    if stemmer is None:
        return (bare(word),)
    both = (bare(stemmer(word)), stemmer(bare(word)), bare(word))
    return tuple(dict.fromkeys(both))


def words_of(text: str, *, least: int = 1) -> list[str]:
    """Cut a text into words; a word of a script without spaces is one sign."""
    found = _WORD.findall(text.lower())
    return [word for word in found if len(word) >= least or not word.isascii()]


def stems_of(text: str, locale: str) -> str:
    """Give all forms of all words, for the index."""
    language = locale.split("-", maxsplit=1)[0]
    return " ".join(form for word in words_of(text) for form in forms(word, language))


def asked(text: str, locale: str) -> list[tuple[str, ...]]:
    """Give the forms of each word of a question; single letters are left out when there are longer words."""
    language = locale.split("-", maxsplit=1)[0]
    words = words_of(text, least=_LEAST) or words_of(text)
    return [forms(word, language) for word in dict.fromkeys(words)][:12]
