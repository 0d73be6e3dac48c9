"""Words as they are kept in the index and as they are asked for: one normalisation for both databases.

A text is folded (compatibility forms, case, ligatures), cut at everything that is neither letter, digit nor
mark, and each word is cut to its stem. Every word is also kept without accents, stemmed after and before they
are taken off, so that what is typed without accents finds what is written with them (one form alone misses
some). No database cuts, folds or stems anything itself. Holds no statement.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from lms.core.locales import language_of
from lms.core.people.letters import OPENED

#: To be counted up when anything here changes what is kept: the index is made again.
EDITION = 1
#: Signs inside a word: the middle dot of « étudiant·e·s », and what cannot be seen.
_INSIDE = "\u00b7\u2027"
_LEAST = 2
_MOST = 12  # words of a question
_FEW = 16_384  # forms remembered: the words of the courses, and no more of what strangers ask


class _Signs(dict[int, str | None]):
    """What becomes of each sign of a folded text: kept, cut at, left out, or a word by itself."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        kind = unicodedata.category(sign)
        if sign in _INSIDE or kind == "Cf":
            become = None
        elif kind[0] not in "LNM" and kind != "Co":
            become = " "
        else:
            become = f" {sign} " if _is_alone(code) else sign
        self[code] = become
        return become


_SIGNS = _Signs(
    {ord(sign): " " for sign in "\u02bc\u02b9\u02bb\u02bd\u0375\ua78b\ua78c\uff07"}
)  # apostrophes


def _is_alone(code: int) -> bool:
    """Return whether a sign belongs to a script that writes no spaces."""
    return 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3134F  # noqa: PLR2004  # Unicode blocks


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    """Find the stemmer of a language; the library holds thirty of them and waits until somebody searches."""
    import snowballstemmer  # noqa: PLC0415

    known = set(snowballstemmer.algorithms())
    name = language_of(language).stemmer
    return snowballstemmer.stemmer(name).stemWord if name in known else None


def bare(text: str) -> str:
    """Take accents off and ligatures apart.

    >>> bare("réfugiée"), bare("cœur")
    ('refugiee', 'coeur')
    """
    letters = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return "".join(letters).translate(OPENED)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(OPENED)


@lru_cache(maxsize=_FEW)
def forms(word: str, language: str) -> tuple[str, ...]:
    """Return the forms under which a folded word is kept.

    >>> forms("handicapées", "fr")
    ('handicap', 'handicape', 'handicapees')
    >>> forms("xaashi", "so")
    ('xaashi',)
    """
    stemmer = _stemmer(language)
    both = (bare(stemmer(word)), stemmer(bare(word)), bare(word)) if stemmer else (bare(word),)
    return tuple(form for form in dict.fromkeys(both) if form)  # a mark alone leaves nothing


def words_of(text: str) -> list[str]:
    """Cut a text into folded words; a word of a script without spaces is one sign.

    >>> words_of("L’égalité d'Œuvre : 2ELGBTQI+, s. 15(1)")
    ['l', 'égalité', 'd', 'oeuvre', '2elgbtqi', 's', '15', '1']
    """
    return _folded(text).translate(_SIGNS).split()


def stems_of(text: str, locale: str) -> str:
    """Return all forms of all words, for the index."""
    language = locale.split("-", maxsplit=1)[0]
    return " ".join(form for word in words_of(text) for form in forms(word, language))


def asked(text: str, locale: str) -> list[tuple[str, ...]]:
    """Return the forms of each word of a question.

    Single letters and small words are left out, unless there are no others.
    """
    language = locale.split("-", maxsplit=1)[0]
    words = words_of(text)
    small = language_of(language).small_words
    longer = [word for word in words if len(word) >= _LEAST or not word.isascii()]
    telling = [word for word in longer if bare(word) not in small]
    chosen = telling or longer or words
    return [found for word in dict.fromkeys(chosen) if (found := forms(word, language))][:_MOST]
