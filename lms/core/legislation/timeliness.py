"""Whether a statement about the law still holds: what happened after it was written, and what lies ahead.

Holds the judgement over the register's events; holds no words. Dates are ISO texts and are compared as such;
an event whose exact day is not established counts from the end of its month or year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.core.legislation.register import IN_FORCE, PENDING, Event, Law, Watch
from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class Coming:
    """The next thing that is known to happen; a date shorter than a day is as exact as it is known."""

    date: str
    words: Words


_WHOLE_DAY = len("2026-07-18")


def last_day(date: str) -> str:
    """Return the last day that a shorter date may mean.

    >>> last_day("2026"), last_day("2026-07"), last_day("2026-07-18")
    ('2026-12-31', '2026-07-31', '2026-07-18')
    """
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")


def first_day(date: str) -> str:
    """Return the first day that a shorter date may mean.

    >>> first_day("2026"), first_day("2026-07"), first_day("2026-07-18")
    ('2026-01-01', '2026-07-01', '2026-07-18')
    """
    return date + {4: "-01-01", 7: "-01"}.get(len(date), "")


def falsified_by(law: Law, as_of: str, today: str) -> tuple[Event, ...]:
    """Return the material events after `as_of` whose day has come: the statement may no longer be true.

    A pending event counts once its exact day is here: readers must know, even before the register does. What
    only announces a change (a bill, royal assent, a case that is filed) never does.
    """
    return tuple(
        event
        for event in law.events
        if event.material
        and event.changes_the_law
        and event.date > as_of
        and last_day(event.date) <= today
        and (event.effect == IN_FORCE or len(event.date) == _WHOLE_DAY)
    )


def awaits(law: Law, day: str) -> bool:
    """Return whether a change of a law is expected on exactly this day.

    A text that is prepared for it says, ahead of its day, by the law of which day it is true.
    """
    return any(
        event.effect == PENDING and event.changes_the_law and event.date == day for event in law.events
    )


def ahead(law: Law, today: str) -> tuple[Event, ...]:
    """Return the dated changes that are still to come, soonest first."""
    coming = (
        event
        for event in law.events
        if event.effect == PENDING
        and event.changes_the_law
        and len(event.date) == _WHOLE_DAY
        and event.date > today
    )
    return tuple(sorted(coming, key=lambda event: event.date))


def coming(law: Law, watch: Iterable[Watch], today: str) -> Coming | None:
    """Return the next dated thing after today: an event of the law, or what the register watches for."""
    found = [Coming(event.date, event.words) for event in law.events]
    found += [Coming(one.date, Words({"en": one.what})) for one in watch if one.law == law.id]
    later = (one for one in found if one.date and last_day(one.date) > today)
    return min(later, key=lambda one: last_day(one.date), default=None)
