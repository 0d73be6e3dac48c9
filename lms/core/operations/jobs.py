"""Jobs: work that happens after a transaction, what each kind carries, and when it is tried again.

Holds a frozen payload for each kind of work, with its JSON written out field by field, so that renaming a
class or a field here changes no row that waits; what an older version wrote can still be read. Holds no work
and no table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar, Protocol, TypeVar

from lms.core.errors import Invalid

MINUTE = 60_000
#: Minutes until each next try; the last one repeats until the tries are used up, after about two days.
WAITS = (0.5, 1, 2, 5, 10, 20, 30, 60)
MOST_TRIES = 48
JITTER = 0.25  # of a wait, at most: jobs that failed together are not tried together again
LONGEST_WAIT = round(WAITS[-1] * (1 + JITTER) * MINUTE)
#: A worker that has not renewed its lease for so long is gone, by the clock of whoever watches it.
LEASE = MINUTE


class Urgency(IntEnum):
    """Who waits for it: the lower one goes first."""

    AWAITED = 0  # somebody sits in front of it: a code to sign in
    SOON = 1  # somebody will look for it: a certificate, another letter
    SOMETIME = 2  # nobody waits: learners to move, bytes to erase


#: Letters that nobody needs in order to use an account: whoever wants none of these gets none.
OPTIONAL_LETTERS = frozenset({"questions", "renewal"})


class Work(Protocol):
    """What a job carries."""

    kind: ClassVar[str]

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        ...

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to send: its kind, the reader's address and language, and an id that stays the same.

    `mailed_code` is the id of the code that it carries, or ''; `link` leads somewhere, or is ''; `note` is
    what authors say about a change, in the reader's language, or ''; `person` whom an optional one is for.
    """

    kind: ClassVar[str] = "letter"
    letter: str
    to: str
    locale: str
    id: str
    mailed_code: str = ""
    link: str = ""
    note: str = ""
    person: str = ""

    @property
    def is_optional(self) -> bool:
        """Return whether its reader can do without it, and may have said so."""
        return self.letter in OPTIONAL_LETTERS

    @property
    def urgency(self) -> Urgency:
        """Return the urgency by which a code overtakes everything: somebody waits for it at the form."""
        return Urgency.AWAITED if self.mailed_code else Urgency.SOON

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {
            "letter": self.letter,
            "to": self.to,
            "locale": self.locale,
            "id": self.id,
            "code": self.mailed_code,
            "link": self.link,
            "note": self.note,
            "person": self.person,
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Letter:
        """Read a row; the first ones had no link, later ones no note and no person."""
        return cls(
            found["letter"],
            found["to"],
            found["locale"],
            found["id"],
            found["code"],
            found.get("link", ""),
            found.get("note", ""),
            found.get("person", ""),
        )


@dataclass(frozen=True, slots=True)
class CertificatePdf:
    """The PDF of a certificate, to be made; `of` is the mark of the print, '' for the one that was issued."""

    kind: ClassVar[str] = "certificate"
    number: str
    of: str = ""

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        return Urgency.SOON

    @property
    def key(self) -> str:
        """Name the work: one print has one PDF."""
        return f"{self.kind}:{self.number}" + (f":{self.of}" if self.of else "")

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {"number": self.number, "print": self.of}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> CertificatePdf:
        """Read a row; the first ones knew no print but the one that was issued."""
        return cls(found["number"], found.get("print", ""))


@dataclass(frozen=True, slots=True)
class DossierPaper:
    """The PDF of a closed dossier in one language, to be made."""

    kind: ClassVar[str] = "dossier"
    dossier: str
    locale: str

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        return Urgency.SOON

    @property
    def key(self) -> str:
        """Name the work: one dossier has one PDF in a language."""
        return f"{self.kind}:{self.dossier}:{self.locale}"

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {"dossier": self.dossier, "locale": self.locale}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> DossierPaper:
        """Read a row."""
        return cls(found["dossier"], found["locale"])


@dataclass(frozen=True, slots=True)
class BlobErasure:
    """Bytes to be erased unless something still uses them."""

    kind: ClassVar[str] = "erase-blob"
    digest: str

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        return Urgency.SOMETIME

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {"digest": self.digest}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> BlobErasure:
        """Read a row."""
        return cls(found["digest"])


@dataclass(frozen=True, slots=True)
class LaterQuestions:
    """The questions that are asked three months after somebody has completed a course."""

    kind: ClassVar[str] = "questions-later"
    person: str
    course: str

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        return Urgency.SOMETIME

    @property
    def key(self) -> str:
        """Name the work: somebody is asked once for each course."""
        return f"{self.kind}:{self.person}:{self.course}"

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {"person": self.person, "course": self.course}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> LaterQuestions:
        """Read a row."""
        return cls(found["person"], found["course"])


@dataclass(frozen=True, slots=True)
class ReleaseActivated:
    """What follows when a release becomes current: learners move, some at a time.

    `version` and `after` say where the next batch begins: at the learners of that older release whose
    enrolment comes after this one. Both are '' at the start.
    """

    kind: ClassVar[str] = "release-activated"
    course: str
    version: str = ""
    after: str = ""

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        return Urgency.SOMETIME

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {"course": self.course, "version": self.version, "after": self.after}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> ReleaseActivated:
        """Read a row; the first ones named the course alone."""
        return cls(found["course"], found.get("version", ""), found.get("after", ""))


@dataclass(frozen=True, slots=True)
class HoldersToTell:
    """Certificate holders to be told when a release becomes current, some at a time.

    `after` is the number of the certificate after which the next batch begins; '' at the start.
    """

    kind: ClassVar[str] = "holders-to-tell"
    course: str
    after: str = ""

    @property
    def urgency(self) -> Urgency:
        """Return who waits for it."""
        return Urgency.SOMETIME

    def to_json(self) -> dict[str, str]:
        """Return what is written into the row."""
        return {"course": self.course, "after": self.after}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> HoldersToTell:
        """Read a row."""
        return cls(found["course"], found["after"])


T = TypeVar("T")


def read(reader: Callable[[Mapping[str, Any]], T], job: Job) -> T:
    """Return the payload of a job.

    Raises: Invalid `job.payload-unreadable`.
    """
    try:
        return reader(job.payload)
    except (KeyError, TypeError) as problem:
        raise Invalid("job.payload-unreadable", kind=job.kind) from problem


@dataclass(frozen=True, slots=True)
class Job:
    """A job that a worker has taken.

    `lease` is new each time it is taken: a late worker's report is told from that of the one which has taken
    over. `tries` counts this one.
    """

    id: str
    kind: str
    key: str
    payload: Mapping[str, Any]
    tries: int
    lease: str = ""


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job as whoever runs the site sees it: never what it carries, which may name somebody."""

    id: str
    kind: str
    key: str
    state: str  # waiting | failed
    tries: int
    error: str
    run_at: int
    can_retry: bool


def wait_after(tries: int, share: float) -> int:
    """Return how long to wait after so many tries, in milliseconds; `share` (0 to 1) spreads it.

    >>> wait_after(1, 0.0), wait_after(8, 0.0), wait_after(40, 1.0)
    (30000, 3600000, 4500000)
    """
    minutes = WAITS[min(tries, len(WAITS)) - 1]
    return round(minutes * MINUTE * (1 + JITTER * share))


@dataclass(frozen=True, slots=True)
class KindFilter:
    """Which kinds of work a worker takes: those that are named, or with `but` all the others."""

    names: frozenset[str] = frozenset()
    but: bool = True


EVERY_KIND = KindFilter()
#: A mail server may take its time: no certificate waits for it, and no code for a certificate.
LETTERS = KindFilter(frozenset({Letter.kind}), but=False)
NO_LETTERS = KindFilter(LETTERS.names)


# --- leases: watched, never compared with a date ------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Seen:
    """A lease as it was first seen: its mark changes whenever its worker shows that it is alive."""

    mark: str
    since: int


def watched(before: Mapping[str, Seen], held: Mapping[str, str], now: int) -> dict[str, Seen]:
    """Note the leases that are held now (job id to mark); `now` is a clock that nobody can set.

    >>> first = watched({}, {"a": "x 1", "b": "y 1"}, 0)
    >>> watched(first, {"a": "x 1", "b": "y 2"}, 50)["a"].since
    0
    """
    return {
        id_: known if (known := before.get(id_)) and known.mark == mark else Seen(mark, now)
        for id_, mark in held.items()
    }


def abandoned(seen: Mapping[str, Seen], now: int) -> dict[str, str]:
    """Return the leases (job id to mark) whose worker has shown no sign of life for as long as a lease lasts.

    >>> abandoned({"a": Seen("x 1", 0), "b": Seen("y 2", 50)}, LEASE)
    {'a': 'x 1'}
    """
    return {id_: one.mark for id_, one in seen.items() if now - one.since >= LEASE}
