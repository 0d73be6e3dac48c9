"""What one save asks for and what came of it.

Holds shapes alone. An edit names the state of the file in which its author saw the piece (`base`), so that
whoever changed other pieces meanwhile loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.authoring.lessons.changes import Change
from lms.core.authoring.lessons.pieces import Piece, Place


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a lesson in one language, with its place as it was in the state `base`."""

    locale: str
    base: str
    wish: Change
    was: str = ""  # digest of the piece as its author saw it


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts for one piece: what this author typed, and what another has saved; None when it is gone."""

    edit: Edit
    theirs: Piece | None
    place: Place = ()


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What was saved (digest by language), what could not be, and why; `batch` names it in the history.

    `beside` are edits that wait with them: a block is saved in all the languages that were sent, or in none.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    refused: tuple[tuple[Edit, str, Mapping[str, object]], ...] = ()
    places: tuple[Place | None, ...] = ()  # where the piece of each edit is now
    batch: str = ""
    beside: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class FileState:
    """A state that a file of a draft has had; `person` is empty when it was changed outside the workspace."""

    id: str
    course: str
    file: str
    digest: str
    previous: str
    person: str
    batch: str
    at: int
