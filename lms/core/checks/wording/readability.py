"""How hard a text is to read: sentence length, paragraph length, and a formula per language.

Holds Flesch-Kincaid for English and Kandel-Moles for French. A formula is a filter and never a verdict: only
the audience can judge (CAN-ASC-3.1:2025), so every finding here is advice. Official names count as one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.core.checks.rules import broken
from lms.core.courses.document import Heading, LawBox, Table
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Run, text_of

LONGEST_SENTENCE = 25
LONGEST_PARAGRAPH = 60
HARDEST_GRADE = 8.0
LOWEST_EASE = 55.0
_ENOUGH_WORDS = 100
_NAME = "Nom"

_SENTENCE = re.compile(r"(?<=[.!?…])[»”\"\u00a0]*\s+(?=[«“\"A-ZÀ-Ý0-9])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_ENGLISH_SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouy]ed|[^laeiouy]e)$")
_FRENCH_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_FRENCH_SILENT = re.compile(r"[^aeiouyàâäéèêëîïôöùûüœæ](?:e|es|ent)$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of a text."""

    sentences: int
    words: int
    syllables: int

    @property
    def flesch_kincaid(self) -> float:
        """Return the English school grade (Kincaid and others, 1975)."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def kandel_moles(self) -> float:
        """Return the French reading ease, 0 (hard) to 100 (easy) (Kandel and Moles, 1958)."""
        return 207.0 - 1.015 * self.words / self.sentences - 73.6 * self.syllables / self.words


def without_names(text: str, names: Sequence[str]) -> str:
    """Put one short word for each official name, longest name first (`names` are sorted by whoever calls)."""
    for name in names:
        if name in text:
            text = text.replace(name, _NAME)
    return text


def sentences(text: str) -> list[str]:
    """Part a text into sentences.

    >>> sentences("Look up. Say “hello.” Wait 3 seconds!")
    ['Look up.', 'Say “hello.', 'Wait 3 seconds!']
    """
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def syllables(word: str, language: str) -> int:
    """Count the syllables of a word, as well as spelling shows them.

    >>> syllables("welcome", "en"), syllables("personne", "fr")
    (2, 2)
    """
    low = word.lower()
    vowels, silent = (
        (_FRENCH_VOWELS, _FRENCH_SILENT) if language == "fr" else (_ENGLISH_VOWELS, _ENGLISH_SILENT)
    )
    count = len(vowels.findall(low))
    return max(1, count - 1 if silent.search(low) else count)


def measure(texts: Iterable[str], language: str) -> Measure:
    """Count sentences, words and syllables."""
    counted = [(sentence, words(sentence)) for text in texts for sentence in sentences(text)]
    found = [word for _, parts in counted for word in parts]
    return Measure(
        max(1, sum(1 for _, parts in counted if parts)),
        max(1, len(found)),
        sum(syllables(word, language) for word in found),
    )


def _prose(runs: Iterable[Run], names: Sequence[str]) -> list[tuple[Run, str]]:
    """Return the prose: no exact legal statements, headings or cells; official names short."""
    return [
        (run, without_names(text_of(run.content, foreign=_NAME), names))
        for run in runs
        if not isinstance(run.node, (LawBox, Heading, Table))
    ]


def _lengths(run: Run, text: str, file: str) -> list[Finding]:
    place = Place(file, run.line)
    findings = [
        broken(
            "sentence-long", place, words=len(words(sentence)), limit=LONGEST_SENTENCE, found=sentence[:40]
        )
        for sentence in sentences(text)
        if len(words(sentence)) > LONGEST_SENTENCE
    ]
    count = len(words(text))
    if count > LONGEST_PARAGRAPH:
        findings.append(broken("paragraph-long", place, words=count, limit=LONGEST_PARAGRAPH))
    return findings


def _level(texts: Sequence[str], language: str, file: str) -> list[Finding]:
    counted = measure(texts, language)
    if counted.words < _ENOUGH_WORDS:
        return []
    english, french = counted.flesch_kincaid, counted.kandel_moles
    if language == "en" and english > HARDEST_GRADE:
        score = {"formula": "Flesch-Kincaid", "score": f"{english:.1f}", "limit": f"{HARDEST_GRADE:.0f}"}
        return [broken("reading-level", Place(file), **score)]
    if language == "fr" and french < LOWEST_EASE:
        score = {"formula": "Kandel-Moles", "score": f"{french:.0f}", "limit": f"{LOWEST_EASE:.0f}"}
        return [broken("reading-level", Place(file), **score)]
    return []


def lengths(runs: Iterable[Run], lang: str, file: str, names: Sequence[str] = ()) -> list[Finding]:
    """Advise on long sentences and paragraphs; `names` are official names."""
    if lang.split("-", maxsplit=1)[0] not in {"en", "fr"}:
        return []
    return [finding for run, text in _prose(runs, names) for finding in _lengths(run, text, file)]


def faults(runs: Iterable[Run], lang: str, file: str, names: Sequence[str] = ()) -> list[Finding]:
    """Advise on sentences, paragraphs and the reading level of a page; `names` are official names."""
    listed = list(runs)
    texts = [text for _, text in _prose(listed, names)]
    return [*lengths(listed, lang, file, names), *_level(texts, lang.split("-", maxsplit=1)[0], file)]
