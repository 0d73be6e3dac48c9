"""The words of a draft's files as pieces to be searched and changed; what an answer is kept under.

Holds shapes and judgements over texts. Reading and writing of files is `content.editing.texts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from lms.core.courses.findings import Finding
from lms.core.locales import is_french

PROSE, ALTERNATIVE, CAPTION, QUESTION, TITLE = "prose", "alternative", "caption", "question", "title"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A run of words in one language: what kind it is, and on which line it stands."""

    text: str
    kind: str
    lang: str
    line: int


@dataclass(frozen=True, slots=True)
class Match:
    """One place that was found: which piece, and the words around it."""

    piece: int
    start: int
    end: int
    before: str
    found: str
    after: str


_AROUND = 60
_SIGNS: Mapping[str, str] = {
    "'": "['’ʼ‘]",
    "’": "['’ʼ‘]",
    " ": "[ \u00a0\u202f]",
    "\u00a0": "[ \u00a0\u202f]",
}


def pattern_of(words: str, *, loosely: bool) -> re.Pattern[str]:
    """Return what finds these words: exactly, or with other apostrophes, spaces and capitals as well.

    >>> pattern_of("l'été", loosely=True).search("Dans L’ÉTÉ")[0]
    'L’ÉTÉ'
    """
    if not loosely:
        return re.compile(re.escape(words))
    return re.compile("".join(_SIGNS.get(sign, re.escape(sign)) for sign in words), re.IGNORECASE)


def matches(pieces: tuple[TextPiece, ...], pattern: re.Pattern[str]) -> Iterator[Match]:
    """Return every place that a pattern finds, with the words around it."""
    for at, piece in enumerate(pieces):
        for hit in pattern.finditer(piece.text):
            if not hit[0]:
                continue
            before = piece.text[max(0, hit.start() - _AROUND) : hit.start()]
            after = piece.text[hit.end() : hit.end() + _AROUND]
            yield Match(at, hit.start(), hit.end(), before, hit[0], after)


def with_matches(text: str, found: list[Match], put: str) -> str:
    """Return a piece with something else in the places chosen."""
    for one in sorted(found, key=lambda match: match.start, reverse=True):
        text = text[: one.start] + put + text[one.end :]
    return text


# --- what a machine can put right -----------------------------------------------------------------------
_NO_BREAK = "\u00a0"
_BEFORE_COLON = re.compile(r"(?:[ \u202f]+|(?<=[^\s\u00a0\u202f«(\[])):(?!//|\d)")
_OPENED, _CLOSED = (
    re.compile(r"«(?!\u00a0)[ \u202f]*"),
    re.compile(r"(?<!\u00a0)[ \u202f]*»|(?<=\u00a0)[ \u202f]+»"),
)
_SPACED = re.compile(r"(?<!«)[ \u00a0\u202f]+([;!?])(?![;!?»]*\u00a0»)")
_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")

#: Rules whose fix changes no word: French spaces and apostrophes.
FIXES: Mapping[str, Callable[[str], str]] = {
    "french-colon": lambda text: _BEFORE_COLON.sub(f"{_NO_BREAK}:", text),
    "french-guillemets": lambda text: _CLOSED.sub(f"{_NO_BREAK}»", _OPENED.sub(f"«{_NO_BREAK}", text)),
    "french-space-before": lambda text: _SPACED.sub(r"\1", text),
    "french-apostrophe": lambda text: _STRAIGHT.sub("’", text),
}


def fixed(pieces: tuple[TextPiece, ...], rule: str) -> dict[int, str]:
    """Return the pieces that the safe fix of a rule changes, with their new words."""
    fix = FIXES.get(rule)
    if fix is None:
        return {}
    made = {at: fix(piece.text) for at, piece in enumerate(pieces) if is_french(piece.lang)}
    return {at: text for at, text in made.items() if text != pieces[at].text}


# --- what answers a finding -----------------------------------------------------------------------------


def block_at(text: str, line: int, *, is_yaml: bool) -> str:
    """Return the block that a finding on a line speaks of: the paragraph, or the entry with what is in it.

    Line 0 means the whole file.
    """
    lines = text.splitlines()
    if not 0 < line <= len(lines):
        return text
    at = line - 1
    if is_yaml:
        return "\n".join(_entry(lines, at))
    begin = end = at
    while begin > 0 and lines[begin - 1].strip():
        begin -= 1
    while end + 1 < len(lines) and lines[end + 1].strip():
        end += 1
    return "\n".join(lines[begin : end + 1])


def _entry(lines: list[str], at: int) -> Iterator[str]:
    """Return a line with all that is further in below it."""
    yield lines[at]
    margin = len(lines[at]) - len(lines[at].lstrip(" "))
    for line in lines[at + 1 :]:
        if line.strip() and len(line) - len(line.lstrip(" ")) <= margin:
            return
        yield line


def answer_key(finding: Finding, block: str) -> str:
    """Return what an answer to a finding is kept under: another once the block or the finding changes."""
    said = sorted((name, str(value)) for name, value in finding.params.items() if name != "line")
    return sha256(repr((finding.rule, finding.place.file, block, said)).encode()).hexdigest()
