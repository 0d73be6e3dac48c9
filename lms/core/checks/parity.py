"""Whether a lesson has the same bones in two languages.

Holds the bones (what blocks, in which order, with which ids and facts) and their comparison. No language is
the master: each finding stands in the file that differs from the one it was compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from lms.core.checks.rules import broken
from lms.core.courses.document import (
    Block,
    ContentNote,
    Figure,
    Heading,
    InShort,
    LawBox,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Recording,
    Step,
    Table,
)
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import Node, all_links, id_of, inside
from lms.core.publishing.release_tags import SEALED


@dataclass(frozen=True, slots=True)
class Bone:
    """One block without its words: what it is, its id, and what must be equal in all languages."""

    kind: str
    id: str
    facts: str
    line: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A lesson in one language without its words, and what its links name."""

    bones: tuple[Bone, ...]
    targets: tuple[tuple[str, str], ...]


_FACTS: Mapping[type, Callable[[Any], str]] = {
    Heading: lambda node: f"level {node.level}",
    ListBlock: lambda node: f"{'numbered, ' if node.ordered else ''}{len(node.items)} items",
    Table: lambda node: (
        f"{len(node.header)} columns, {len(node.rows)} rows{', row headers' * node.row_headers}"
    ),
    Quote: lambda node: "with source" if node.source else "",
    InShort: lambda node: f"{len(node.items)} items",
    LawBox: lambda node: f"{' '.join(node.rests_on)}, as of {node.as_of}, review by {node.review_by}",
    Step: lambda node: (
        f"to {' '.join(choice.target for choice in node.choices)}" if node.choices else "ending"
    ),
    Figure: lambda node: f"{node.src}{', decorative' * node.decorative}",
    ContentNote: lambda node: f"{node.minutes} minutes, skip to {node.skip_to}",
    Recording: lambda node: f"{node.src}{', described' * node.described}",
}


def _bone(node: Node) -> Bone:
    facts = _FACTS.get(type(node))
    return Bone(SEALED.tag(node), id_of(node), facts(node) if facts else "", node.line)


def _framed(blocks: Iterable[Node]) -> Iterator[Node]:
    """Go through all blocks but items and their first paragraphs: a list says how many items it has."""
    for node in blocks:
        if not isinstance(node, ListItem):
            yield node
            yield from _framed(inside(node))
            continue
        first, *rest = node.content or (None,)
        opened = () if first is None or (isinstance(first, Paragraph) and not first.id) else (first,)
        yield from _framed((*opened, *rest))


def skeleton(blocks: Sequence[Block]) -> Skeleton:
    """Return a lesson's bones, and the terms, laws and places its links name."""
    kinds = {"term", "law", "lesson", "page"}
    named = {(link.kind, link.target) for link, _ in all_links(blocks) if link.kind in kinds}
    return Skeleton(tuple(_bone(node) for node in _framed(blocks)), tuple(sorted(named)))


def _said(bone: Bone) -> str:
    return " ".join(filter(None, (bone.id and f"#{bone.id}", bone.facts)))


def _changes(mine: Sequence[Bone], theirs: Sequence[Bone]) -> list[tuple[Bone | None, Bone | None, int]]:
    """Return what differs as (mine, theirs, line in my file)."""
    matcher = SequenceMatcher(
        None,
        [(b.kind, b.id, b.facts) for b in mine],
        [(b.kind, b.id, b.facts) for b in theirs],
        autojunk=False,
    )
    changes: list[tuple[Bone | None, Bone | None, int]] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        left, right = list(mine[start:end]), list(theirs[other_start:other_end])
        while left and right and left[0].kind == right[0].kind:
            changes.append((left[0], right[0], left[0].line))
            left, right = left[1:], right[1:]
        line = left[0].line if left else mine[min(start, len(mine) - 1)].line if mine else 1
        changes += [(bone, None, bone.line) for bone in left]
        changes += [(None, bone, line) for bone in right]
    return changes


def differences(
    mine: Skeleton, theirs: Skeleton, file: str, other: str, *, offered: bool = False
) -> list[Finding]:
    """Compare a lesson with its other language `other`; in an offered language a difference is a warning."""
    findings: list[Finding] = []
    for own, their, line in _changes(mine.bones, theirs.bones):
        rule = "parity-differs" if own and their else "parity-extra" if own else "parity-missing"
        here, there = (_said(bone) if bone else "" for bone in (own, their))
        block = next(bone.kind for bone in (own, their) if bone)
        params = {"block": block, "here": here, "there": there, "other": other}
        findings.append(broken("parity-offered" if offered else rule, Place(file, line), **params))
    lacking = [f"{kind}:{target}" for kind, target in theirs.targets if (kind, target) not in mine.targets]
    if lacking and not offered:
        findings.append(broken("parity-links", Place(file), links=", ".join(lacking), other=other))
    return findings
