"""What became of the words of one text: stretches that stayed, went, came, or took the place of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from lms.core.publishing.comparing.pairing import likeness, words_in

_TOKEN = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")
_TOO_UNLIKE = 0.3  # below this, two texts are shown one after the other rather than woven together


class RunKind(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class WordRun:
    """A stretch of words: before and after."""

    kind: RunKind
    old: str
    new: str


def _kind(old: str, new: str) -> RunKind:
    if old == new:
        return RunKind.SAME
    if not old:
        return RunKind.ADDED
    return RunKind.REPLACED if new else RunKind.REMOVED


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d])


def word_runs(old: str, new: str) -> tuple[WordRun, ...]:
    """Return what became of the words of a text; put together again, they are both texts.

    A space alone between two changes belongs to them, so that what is read out is a phrase.

    >>> [(run.old, run.new) for run in word_runs("Ask them now.", "Ask everyone now, please.")]
    [('Ask ', 'Ask '), ('them', 'everyone'), (' now', ' now'), ('', ', please'), ('.', '.')]
    """
    if not old or not new or (old != new and likeness(words_in(old), words_in(new)) < _TOO_UNLIKE):
        return (WordRun(_kind(old, new), old, new),) if old or new else ()
    joined: list[tuple[str, str]] = []
    for before, after in _steps(_TOKEN.findall(old), _TOKEN.findall(new)):
        if joined and joined[-1][0] != joined[-1][1] and (before != after or before.isspace()):
            joined[-1] = (joined[-1][0] + before, joined[-1][1] + after)
        else:
            joined.append((before, after))
    return tuple(WordRun(_kind(before, after), before, after) for before, after in joined)
