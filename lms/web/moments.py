"""Moments and places in words: the day of a time, and the address of a place that somebody told about.

Holds no page. Called by the views of learning.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_time, gettext

from lms.actions.desk import CALENDAR
from lms.rendering.words import voice
from lms.web.browser import local_path
from lms.web.i18n import current_locale


def day_words(milliseconds: int) -> str:
    """Say the day of a moment, by the house calendar."""
    day = datetime.fromtimestamp(milliseconds / 1000, CALENDAR).date()
    return voice(current_locale()).date(day.isoformat())


def moment_words(milliseconds: int) -> str:
    """Say day and time of a moment, by the house calendar."""
    moment = datetime.fromtimestamp(milliseconds / 1000, CALENDAR).replace(tzinfo=None)
    time = format_time(moment, "short", rebase=False)
    return str(gettext("%(date)s, %(time)s", date=day_words(milliseconds), time=time))


def place_address(course_code: str, place: str) -> str:
    """Give the address of a place such as "m2/l1#s3", if it is a page of ours; '' otherwise."""
    path, _, anchor = place.partition("#")
    where = f"/c/{course_code}/{path}" if course_code else f"/{path}"
    found = local_path(f"/{current_locale()}{where}")
    return f"{found}#{anchor}" if found and anchor else found
