"""Change dossiers: what a change of the law does to what is taught, settled statement by statement.

Holds what one is and when it may be closed; holds no words. A line is one statement in one language, or a
task; each is open until somebody says what became of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from lms.core.errors import Conflict

TASK = "task"  # kind of a line that is no statement
SIGNED_OFF, DECIDED, MADE = "sign-off", "decision", "made"  # kinds of notes


class Settled(StrEnum):
    """What became of a line."""

    OPEN = "open"
    REWRITTEN = "rewritten"
    STILL_TRUE = "still-true"
    NOT_AFFECTED = "not-affected"
    DONE = "done"


#: What can be said of a statement, and of a task; all but rewriting asks for a reason.
OF_STATEMENTS = (Settled.REWRITTEN, Settled.STILL_TRUE, Settled.NOT_AFFECTED)
OF_TASKS = (Settled.DONE,)


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One statement in one language, or a task (without place and language; its words are `old`).

    `old` is what the published release said when the dossier was opened, `new` what stands in its place.
    """

    id: str
    course: str
    place: str
    kind: str
    locale: str
    old: str
    new: str = ""
    owner: str = ""
    settled: Settled = Settled.OPEN
    reason: str = ""
    by: str = ""
    at: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether nobody has said yet what becomes of it."""
        return self.settled is Settled.OPEN

    @property
    def is_task(self) -> bool:
        """Return whether this is something to do, and no statement."""
        return self.kind == TASK


@dataclass(frozen=True, slots=True)
class DossierNote:
    """A decision with its reason, a sign-off, or (`made`) the digest of the PDF in one language."""

    id: str
    kind: str
    locale: str
    text: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """One change: of which law, by which event ("date/event", or empty), what it is, and how it stands."""

    id: str
    law: str
    event: str
    report: str
    words: str
    material: bool
    effective: str
    opened_at: int
    by: str
    closed_at: int = 0
    lines: tuple[DossierLine, ...] = ()
    notes: tuple[DossierNote, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether it is still worked on."""
        return not self.closed_at

    @property
    def statements(self) -> tuple[DossierLine, ...]:
        """Return the lines that are statements."""
        return tuple(line for line in self.lines if not line.is_task)

    @property
    def tasks(self) -> tuple[DossierLine, ...]:
        """Return the lines that are tasks."""
        return tuple(line for line in self.lines if line.is_task)

    @property
    def open_lines(self) -> tuple[DossierLine, ...]:
        """Return what is not settled."""
        return tuple(line for line in self.lines if line.is_open)

    @property
    def locales(self) -> tuple[str, ...]:
        """Return the languages of its statements, in their order."""
        return tuple(dict.fromkeys(line.locale for line in self.statements))

    @property
    def is_signed_off(self) -> bool:
        """Return whether somebody has signed it off since the last line was settled or reopened."""
        changed = max((line.at for line in self.lines), default=0)
        return any(note.at >= changed for note in self.notes_of(SIGNED_OFF))

    def says_the_same(self, other: Dossier) -> bool:
        """Return whether somebody has opened the same dossier twice."""
        mine, theirs = (
            (one.law, one.event, one.report, one.words, one.material, one.effective, one.by)
            for one in (self, other)
        )
        return mine == theirs

    def notes_of(self, kind: str) -> tuple[DossierNote, ...]:
        """Return the notes of one kind."""
        return tuple(note for note in self.notes if note.kind == kind)

    def made(self, locale: str) -> str:
        """Return the digest of the PDF in a language; '' while it is not made."""
        return next((note.text for note in self.notes_of(MADE) if note.locale == locale), "")


def places(lines: Iterable[DossierLine]) -> str:
    """Name statements so that an author finds them: "module/lesson#id (fr), …"."""
    return ", ".join(f"{line.place} ({line.locale})" for line in lines)


def unsettled(
    now: Dossier, chosen: Collection[DossierLine], settled: Settled, reason: str, by: str
) -> tuple[DossierLine, ...]:
    """Return the chosen lines that are open now; what the same person has said of one is not said twice.

    Raises: Conflict `dossier.line-settled` where somebody has said something else since.
    """
    ids = {line.id for line in chosen}
    lines = [line for line in now.lines if line.id in ids and not line.is_open]
    if any((line.settled, line.reason, line.by) != (settled, reason, by) for line in lines):
        raise Conflict("dossier.line-settled")
    return tuple(line for line in now.lines if line.id in ids and line.is_open)
