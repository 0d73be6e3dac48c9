"""Translation without a master language: which blocks mean the same, and which have to be looked at again.

The blocks of a text line up across languages by id, then by sets that were vouched for (so that a move is no
change), then by their order between those. A *vouched set* says that these blocks mean the same: they were
approved together in one release, or a named person confirmed it. Whichever side moves, the set has to be
checked. Holds no file and nobody's name.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.core.courses.course import Release
from lms.core.publishing.comparing.pairing import steady
from lms.core.publishing.comparing.parts import Area, CoursePart, parts_of
from lms.core.publishing.comparing.pieces import ComparedPiece


class SetState(StrEnum):
    """How a set of blocks stands."""

    CURRENT = "current"
    CHECK = "check"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class VouchedSet:
    """Blocks that mean the same: digest by language, who said so on which day (nobody: a release)."""

    digests: Mapping[str, str]
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class BlockSet:
    """Blocks that stand at the same place in each language, and how the set stands."""

    place: CoursePart
    pieces: Mapping[str, ComparedPiece]
    state: SetState
    confirmed: VouchedSet | None = None

    @property
    def digests(self) -> dict[str, str]:
        """Return what is vouched for."""
        return {locale: piece_digest(piece) for locale, piece in self.pieces.items()}

    @property
    def key(self) -> str:
        """Return a short name of the set as it stands at this moment, for addresses and forms."""
        return key_of(self.digests)


def piece_digest(piece: ComparedPiece) -> str:
    """Return the digest of what a block says: words, and what is not words."""
    said = json.dumps((piece.kind, piece.text, piece.facts), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def key_of(digests: Mapping[str, str]) -> str:
    """Return a short name of a set."""
    said = " ".join(f"{locale}={digest}" for locale, digest in sorted(digests.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


class Vouchers:
    """What was vouched for, to be asked quickly."""

    def __init__(self, sets: Iterable[VouchedSet] = ()) -> None:
        """Take sets in, the newest last."""
        self._of: dict[tuple[str, str], list[VouchedSet]] = defaultdict(list)
        for one in sets:
            for name in one.digests.items():
                self._of[name].append(one)

    def find(self, digests: Mapping[str, str]) -> VouchedSet | None:
        """Return the newest set that vouches for all of these together; one language alone needs none."""
        name = next(iter(digests.items()))
        sets = reversed(self._of.get(name, ()))
        return next((one for one in sets if digests.items() <= one.digests.items()), None)

    def beside(self, locale: str, digest: str, other: str) -> frozenset[str]:
        """Return what was vouched for beside a block, in another language."""
        sets = self._of.get((locale, digest), ())
        return frozenset(one.digests[other] for one in sets if other in one.digests)


# --- lining up ------------------------------------------------------------------------------------------
class _Lining:
    """Two languages of one text while they are lined up."""

    def __init__(
        self,
        one: Sequence[ComparedPiece],
        other: Sequence[ComparedPiece],
        tags: tuple[str, str],
        known: Vouchers,
    ) -> None:
        self.one, self.other = one, other
        self._digests = [piece_digest(piece) for piece in other]
        self._beside = [known.beside(tags[0], piece_digest(piece), tags[1]) for piece in one]
        self.pairs: dict[int, int] = {}

    def by_id(self) -> None:
        places = {piece.id: at for at, piece in enumerate(self.other) if piece.id}
        twice = {name for name, count in Counter(piece.id for piece in self.one).items() if count > 1}
        self.pairs = {
            at: places[piece.id]
            for at, piece in enumerate(self.one)
            if piece.id in places and piece.id not in twice
        }

    def by_vouched(self) -> None:
        """Pair what was vouched for together, where that can mean one block alone."""
        taken = set(self.pairs.values())
        claims: dict[int, list[int]] = defaultdict(list)
        for at, known in enumerate(self._beside):
            if at not in self.pairs:
                found = [to for to, digest in enumerate(self._digests) if to not in taken and digest in known]
                for to in found if len(found) == 1 else ():
                    claims[to].append(at)
        self.pairs |= {ats[0]: to for to, ats in claims.items() if len(ats) == 1}

    def by_order(self) -> None:
        taken = set(self.pairs.values())
        before = (-1, -1)
        anchors = sorted((at, self.pairs[at]) for at in steady(self.pairs))
        for after in (*anchors, (len(self.one), len(self.other))):
            left = [at for at in range(before[0] + 1, after[0]) if at not in self.pairs]
            right = [to for to in range(before[1] + 1, after[1]) if to not in taken]
            self.pairs |= self._aligned(left, right)
            before = after

    def _worth(self, at: int, to: int) -> int:
        """Return how sure a pair is: vouched for, or at least of the same kind."""
        if self._digests[to] in self._beside[at]:
            return 10
        own, their = self.one[at], self.other[to]
        return int(own.kind == their.kind and not (own.id and their.id))

    def _aligned(self, left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
        """Return the best pairs that keep the order; neighbours tell equal blocks apart."""
        best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
        for a in reversed(range(len(left))):
            for b in reversed(range(len(right))):
                worth = self._worth(left[a], right[b])
                together = worth + best[a + 1][b + 1] if worth else 0
                best[a][b] = max(together, best[a + 1][b], best[a][b + 1])
        found, a, b = dict[int, int](), 0, 0
        while a < len(left) and b < len(right):
            worth = self._worth(left[a], right[b])
            if worth and best[a][b] == worth + best[a + 1][b + 1]:
                found[left[a]], a, b = right[b], a + 1, b + 1
            elif best[a][b] == best[a + 1][b]:
                a += 1
            else:
                b += 1
        return found


def lined_up(
    one: Sequence[ComparedPiece], other: Sequence[ComparedPiece], tags: tuple[str, str], known: Vouchers
) -> dict[int, int]:
    """Return which block of a text in one language (by place) is which in another."""
    work = _Lining(one, other, tags, known)
    work.by_id()
    work.by_vouched()
    work.by_order()
    return work.pairs


# --- a whole course ---------------------------------------------------------------------------------------
def _texts(
    release: Release, locales: Sequence[str]
) -> dict[CoursePart, dict[str, tuple[ComparedPiece, ...]]]:
    found: dict[CoursePart, dict[str, tuple[ComparedPiece, ...]]] = {}
    for locale in locales:
        for place, pieces in parts_of(release, locale):
            if place.area not in {Area.TERMS, Area.LAWS}:
                told = tuple(piece for piece in pieces if piece.text)
                found.setdefault(place, {})[locale] = told
    return found


def _sets(
    texts: Mapping[str, tuple[ComparedPiece, ...]], locales: Sequence[str], known: Vouchers
) -> Iterator[dict[str, ComparedPiece]]:
    first, *others = [locale for locale in locales if locale in texts]
    found = [{first: piece} for piece in texts[first]]
    alone: list[dict[str, ComparedPiece]] = []
    for other in others:
        pairs = lined_up(texts[first], texts[other], (first, other), known)
        for at, to in pairs.items():
            found[at][other] = texts[other][to]
        met = set(pairs.values())
        alone += [{other: piece} for to, piece in enumerate(texts[other]) if to not in met]
    yield from found
    yield from alone


def sets_of(release: Release, known: Vouchers) -> tuple[BlockSet, ...]:
    """Return every set of blocks of a course, in the order of reading, and how it stands."""
    required = release.course.required_locales
    locales = (*required, *release.course.offered_locales)
    found: list[BlockSet] = []
    for place, texts in _texts(release, locales).items():
        for pieces in _sets(texts, locales, known):
            confirmed = known.find({locale: piece_digest(piece) for locale, piece in pieces.items()})
            state = SetState.CURRENT if confirmed or len(locales) == 1 else SetState.CHECK
            lacking = any(locale not in pieces for locale in required)
            found.append(BlockSet(place, pieces, SetState.MISSING if lacking else state, confirmed))
    return tuple(found)


def vouched_by(release: Release) -> tuple[VouchedSet, ...]:
    """Return the sets that a release vouches for: what was approved and sealed together."""
    sets = sets_of(release, Vouchers())
    return tuple(VouchedSet(one.digests) for one in sets if one.state is not SetState.MISSING)
