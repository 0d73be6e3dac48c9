"""Words that the glossary asks to avoid, and abbreviations that nobody has explained.

Holds judgements over runs; both are advice, because a word may be quoted or chosen by the person it names. Called by checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lms.core.findings import Finding, Place
from lms.core.legislation import Term
from lms.core.rules import broken
from lms.core.walk import Run, text_of

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_SHORT = re.compile(r"(?<![\w’-])(?=[A-Z0-9+-]*[A-Z][A-Z0-9+-]*[A-Z])[A-Z0-9][A-Z0-9+]+(?![\w-])")
_KNOWN = frozenset(
    {"ID", "OK", "TV", "PDF", "FAQ", "CD", "DVD", "USB", "GPS", "SMS", "CV", "II", "III", "IV", "TTY", "ATS"}
)
_ARTICLES = ("a ", "an ", "un ", "une ")


def avoided(terms: Iterable[Term], language: str) -> re.Pattern[str] | None:
    """Put the words to avoid of a language into one pattern; a noun with an article only counts where it ends."""
    found = {word for term in terms for word in term.avoid.get(language, ())}
    parts = [
        rf"\b{re.escape(word)}\b" + (r"(?=\s*(?:[.,;:!?)»”]|$))" if word.startswith(_ARTICLES) else "")
        for word in sorted(found, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _names(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset(
        word for term in terms for words in term.term.by_locale.values() for word in words.split()
    )


def _explained(short: str, text: str, at: int) -> bool:
    """Say whether the abbreviation stands in brackets behind its words, or has words in brackets behind it."""
    before, after = text[:at], text[at + len(short) :]
    return before.endswith("(") or after.lstrip(" \u00a0").startswith("(")


def avoided_words(runs: Iterable[Run], file: str, pattern: re.Pattern[str] | None) -> list[Finding]:
    """Advise on words that the glossary asks to avoid; a word in quotes is spoken about, not used."""
    if pattern is None:
        return []
    texts = ((run, _QUOTED.sub("", text_of(run.content, foreign=""))) for run in runs)
    hits = ((run, dict.fromkeys(hit[0] for hit in pattern.finditer(text))) for run, text in texts)
    return [
        broken("word-to-avoid", Place(file, run.line), found=word) for run, words in hits for word in words
    ]


def _abbreviations(runs: Iterable[Run], file: str, known: frozenset[str], law_names: str) -> list[Finding]:
    told: set[str] = set()
    findings: list[Finding] = []
    for run in runs:
        text = text_of(run.content, foreign="")
        for hit in _SHORT.finditer(text):
            short = hit[0]
            if short in known or short in told or short in law_names:
                continue
            told.add(short)
            if not _explained(short, text, hit.start()):
                findings.append(broken("abbreviation", Place(file, run.line), found=short))
    return findings


def faults(
    runs: Iterable[Run],
    file: str,
    terms: Sequence[Term],
    pattern: re.Pattern[str] | None,
    law_names: str = "",
) -> list[Finding]:
    """Advise on words to avoid and on abbreviations; those in official names (`law_names`) are left alone."""
    listed = list(runs)
    return [
        *avoided_words(listed, file, pattern),
        *_abbreviations(listed, file, _KNOWN | _names(terms), law_names),
    ]
