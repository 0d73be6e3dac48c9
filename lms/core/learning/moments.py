"""What is asked before a course, after it and three months later, and which replies there are.

Judges the moment, the replies and the quarter that a reply is counted in. Holds no words of questions
(`web`), no person and no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.core.courses.survey import ConfidenceTask, Survey

POINTS = ("1", "2", "3", "4", "5")
PLANS = ("yes", "no", "unsure")
DEEDS = ("yes", "partly", "no")
#: Days after completion from which, and until which, people are asked what became of it.
LATER_FROM, LATER_UNTIL = 91, 365
#: In a year, and in one of them.
QUARTERS, MONTHS = 4, 3

Answers = dict[str, dict[str, int | str] | list[str]]


class Moment(StrEnum):
    """When somebody is asked."""

    BEFORE = "before"
    AFTER = "after"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: of which kind, about which tasks, with which replies; none of them is required.

    `obstacles` is one question about all its tasks, several of which may be chosen; the others are about one.
    """

    kind: str  # confidence | intention | done | obstacles
    tasks: tuple[ConfidenceTask, ...]
    replies: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the question among the others."""
        return self.kind if self.several else f"{self.kind}-{self.tasks[0].id}"

    @property
    def several(self) -> bool:
        """Return whether more than one reply may be chosen."""
        return self.kind == "obstacles"


def _each(kind: str, tasks: Sequence[ConfidenceTask], replies: tuple[str, ...]) -> Iterator[Ask]:
    return (Ask(kind, (task,), replies) for task in tasks)


def asks(survey: Survey, moment: Moment) -> tuple[Ask, ...]:
    """List what is asked at a moment, in order."""
    found = list(_each("confidence", survey.confidence, POINTS))
    if moment is Moment.AFTER:
        found += _each("intention", survey.intention, PLANS)
    if moment is Moment.LATER:
        found += _each("done", survey.intention, DEEDS)
        found.append(Ask("obstacles", survey.obstacles, tuple(task.id for task in survey.obstacles)))
    return tuple(found)


def accepted(asked: Sequence[Ask], sent: Mapping[str, Sequence[str]]) -> Answers | None:
    """Turn what was sent into what is kept; None when a reply was not offered.

    What has no reply is left out, and what nobody asked is not looked at.
    """
    one_of: dict[str, dict[str, int | str]] = {}
    several: dict[str, list[str]] = {}
    for ask in asked:
        given = [reply for reply in sent.get(ask.name, ()) if reply]
        if not set(given) <= set(ask.replies) or (len(given) > 1 and not ask.several):
            return None
        if given and ask.several:
            several[ask.kind] = [reply for reply in ask.replies if reply in given]
        elif given:
            reply = int(given[0]) if ask.kind == "confidence" else given[0]
            one_of.setdefault(ask.kind, {})[ask.tasks[0].id] = reply
    return {**one_of, **several}


def cohort_of(day: str) -> str:
    """Return the quarter of a day: nothing finer is kept with an answer.

    >>> cohort_of("2026-11-22")
    '2026-Q4'
    """
    return cohorts_until(day, 1)[0]


def cohorts_until(day: str, count: int) -> tuple[str, ...]:
    """Return the quarter of a day and those before it, newest first.

    >>> cohorts_until("2026-05-22", 3)
    ('2026-Q2', '2026-Q1', '2025-Q4')
    """
    year, month, _ = day.split("-")
    last = int(year) * QUARTERS + (int(month) - 1) // MONTHS
    return tuple(f"{one // QUARTERS}-Q{one % QUARTERS + 1}" for one in range(last, last - count, -1))


def invited(survey: Survey | None, *, steps_done: int, days_since: int | None) -> Moment | None:
    """Return what somebody may be asked now; `days_since` counts from completion, None before it."""
    if survey is None:
        return None
    if days_since is None:
        return None if steps_done else Moment.BEFORE
    if days_since < LATER_FROM:
        return Moment.AFTER
    return Moment.LATER if days_since < LATER_UNTIL else None
