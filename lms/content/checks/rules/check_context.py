"""What all rules of one check share: the day, the register, the glossary, and what was made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.content.files.files import Files, key_of, sha256
from lms.content.shared import glossary, register
from lms.core.checks.first_uses import NO_TERMS, Vocabulary, vocabulary
from lms.core.checks.legal_references import KnownNames, known_names
from lms.core.checks.wording.terminology import avoided, known_words
from lms.core.legislation.register import Law, Term

_LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The surroundings of a check, with two keys that make it forget what was kept.

    `key` stands for what the words of a lesson are judged by, `shared` for all of register and glossary.
    """

    files: Files
    today: date
    laws: Mapping[str, Law]
    terms: Mapping[str, Term]
    names: Mapping[str, KnownNames]
    avoided: Mapping[str, re.Pattern[str] | None]
    explained: frozenset[str]
    vocabularies: Mapping[str, Vocabulary]
    everyday: frozenset[tuple[str, str]]
    key: str
    shared: str

    def known_names(self, lang: str) -> KnownNames:
        """Return the official names in a language; none in a language that the register does not speak."""
        return self.names.get(lang.split("-", maxsplit=1)[0], KnownNames({}, None))

    def avoided_words(self, lang: str) -> re.Pattern[str] | None:
        """Return the pattern of words to avoid in a language."""
        return self.avoided.get(lang.split("-", maxsplit=1)[0])

    def vocabulary(self, lang: str) -> Vocabulary:
        """Return the terms of the glossary as they are met in a language."""
        return self.vocabularies.get(lang.split("-", maxsplit=1)[0], NO_TERMS)


def a_context(files: Files, today: date, laws: Mapping[str, Law], terms: Mapping[str, Term]) -> CheckContext:
    """Prepare what all rules share."""
    titles = [(law.id, law.kind, dict(law.title.by_locale)) for law in laws.values()]
    words = [(term.id, dict(term.term.by_locale), dict(term.avoid)) for term in terms.values()]
    names = {language: known_names(laws.values(), language) for language in _LANGUAGES}
    return CheckContext(
        files=files,
        today=today,
        laws=laws,
        terms=terms,
        names=names,
        avoided={language: avoided(terms.values(), language) for language in _LANGUAGES},
        vocabularies={language: vocabulary(terms.values(), language) for language in _LANGUAGES},
        everyday=glossary.everyday(files),
        explained=known_words(terms.values(), (name for known in names.values() for name in known.laws)),
        shared=key_of(files.digests(register.FOLDER), sha256(files.raw(glossary.FILE) or b"")),
        key=key_of(titles, words)[:16],
    )
