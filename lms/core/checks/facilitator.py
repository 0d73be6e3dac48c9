"""Whether the page for somebody who leads a team talk has its four sections and its three questions.

Holds judgements over one document.
"""

from __future__ import annotations

from lms.core.checks.rules import broken
from lms.core.courses.document import Document, Heading, ListBlock
from lms.core.courses.findings import Finding, Place

ANCHORS = ("timing", "questions", "safety", "not")
QUESTIONS = 3
_SECTION = 2  # level of the headings that begin a section


def faults(document: Document, file: str) -> list[Finding]:
    """Judge the sections, and the questions among them."""
    heads = [block for block in document.blocks if isinstance(block, Heading) and block.level == _SECTION]
    anchors = [head.id for head in heads]
    findings: list[Finding] = []
    if tuple(anchors) != ANCHORS or document.blocks[0] is not heads[0]:
        line = document.blocks[0].line if document.blocks else 1
        found = ", ".join(anchor or "–" for anchor in anchors) or "–"
        findings.append(
            broken("facilitator-sections", Place(file, line), found=found, wanted=", ".join(ANCHORS))
        )
    if "questions" in anchors:
        head = heads[anchors.index("questions")]
        count = _questions(document, head)
        if count != QUESTIONS:
            findings.append(broken("facilitator-questions", Place(file, head.line), count=count))
    return findings


def _questions(document: Document, head: Heading) -> int:
    """Count the questions: the items of the ordered lists under their heading."""
    count = 0
    for block in document.blocks[document.blocks.index(head) + 1 :]:
        if isinstance(block, Heading) and block.level == _SECTION:
            break
        if isinstance(block, ListBlock) and block.ordered:
            count += len(block.items)
    return count
