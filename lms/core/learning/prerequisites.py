"""Whether somebody may go on in a course that needs another one: what comes first, and how far it is.

A need is met by the course itself, completed at any version, or by earlier learning that was recognised. The
first module is open without it. Whoever has gone beyond the first module is not held up by a need that was
added later. Holds no learner and no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.core.courses.course import Module, Need, Release
from lms.core.learning.progress import LearnerRecord


class Met(StrEnum):
    """How far a need is met."""

    DONE = "done"
    RECOGNISED = "recognised"
    WAITING = "waiting"  # recognition was asked for
    DECLINED = "declined"
    LEFT = "left"


class Access(StrEnum):
    """Whether somebody may read a part of a course, or what comes before."""

    OPEN = "open"
    ENROL = "enrol"  # start the course first
    SIGN_UP = "sign-up"  # a visitor beyond the first module
    NEEDS = "needs"  # another course comes first


@dataclass(frozen=True, slots=True)
class NeedStanding:
    """A need and how far it is met; `reason` says why recognition was declined."""

    need: Need
    met: Met
    reason: str = ""

    @property
    def is_met(self) -> bool:
        """Return whether it holds nobody up."""
        return self.met in {Met.DONE, Met.RECOGNISED}


@dataclass(frozen=True, slots=True)
class RecognitionAnswer:
    """The last request for recognition: `granted` is None while it waits."""

    granted: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """What somebody tells of earlier learning: what they took, where, and about when."""

    learned: str
    provider: str
    period: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request to recognise earlier learning; `granted` is None while it waits, `name` the person's."""

    id: str
    person: str
    course: str
    told: RecognitionRequest
    at: int
    answered_at: int
    granted: bool | None
    reason: str
    name: str = ""
    organisation: str = ""


def judge(
    needs: Collection[Need], completed: Collection[str], asked: Mapping[str, RecognitionAnswer]
) -> tuple[NeedStanding, ...]:
    """Judge each need by the courses that were completed and the requests by course."""
    return tuple(_judge(need, completed, asked.get(need.course)) for need in needs)


def _judge(need: Need, completed: Collection[str], asked: RecognitionAnswer | None) -> NeedStanding:
    if need.course in completed:
        return NeedStanding(need, Met.DONE)
    if asked is None:
        return NeedStanding(need, Met.LEFT)
    if asked.granted is None:
        return NeedStanding(need, Met.WAITING)
    return NeedStanding(need, Met.RECOGNISED if asked.granted else Met.DECLINED, asked.reason)


def is_first(release: Release, module: Module | None) -> bool:
    """Return whether a module (None: the final check) is the first one, which anybody may try."""
    return module is not None and module.id == release.modules[0].id


def has_gone_on(release: Release, facts: LearnerRecord) -> bool:
    """Return whether somebody has read or passed anything beyond the first module."""
    first = release.modules[0].id
    return facts.completed or any(
        module != first for module in ({name for name, _ in facts.read} | facts.passed)
    )
