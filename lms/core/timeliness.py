"""Whether a statement about the law still holds: what happened after it was written, and what lies ahead.

Holds the judgement over the register's events; holds no words. Dates are ISO texts and are compared as such;
an event whose exact day is not established counts from the end of its month or year.
"""

from __future__ import annotations

from lms.core.legislation import Event, Law

_WHOLE_DAY = len("2026-07-18")
_IN_FORCE, _PENDING = "in-force", "pending"


def _last_day(date: str) -> str:
    """Give the last day that a shorter date may mean.

    >>> _last_day("2026"), _last_day("2026-07"), _last_day("2026-07-18")
    ('2026-12-31', '2026-07-31', '2026-07-18')
    """
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")


def falsified_by(law: Law, as_of: str, today: str) -> tuple[Event, ...]:
    """Give the material events after `as_of` whose day has come: the statement may no longer be true.

    A pending event counts once its exact day is here: readers must know, even before the register does.
    """
    return tuple(
        event
        for event in law.events
        if event.material
        and event.date > as_of
        and _last_day(event.date) <= today
        and (event.effect == _IN_FORCE or len(event.date) == _WHOLE_DAY)
    )


def ahead(law: Law, today: str) -> tuple[Event, ...]:
    """Give the dated changes that are still to come, soonest first."""
    coming = (
        event
        for event in law.events
        if event.effect == _PENDING and len(event.date) == _WHOLE_DAY and event.date > today
    )
    return tuple(sorted(coming, key=lambda event: event.date))
