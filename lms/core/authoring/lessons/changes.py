"""What may be done to one piece of a lesson: the wishes that `content.editing` carries out.

Holds shapes alone. A place is where the piece stands in the very bytes that are changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.authoring.lessons.pieces import Place


@dataclass(frozen=True, slots=True)
class SetText:
    """Other words for a leaf; empty ones remove it. `level` is that of a heading."""

    place: Place
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class SetFields:
    """Other values on the opening line of a container; an empty value takes it away, a flag is on or off."""

    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InsertPiece:
    """A new piece behind the one at `place`, or as the first inside it."""

    place: Place
    new: NewPiece
    inside: bool = False


#: Kinds of which each piece has an id, for links, for answers and for the other languages.
WITH_ID = frozenset(
    {
        "law",
        "scenario",
        "branching",
        "step",
        "reflection",
        "checklist",
        "job-aid",
        "figure",
        "content-note",
        "video",
        "audio",
        "finder",
        "heading",
    }
)


@dataclass(frozen=True, slots=True)
class NewPiece:
    """What is put in: a kind, the id that the machine gives it, its values, and words for its parts.

    `parts` are read by name: `text` stands in the piece itself, others in a container of that name inside it.
    """

    kind: str
    id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    parts: Mapping[str, str] = field(default_factory=dict)
    level: int = 2


@dataclass(frozen=True, slots=True)
class RemovePiece:
    """Take a piece out with all that stands in it."""

    place: Place


@dataclass(frozen=True, slots=True)
class MovePiece:
    """Change places with the neighbour above (-1) or below (+1)."""

    place: Place
    by: int


@dataclass(frozen=True, slots=True)
class JoinPieces:
    """Make one piece of this one and the next."""

    place: Place


@dataclass(frozen=True, slots=True)
class NamePiece:
    """Give a heading, a paragraph, a table or a quote its id."""

    place: Place
    id: str


Change = SetText | SetFields | InsertPiece | RemovePiece | MovePiece | JoinPieces | NamePiece
