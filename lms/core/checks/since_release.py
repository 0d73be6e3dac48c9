"""What has to follow a change since the newest release: the other language, what rests on the same law.

Holds the comparison of a draft with a release. Blocks are compared one by one in each language; a block that
changed in one language beside one that did not is stale (design, section 7). Addresses and alternative
texts do not count (`fingerprint`, loose), nor do spaces and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher

from lms.core.courses.document import LawBox
from lms.core.courses.quiz import Question
from lms.core.courses.walk import Node, inside, walk
from lms.core.locales import Words
from lms.core.publishing.fingerprint import canonical, digest

_SIGNS = re.compile(r"(?<!\d)\W+|\W+(?!\d)")  # but for those within a number
Lesson = Mapping[str, Sequence[Node]]  # blocks by language


@dataclass(frozen=True, slots=True)
class Behind:
    """A text in one language whose counterpart changed: where it stands, and which language moved on."""

    locale: str
    line: int
    moved: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A statement about the law that changed: its laws, where, and whether its date was left as it was."""

    rests_on: tuple[str, ...]
    id: str
    locale: str
    line: int
    same_date: bool


def _leaves(blocks: Iterable[Node]) -> list[Node]:
    return [node for node in walk(blocks) if next(inside(node), None) is None or isinstance(node, LawBox)]


def _said(node: Node) -> str:
    """Return what a block says by its letters and numbers: signs can be put right in one language."""
    alone = replace(node, plain=()) if isinstance(node, LawBox) else node
    return _SIGNS.sub("", canonical(alone, loose=True).decode())


def _kept(old: Sequence[Node], new: Sequence[Node]) -> list[bool]:
    """Return for each new block whether it is one of the old ones."""
    before, after = ([_said(node) for node in nodes] for nodes in (old, new))
    kept = [False] * len(after)
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept[block.b : block.b + block.size] = [True] * block.size
    return kept


def texts_behind(old: Lesson, new: Lesson, required: Sequence[str]) -> Iterator[Behind]:
    """Find blocks of a lesson that did not follow a change of their counterpart.

    Languages with different numbers of blocks are left to the rules of parity; a language that the release
    did not have has nothing to follow.
    """
    leaves = {locale: _leaves(new[locale]) for locale in required if locale in new and locale in old}
    if len({len(nodes) for nodes in leaves.values()}) != 1:
        return
    kept = {locale: _kept(_leaves(old[locale]), nodes) for locale, nodes in leaves.items()}
    for at in range(len(next(iter(kept.values())))):
        moved = [locale for locale in kept if not kept[locale][at]]
        if moved:
            yield from (
                Behind(locale, leaves[locale][at].line, moved[0]) for locale in kept if kept[locale][at]
            )


def words_behind(old: object, new: object, required: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Find short texts that stand side by side, of which one language changed: pairs of (behind, moved)."""
    before, after = list(_words(old)), list(_words(new))
    if len(before) != len(after):
        return
    found: dict[tuple[str, str], None] = {}
    for former, present in zip(before, after, strict=True):
        both = [locale for locale in required if locale in former and locale in present]
        then, now = ([_SIGNS.sub("", words[locale]) for locale in both] for words in (former, present))
        moved = [locale for locale, was, is_now in zip(both, then, now, strict=True) if was != is_now]
        if moved:
            found.update({(locale, moved[0]): None for locale in both if locale not in moved})
    yield from found


def _words(node: object) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _words(part)
    elif is_dataclass(node):
        for entry in fields(node):
            yield from _words(getattr(node, entry.name))


def statements_restated(old: Lesson, new: Lesson) -> Iterator[Restated]:
    """Find statements about the law whose words changed since the release, each once."""
    told: set[str] = set()
    for locale, blocks in new.items():
        former = {box.id: box for box in walk(old.get(locale, ())) if isinstance(box, LawBox)}
        for box in walk(blocks):
            if not isinstance(box, LawBox) or box.id in told or box.id not in former:
                continue
            if digest(former[box.id].statement) != digest(box.statement):
                told.add(box.id)
                same_date = former[box.id].as_of == box.as_of
                yield Restated(box.rests_on, box.id, locale, box.line, same_date)


def questions_unmoved(
    old: Mapping[str, Question], new: Iterable[Question], laws: Iterable[str]
) -> Iterator[str]:
    """Find questions that rest on one of these laws and say what they said in the release."""
    wanted = set(laws)
    for question in new:
        former = old.get(question.id)
        if former is not None and wanted & set(question.rests_on) and digest(former) == digest(question):
            yield question.id
