"""Days begin at midnight where the site is, in summer and in winter."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lms.core.operations.calendar import beginning, day_of, local


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


#: The last minute of a day in UTC, and the day that it is.
MIDNIGHTS = [
    ("America/Toronto", "2026-07-01T03:59", "2026-06-30"),
    ("America/Toronto", "2026-12-01T04:59", "2026-11-30"),
    ("America/Vancouver", "2026-07-01T06:59", "2026-06-30"),
    ("America/Vancouver", "2026-12-01T07:59", "2026-11-30"),
    ("America/Whitehorse", "2026-07-01T06:59", "2026-06-30"),
    ("America/Whitehorse", "2026-12-01T06:59", "2026-11-30"),
    ("America/Regina", "2026-07-01T05:59", "2026-06-30"),
    ("America/Regina", "2026-12-01T05:59", "2026-11-30"),
    ("America/St_Johns", "2026-07-01T02:29", "2026-06-30"),
    ("America/St_Johns", "2026-12-01T03:29", "2026-11-30"),
]


@pytest.mark.parametrize(("name", "last_minute", "day"), MIDNIGHTS)
def test_a_day_ends_at_midnight_in_its_zone(name: str, last_minute: str, day: str) -> None:
    zone, last = ZoneInfo(name), moment(last_minute)
    assert day_of(last, zone) == day
    assert local(last, zone).strftime("%H:%M") == "23:59"
    following = day_of(last + 60_000, zone)
    assert following > day
    assert beginning(datetime.fromisoformat(following), zone) == last + 60_000
    assert beginning(datetime.fromisoformat(f"{following}T15:30"), zone) == last + 60_000
