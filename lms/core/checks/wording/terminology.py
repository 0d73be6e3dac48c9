"""Words that the glossary asks to avoid, and abbreviations that nobody has explained.

Holds judgements over runs; both are advice, because a word may be quoted or chosen by the person it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Run, text_of
from lms.core.legislation.register import Term

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_SHORT = re.compile(r"(?<![\w’-])(?=[A-Z0-9+-]*[A-Z][A-Z0-9+-]*[A-Z])[A-Z0-9][A-Z0-9+]+(?![\w-])")
_KNOWN = frozenset(
    {"ID", "OK", "TV", "PDF", "FAQ", "CD", "DVD", "USB", "GPS", "SMS", "CV", "II", "III", "IV", "TTY", "ATS"}
)
_ARTICLES = ("a ", "an ", "un ", "une ")


def avoided(terms: Iterable[Term], language: str) -> re.Pattern[str] | None:
    """Put the words to avoid into one pattern; a noun with an article only counts where it ends."""
    found = {word for term in terms for word in term.avoid.get(language, ())}
    parts = [
        rf"\b{re.escape(word)}\b" + (r"(?=\s*(?:[.,;:!?)»”]|$))" if word.startswith(_ARTICLES) else "")
        for word in sorted(found, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def known_words(terms: Iterable[Term], law_names: Iterable[str]) -> frozenset[str]:
    """Return the words that need no explanation: those of the glossary's terms and of official names."""
    texts = (text for term in terms for text in term.term.by_locale.values())
    return _KNOWN | {word.strip(".,;:()") for text in (*texts, *law_names) for word in text.split()}


def _explained(short: str, text: str, at: int) -> bool:
    """Return whether the abbreviation stands in brackets, or has words in brackets behind it."""
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


def unexplained(runs: Iterable[Run], file: str, known: frozenset[str]) -> list[Finding]:
    """Advise on abbreviations that are not explained where they are met first; `known` ones need none."""
    told: set[str] = set()
    findings: list[Finding] = []
    for run in runs:
        text = text_of(run.content, foreign="")
        for hit in _SHORT.finditer(text):
            if hit[0] in known or hit[0] in told or text.upper() == text:
                continue
            told.add(hit[0])
            if not _explained(hit[0], text, hit.start()):
                findings.append(broken("abbreviation", Place(file, run.line), found=hit[0]))
    return findings
