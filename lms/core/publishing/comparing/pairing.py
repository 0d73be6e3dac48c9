"""Which piece of one text is which piece of another: by id, by what it says, by likeness between those.

A pair is made only where it is sure enough; what is left over was removed or added. Holds no words of pages.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from lms.core.publishing.comparing.pieces import ComparedPiece

_WORD = re.compile(r"\w+")
LIKE = 0.5  # of their words two neighbours share at least, to be one and the same
MOVED_AND_LIKE = 0.75  # ... when one of them stands elsewhere
_LONG = 6  # words that a text has at least to be known again elsewhere though it changed

Pairs = dict[int, int]  # place in the old text -> place in the new one


def words_in(text: str) -> Counter[str]:
    """Count the words of a text, whatever their case."""
    return Counter(_WORD.findall(text.casefold()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return how much of their words two texts share: 0 for nothing, 1 for all.

    >>> likeness(words_in("Ask first, then help."), words_in("Ask first and help"))
    0.75
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def steady(pairs: Mapping[int, int]) -> frozenset[int]:
    """Return the old places of the longest part of the pairs that stayed in order; the others have moved."""
    tails: list[int] = []  # the new place that ends the best run of each length
    ends: list[int] = []  # the old place of that end
    before: dict[int, int | None] = {}
    for old in sorted(pairs):
        at = bisect_left(tails, pairs[old])
        before[old] = ends[at - 1] if at else None
        tails[at : at + 1] = [pairs[old]]
        ends[at : at + 1] = [old]
    kept: set[int] = set()
    place = ends[-1] if ends else None
    while place is not None:
        kept.add(place)
        place = before[place]
    return frozenset(kept)


class _Pairing:
    """Two texts while they are laid side by side."""

    def __init__(self, old: Sequence[ComparedPiece], new: Sequence[ComparedPiece]) -> None:
        self.old, self.new = old, new
        self.pairs: Pairs = {}
        self.taken: set[int] = set()
        self._words: dict[ComparedPiece, Counter[str]] = {}

    def pair(self, old: int, new: int) -> None:
        self.pairs[old] = new
        self.taken.add(new)

    def left(self) -> tuple[list[int], list[int]]:
        """Return what has no partner yet."""
        return (
            [at for at in range(len(self.old)) if at not in self.pairs],
            [at for at in range(len(self.new)) if at not in self.taken],
        )

    def alike(self, old: int, new: int) -> float:
        one, other = self.old[old], self.new[new]
        if one.kind != other.kind or one.fixed or other.fixed or (one.id and other.id):
            return 0.0  # two ids are two things
        return likeness(self._counted(one), self._counted(other))

    def _counted(self, piece: ComparedPiece) -> Counter[str]:
        if piece not in self._words:
            self._words[piece] = words_in(piece.text)
        return self._words[piece]

    # --- by id
    def by_id(self) -> None:
        before, after = _unique(self.old), _unique(self.new)
        for name, at in before.items():
            if name in after:
                self.pair(at, after[name])

    # --- by what is said
    def by_words(self, key: Callable[[ComparedPiece], Hashable]) -> None:
        """Pair what says the same: first what stands in the same order (so neighbours tell twins apart)."""
        olds, news = self._keyed(key)
        one, other = list(olds.values()), list(news.values())
        before, after = list(olds), list(news)
        for start, begin, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
            for step in range(size):
                self._same(before[start + step], after[begin + step])
        self._moved(key)

    def _keyed(
        self, key: Callable[[ComparedPiece], Hashable]
    ) -> tuple[dict[int, Hashable], dict[int, Hashable]]:
        """Return what has no partner yet and is not known by its place, with what it says."""
        olds, news = self.left()
        return (
            {at: said for at in olds if not self.old[at].fixed and (said := key(self.old[at])) != ""},
            {at: said for at in news if not self.new[at].fixed and (said := key(self.new[at])) != ""},
        )

    def _same(self, old: int, new: int) -> bool:
        if self.old[old].id and self.new[new].id:  # two ids are two things
            return False
        self.pair(old, new)
        return True

    def _moved(self, key: Callable[[ComparedPiece], Hashable]) -> None:
        olds, news = self._keyed(key)
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(list(news)):
            waiting[news[at]].append(at)
        for at, said in olds.items():
            found = waiting[said]
            if found and self._same(at, found[-1]):
                found.pop()

    # --- by likeness
    def by_likeness(self) -> None:
        for olds, news in list(self._gaps()):
            placed: list[tuple[int, int]] = []
            for _, old, new in self._likely(olds, news, LIKE):
                if all((old < a) == (new < b) and old != a and new != b for a, b in placed):
                    placed.append((old, new))
            for old, new in placed:
                self.pair(old, new)

    def _likely(self, olds: Sequence[int], news: Sequence[int], least: float) -> list[tuple[float, int, int]]:
        """Return what is alike enough, the likest first."""
        holding: dict[str, list[int]] = defaultdict(list)
        for new in news:
            for word in self._counted(self.new[new]):
                holding[word].append(new)
        found: list[tuple[float, int, int]] = []
        for old in olds:
            near = {new for word in self._counted(self.old[old]) for new in holding.get(word, ())}
            some = ((-self.alike(old, new), old, new) for new in near)
            found += [one for one in some if -one[0] >= least]
        return sorted(found)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Return the stretches without partners between pairs that stayed in order."""
        anchors = sorted((old, self.pairs[old]) for old in steady(self.pairs))
        before = (-1, -1)
        for after in (*anchors, (len(self.old), len(self.new))):
            olds = [at for at in range(before[0] + 1, after[0]) if at not in self.pairs]
            news = [at for at in range(before[1] + 1, after[1]) if at not in self.taken]
            if olds and news:
                yield olds, news
            before = after

    def by_likeness_elsewhere(self) -> None:
        """Pair what was moved and changed, where it is long enough to be sure."""
        olds, news = self.left()
        olds = [at for at in olds if self._counted(self.old[at]).total() >= _LONG]
        for _, old, new in self._likely(olds, news, MOVED_AND_LIKE):
            if old not in self.pairs and new not in self.taken:
                self.pair(old, new)


def _unique(pieces: Sequence[ComparedPiece]) -> dict[str, int]:
    """Return the places of ids; an id that stands twice is none."""
    seen = Counter(piece.id for piece in pieces if piece.id)
    return {piece.id: at for at, piece in enumerate(pieces) if seen[piece.id] == 1}


def paired(old: Sequence[ComparedPiece], new: Sequence[ComparedPiece]) -> Pairs:
    """Return which piece is which.

    By id; then by all that is said, then by words alone, so that a move is a move; then by likeness between
    those that stayed in order; last of all by great likeness anywhere.
    """
    work = _Pairing(old, new)
    work.by_id()
    work.by_words(lambda piece: piece.said)
    work.by_words(lambda piece: piece.text and (piece.kind, piece.text))
    work.by_likeness()
    work.by_likeness_elsewhere()
    return work.pairs
