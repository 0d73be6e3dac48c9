"""Moments by the calendar of the house: the day and the time that they are in its time zone.

A moment is a number of milliseconds since 1970 UTC; which zone is meant is a setting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo


def local(moment: int, zone: tzinfo) -> datetime:
    """Return the time of a moment in a zone."""
    return datetime.fromtimestamp(moment / 1000, zone)


def day_of(moment: int, zone: tzinfo) -> str:
    """Return the date of a moment in a zone, as YYYY-MM-DD."""
    return local(moment, zone).date().isoformat()


def days_of(moment: int, zones: Iterable[tzinfo]) -> tuple[str, ...]:
    """Return the dates that it is at a moment in these zones, each once, the first zone's first.

    >>> from datetime import UTC, timedelta, timezone
    >>> days_of(1_795_935_000_000, (UTC, timezone(-timedelta(hours=7)), UTC))
    ('2026-11-29', '2026-11-28')
    """
    return tuple(dict.fromkeys(day_of(moment, zone) for zone in zones))


def beginning(day: datetime, zone: tzinfo) -> int:
    """Return the moment at which a day begins in a zone."""
    return int(day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone).timestamp() * 1000)
