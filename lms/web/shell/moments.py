"""Moments and places in words: the day of a time, and the address of a place that somebody told about.

Holds no page.
"""

from __future__ import annotations

from lms.web.shell.browser import local_path
from lms.web.shell.current import context
from lms.web.shell.i18n import current_locale, voice


def day_words(milliseconds: int) -> str:
    """Return the day of a moment, by the house calendar."""
    return voice().date(context().day_of(milliseconds))


def moment_words(milliseconds: int) -> str:
    """Return day and time of a moment, by the house calendar, with the name of its time zone."""
    return voice().moment(context().local(milliseconds))


def place_address(course_code: str, place: str) -> str:
    """Return the address of a place such as "m2/l1#s3", if it is a page of ours; '' otherwise."""
    path, _, anchor = place.partition("#")
    where = f"/c/{course_code}/{path}" if course_code else f"/{path}"
    found = local_path(f"/{current_locale()}{where}")
    return f"{found}#{anchor}" if found and anchor else found
