"""Quarters of a year, and what happened to the law in one of them.

Holds the calendar of quarters and the sorting of events into what matters, what is coming and the rest; holds
no words. Dates are ISO texts; an event whose exact day is not established counts at the end of its month or
year, as in `timeliness`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lms.core.legislation.register import Event, Law
from lms.core.legislation.timeliness import first_day, last_day

_SHAPE = re.compile(r"(1[89]\d\d|20\d\d|21\d\d)-Q([1-4])")
_MONTHS = 3
_QUARTERS = 4
_LAST_DAYS = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}
_WHOLE_DAY = len("2026-07-18")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return the form that stands in an address: 2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def begins(self) -> str:
        """Return its first day."""
        return f"{self.year}-{(self.number - 1) * _MONTHS + 1:02}-01"

    @property
    def ends(self) -> str:
        """Return its last day."""
        return f"{self.year}-{_LAST_DAYS[self.number]}"

    def moved(self, by: int) -> Quarter:
        """Return the quarter so many quarters later.

        >>> str(Quarter(2026, 4).moved(1)), str(Quarter(2026, 1).moved(-1))
        ('2027-Q1', '2025-Q4')
        """
        count = self.year * _QUARTERS + self.number - 1 + by
        return Quarter(count // _QUARTERS, count % _QUARTERS + 1)


def quarter_of(day: str) -> Quarter:
    """Return the quarter in which a day lies.

    >>> str(quarter_of("2026-11-22"))
    '2026-Q4'
    """
    return Quarter(int(day[:4]), (int(day[5:7]) - 1) // _MONTHS + 1)


def read_quarter(text: str) -> Quarter | None:
    """Read the form 2026-Q4; None for anything else.

    >>> str(read_quarter("2026-Q4")), read_quarter("2026-Q5"), read_quarter("")
    ('2026-Q4', None, None)
    """
    found = _SHAPE.fullmatch(text)
    return Quarter(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class LawHappening:
    """One event of one law; `is_confirmed` is false where its day has come and the register still waits."""

    law: Law
    event: Event
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class QuarterOfLaw:
    """What a quarter brought: what can make a statement false, what is still to come, and the rest."""

    quarter: Quarter
    material: tuple[LawHappening, ...]
    coming: tuple[LawHappening, ...]
    other: tuple[LawHappening, ...]


def happens_between(law: Law, since: str, until: str) -> bool:
    """Return whether anything of a law is dated between two days, both included; an empty day sets no end."""
    return any(
        (not since or last_day(event.date) >= since) and (not until or first_day(event.date) <= until)
        for event in law.events
    )


def _happenings(laws: Iterable[Law]) -> Iterator[tuple[str, LawHappening]]:
    for law in laws:
        for event in law.events:
            is_pending = event.effect == "pending"
            yield last_day(event.date), LawHappening(law, event, not is_pending)


def _has_come(day: str, one: LawHappening, today: str) -> bool:
    return day <= today and (one.is_confirmed or len(one.event.date) == _WHOLE_DAY)


def law_of_quarter(laws: Iterable[Law], quarter: Quarter, today: str) -> QuarterOfLaw:
    """Sort what happened in a quarter; on the quarter that we are in, all that lies ahead is coming.

    What has come is told newest first, what is coming soonest first.
    """
    dated = sorted(_happenings(laws), key=lambda pair: (pair[0], pair[1].law.id))
    inside = [pair for pair in dated if quarter.begins <= pair[0] <= quarter.ends]
    come = [one for day, one in reversed(inside) if _has_come(day, one, today)]
    end = quarter.ends if quarter != quarter_of(today) else "9999"
    return QuarterOfLaw(
        quarter,
        material=tuple(one for one in come if one.event.material),
        coming=tuple(
            one for day, one in dated if quarter.begins <= day <= end and not _has_come(day, one, today)
        ),
        other=tuple(one for one in come if not one.event.material),
    )
