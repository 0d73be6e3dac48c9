"""A lesson file to a core document: containers cut out, the Markdown between them read, all faults noted.

Holds the order of the steps only.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.content.markup.blocks import BUILDERS, Build
from lms.content.markup.containers import Fence, Prose, cut
from lms.content.markup.markdown import to_blocks
from lms.content.markup.report import Notebook
from lms.content.shapes.reading import decode, unusable_characters
from lms.core.courses.document import Block, Document
from lms.core.courses.findings import Finding


@dataclass(frozen=True, slots=True)
class LessonText:
    """What was read of one lesson in one language."""

    document: Document
    findings: tuple[Finding, ...] = ()


class _Reader:
    """Read nested containers; the notebook is shared, so that faults stay in one list."""

    def __init__(self, notes: Notebook) -> None:
        self.notes = notes
        self.build = Build(notes, self.blocks)

    def blocks(self, fence: Fence) -> tuple[Block, ...]:
        found: list[Block] = []
        for part in fence.children:
            if isinstance(part, Prose):
                found.extend(to_blocks(part.text, part.line, self.notes))
            elif part.name in BUILDERS:
                found.append(BUILDERS[part.name](part, self.build))
            else:  # unknown or misplaced, and reported; its text is read all the same, for its own faults
                found.extend(self.blocks(part))
        return tuple(found)


def read_lesson(raw: bytes, file: str, lang: str) -> LessonText:
    """Read a lesson file; whatever is wrong with it becomes findings, and what can be read is read."""
    text, faults = decode(raw, file)
    notes = Notebook(file, [*faults, *unusable_characters(text, file)])
    blocks = _Reader(notes).blocks(cut(text, notes))
    findings = sorted(notes.findings, key=lambda finding: finding.place.line)
    return LessonText(Document(lang, blocks), tuple(findings))
