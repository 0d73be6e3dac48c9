"""An answer to a finding, and a finding of a draft with what belongs to it: shapes alone."""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.authoring.lessons.pieces import Piece, Place
from lms.core.courses.findings import Finding


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """Who said that something may stay, when and why; `digest` is of the finding and its block."""

    course: str
    rule: str
    file: str
    digest: str
    reason: str
    person: str
    at: int


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """A finding of a draft; `key` is what an answer is kept under, `question` where it is of a quiz.

    `can_fix` says that a machine can put it right without changing a word; `piece` is the block of a lesson
    that it is about, and `place` where that stands in its file.
    """

    finding: Finding
    key: str
    answer: FindingAnswer | None
    module: str
    question: str
    can_fix: bool
    piece: Piece | None = None
    place: Place = ()
