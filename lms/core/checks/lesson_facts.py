"""What a check needs to know of a lesson once its words have been judged.

Holds small frozen facts that can be kept by digest, so that a file which has not changed is not read again.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.checks.first_uses import Use
from lms.core.checks.parity import Skeleton, skeleton
from lms.core.checks.structure import anchors
from lms.core.courses.document import Document, Figure, LawBox, Recording
from lms.core.courses.findings import Finding
from lms.core.courses.walk import all_links, walk


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link that leads out of its lesson."""

    kind: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class MediaFact:
    """A picture or recording that a lesson shows; `kind` is `figure`, `video` or `audio`."""

    kind: str
    src: str
    line: int


@dataclass(frozen=True, slots=True)
class StatementFact:
    """A law box without its words."""

    id: str
    rests_on: tuple[str, ...]
    as_of: str
    review_by: str
    line: int


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """One lesson in one language: what its own words are found to lack, and what it leans on."""

    findings: tuple[Finding, ...]
    skeleton: Skeleton
    anchors: tuple[str, ...]
    links: tuple[LinkFact, ...]
    media: tuple[MediaFact, ...]
    statements: tuple[StatementFact, ...]
    uses: tuple[Use, ...] = ()


def lesson_facts(
    document: Document, findings: tuple[Finding, ...], uses: tuple[Use, ...] = ()
) -> LessonFacts:
    """Gather the facts of a lesson whose words have been judged; `uses` are those of glossary terms."""
    nodes = tuple(walk(document.blocks))
    outward = {"term", "law", "lesson"}
    shown = (
        (getattr(node, "kind", "figure"), node) for node in nodes if isinstance(node, (Figure, Recording))
    )
    boxes = (node for node in nodes if isinstance(node, LawBox))
    return LessonFacts(
        findings,
        skeleton(document.blocks),
        tuple(anchors(document)),
        tuple(
            LinkFact(link.kind, link.target, line)
            for link, line in all_links(document.blocks)
            if link.kind in outward
        ),
        tuple(MediaFact(kind, node.src, node.line) for kind, node in shown),
        tuple(StatementFact(box.id, box.rests_on, box.as_of, box.review_by, box.line) for box in boxes),
        uses,
    )
