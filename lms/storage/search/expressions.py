"""Several words for one thing: which other expressions belong to a text that holds one of them.

Works on the stems of words, so that number and gender do not matter. Holds no statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lms.core.publishing.site import Expressions
from lms.storage.search.stems import forms, words_of


@lru_cache(maxsize=4096)
def _shape(expression: str, language: str) -> str:
    """Return the first form of each word, in their order, with a space on either side."""
    return "".join(f" {found[0]}" for word in words_of(expression) if (found := forms(word, language))) + " "


def others(text: str, locale: str, groups: Sequence[Expressions]) -> tuple[str, ...]:
    """Return the expressions of each group of which the text holds one, but for those that it holds.

    >>> others("Une mesure d’adaptation", "fr", [{"fr": ("accommodement", "mesures d’adaptation")}])
    ('accommodement',)
    """
    language = locale.split("-", maxsplit=1)[0]
    shape = _shape.__wrapped__(text, language)  # a whole lesson is not worth being remembered
    found: list[str] = []
    for group in groups:
        lacking = [one for one in group.get(language, ()) if _shape(one, language) not in shape]
        if len(lacking) < len(group.get(language, ())):
            found += lacking
    return tuple(dict.fromkeys(found))
