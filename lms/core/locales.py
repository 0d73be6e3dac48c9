"""Languages as BCP 47 tags: names, directions, fallbacks, open maps of strings.

Holds no list of shipped catalogues (that is a setting of the site) and no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "ha-arab", "he", "ks", "ku-arab", "ps", "sd", "ug", "ur", "yi"})
_SCRIPT_LETTERS = 4  # ISO 15924
_RTL_SCRIPTS = frozenset({"arab", "hebr", "thaa", "nkoo", "syrc", "adlm"})


def direction(tag: str) -> str:
    """Say `ltr` or `rtl` for a BCP 47 tag; a script subtag decides before the language does.

    >>> direction("ar"), direction("fr-CA"), direction("az-Arab")
    ('rtl', 'ltr', 'rtl')
    """
    parts = tag.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == _SCRIPT_LETTERS and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Words:
    """One short text in several languages, in the order in which they were written."""

    by_locale: Mapping[str, str]

    def __getitem__(self, locale: str) -> str:
        """Give the text in exactly this language; `KeyError` when it is missing."""
        return self.by_locale[locale]

    def __contains__(self, locale: object) -> bool:
        """Say whether the text exists in this language."""
        return locale in self.by_locale

    def __iter__(self) -> Iterator[str]:
        """Go through the language tags."""
        return iter(self.by_locale)

    def best(self, locale: str) -> tuple[str, str]:
        """Give (tag, text): the language asked for, its parent, or the first one written.

        >>> Words({"en": "Hello", "fr": "Bonjour"}).best("fr-CA")
        ('fr', 'Bonjour')
        >>> Words({"en": "Hello"}).best("ar")
        ('en', 'Hello')
        """
        for tag in (locale, locale.split("-", maxsplit=1)[0]):
            if tag in self.by_locale:
                return tag, self.by_locale[tag]
        first = next(iter(self.by_locale))
        return first, self.by_locale[first]

    def text(self, locale: str) -> str:
        """Give the best text without saying in which language it is."""
        return self.best(locale)[1]
