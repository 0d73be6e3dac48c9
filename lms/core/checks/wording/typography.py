"""French as it is set in Canada: no-break space before the colon and inside « », none before ; ! ?; ’ not '.

Holds judgements over runs of words; other languages are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Run, text_of
from lms.core.locales import is_french

_STAND_IN = "\ufffc"
_RULES: Mapping[str, re.Pattern[str]] = {
    # a clock time, an address, a number of a standard and a ratio keep their colon close
    "french-colon": re.compile(r"(?:(?<=[ \u202f])|(?<=[^\s\u00a0\u202f«(\[])):(?!//|\d)"),
    "french-guillemets": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "french-space-before": re.compile(r"(?<!«)[ \u00a0\u202f][;!?](?![;!?»]*\u00a0»)"),
    "french-apostrophe": re.compile(r"(?<=\w)'(?=\w)"),
    "french-quotes": re.compile(r"\""),
    "french-inclusive-form": re.compile(
        r"\b[A-Za-zÀ-ÿ]{2,}(?:[·•‧]\w+|\((?:e|ne|le|trice|euse)s?\)s?|\.(?:e|ne|trice|euse)s?\b|/(?:e|ne|trice|euse)s?\b)"
    ),
}
_AROUND = 12


def _hits(text: str) -> Iterator[tuple[str, str]]:
    for rule, pattern in _RULES.items():
        for hit in pattern.finditer(text):
            yield rule, text[max(0, hit.start() - _AROUND) : hit.end() + _AROUND].strip(" ")
    if "“" in text and "«" not in text:
        start = text.index("“")
        yield "french-quotes", text[start : start + 2 * _AROUND]


def faults(runs: Iterable[Run], lang: str, file: str) -> list[Finding]:
    """Find what is not set as French is set; words marked as another language are passed over."""
    if not is_french(lang):
        return []
    return [
        broken(rule, Place(file, run.line), found=shown)
        for run in runs
        for rule, shown in _hits(text_of(run.content, foreign=_STAND_IN))
    ]
