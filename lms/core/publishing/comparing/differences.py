"""What differs between two versions of a course in one language, block by block and word by word: data.

Blocks are paired by id, then by what they say, then by likeness between those; a move is a move, also into
another lesson. Holds no words of pages: `rendering.words.difference_words` says it, for pages, terminals and
PDFs alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from lms.core.courses.course import Release
from lms.core.courses.document import Document
from lms.core.publishing.comparing.pairing import paired, steady
from lms.core.publishing.comparing.parts import CoursePart, Texts, pieces_of, texts_of
from lms.core.publishing.comparing.pieces import ComparedPiece, document_pieces
from lms.core.publishing.comparing.runs import RunKind, WordRun, word_runs


class Fate(StrEnum):
    """What became of a block."""

    KEPT = "kept"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FactChange:
    """Something besides words that differs: what it is called in files, before, after."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block: what became of it, its words in runs, and what changed besides words.

    `moved` is said of a block that stands elsewhere, also of one that was changed on the way; `other` is the
    part of the course that it left or went to, if that is another one.
    """

    fate: Fate
    old: ComparedPiece | None
    new: ComparedPiece | None
    runs: tuple[WordRun, ...] = ()
    facts: tuple[FactChange, ...] = ()
    moved: bool = False
    other: CoursePart | None = None

    @property
    def piece(self) -> ComparedPiece:
        """Return the block as it is now, or as it was."""
        return cast("ComparedPiece", self.new or self.old)

    @property
    def is_kept(self) -> bool:
        """Return whether nothing became of it."""
        return self.fate is Fate.KEPT and not self.moved


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a course in which something differs, with all its blocks, in the order of reading."""

    place: CoursePart
    title: str
    blocks: tuple[BlockChange, ...]

    @property
    def changes(self) -> tuple[BlockChange, ...]:
        """Return the blocks that something became of."""
        return tuple(block for block in self.blocks if not block.is_kept)


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two versions of a course in one language."""

    locale: str
    sections: tuple[Section, ...]

    def count(self, fate: Fate) -> int:
        """Count the blocks with this fate."""
        return sum(block.fate is fate for section in self.sections for block in section.blocks)


# --- one text against another -----------------------------------------------------------------------------
def compared(old: Sequence[ComparedPiece], new: Sequence[ComparedPiece]) -> tuple[BlockChange, ...]:
    """Compare two texts: what is there now in its order, what was removed where it stood."""
    pairs = paired(old, new)
    stayed = steady({before: after for before, after in pairs.items() if not old[before].fixed})
    origin = {after: before for before, after in pairs.items()}
    gone = [at for at in range(len(old)) if at not in pairs]
    found: list[BlockChange] = []
    for at, piece in enumerate(new):
        before = origin.get(at)
        if before is None:
            found.append(BlockChange(Fate.ADDED, None, piece, word_runs("", piece.text)))
            continue
        if before in stayed or piece.fixed:
            found += _removed(old, gone, before)
        found.append(_pair(old[before], piece, moved=before not in stayed and not piece.fixed))
    found += _removed(old, gone, len(old))
    return tuple(found)


def _removed(old: Sequence[ComparedPiece], gone: list[int], until: int) -> Iterator[BlockChange]:
    while gone and gone[0] < until:
        piece = old[gone.pop(0)]
        yield BlockChange(Fate.REMOVED, piece, None, word_runs(piece.text, ""))


def _pair(
    old: ComparedPiece, new: ComparedPiece, *, moved: bool = False, other: CoursePart | None = None
) -> BlockChange:
    facts = _facts(old, new)
    if old.text == new.text and not facts:
        runs = (WordRun(RunKind.SAME, old.text, new.text),) if new.text else ()
        return BlockChange(Fate.MOVED if moved else Fate.KEPT, old, new, runs, (), moved, other)
    return BlockChange(Fate.CHANGED, old, new, word_runs(old.text, new.text), facts, moved, other)


def _facts(old: ComparedPiece, new: ComparedPiece) -> tuple[FactChange, ...]:
    before, after = dict((("kind", old.kind), *old.facts)), dict((("kind", new.kind), *new.facts))
    names = dict.fromkeys((*after, *before))
    changes = (FactChange(name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(change for change in changes if change.old != change.new)


# --- one version against another --------------------------------------------------------------------------
def _both(was: object, now: object, locale: str) -> tuple[Sequence[ComparedPiece], Sequence[ComparedPiece]]:
    """Take both sides apart; a block of a lesson that is the same in its old place only once."""
    if not (isinstance(was, Document) and isinstance(now, Document)):
        return pieces_of(was, locale), pieces_of(now, locale)
    old = [tuple(document_pieces((block,))) for block in was.blocks]
    new = [
        old[at] if at < len(old) and was.blocks[at] == block else tuple(document_pieces((block,)))
        for at, block in enumerate(now.blocks)
    ]
    return [one for some in old for one in some], [one for some in new for one in some]


def between(old: Release | None, new: Release, locale: str) -> Difference:
    """Return all that differs in one language between a version (None: before the first) and another one.

    What is equal is passed over before it is taken apart, so that the work is as large as the change.
    """
    before, after = texts_of(old, locale) if old else Texts(), texts_of(new, locale)
    found: list[Section] = []
    for place in _places(before, after):
        title, now = after.get(place, before.get(place, ("", None)))
        was = before[place][1] if place in before else None
        now = after[place][1] if place in after else None
        if was == now:
            continue
        blocks = compared(*_both(was, now, locale))
        if any(not block.is_kept for block in blocks):
            found.append(Section(place, title, blocks))
    return Difference(locale, _moved_across(found))


def _places(before: Texts, after: Texts) -> Iterator[CoursePart]:
    """Return the parts in the order of the new version, each that is gone after the one it followed."""
    gone = [place for place in before if place not in after]
    follows = dict(zip(list(before)[1:], before, strict=False))
    waiting: dict[CoursePart | None, list[CoursePart]] = {}
    for place in gone:
        head = follows.get(place)
        while head is not None and head not in after:
            head = follows.get(head)
        waiting.setdefault(head, []).append(place)
    for place in after:
        yield place
        yield from waiting.get(place, ())


def _moved_across(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Join what left one part of the course with what came into another, where the words are the same."""
    left: dict[tuple[str, str], list[CoursePart]] = {}
    for section in sections:
        for block in section.blocks:
            if block.fate is Fate.REMOVED and _is_known_again(block.piece):
                left.setdefault((block.piece.kind, block.piece.text), []).append(section.place)
    came: dict[tuple[CoursePart, tuple[str, str]], list[CoursePart]] = {}
    mended = [_with_arrivals(section, left, came) for section in sections]
    return tuple(_with_departures(section, came) for section in mended)


def _is_known_again(piece: ComparedPiece) -> bool:
    return bool(piece.text) and not piece.fixed and " " in piece.text


def _with_arrivals(
    section: Section,
    left: Mapping[tuple[str, str], list[CoursePart]],
    came: dict[tuple[CoursePart, tuple[str, str]], list[CoursePart]],
) -> Section:
    blocks = list(section.blocks)
    for at, block in enumerate(blocks):
        key = block.piece.kind, block.piece.text
        if block.fate is Fate.ADDED and not block.piece.fixed and left.get(key):
            origin = left[key].pop(0)
            came.setdefault((origin, key), []).append(section.place)
            blocks[at] = _pair(block.piece, block.piece, moved=True, other=origin)
    return replace(section, blocks=tuple(blocks))


def _with_departures(
    section: Section, came: dict[tuple[CoursePart, tuple[str, str]], list[CoursePart]]
) -> Section:
    blocks = list(section.blocks)
    for at, block in enumerate(blocks):
        key = section.place, (block.piece.kind, block.piece.text)
        if block.fate is Fate.REMOVED and came.get(key):
            blocks[at] = replace(block, fate=Fate.MOVED, moved=True, other=came[key].pop(0))
    return replace(section, blocks=tuple(blocks))
