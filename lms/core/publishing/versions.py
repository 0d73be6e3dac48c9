"""Versions of courses: three numbers with points between them, such as 1.10.2.

Holds their one grammar, which the terminal, the files of a site and sealed locks share.
"""

from __future__ import annotations

import re

Version = tuple[int, int, int]
_NUMBER = "(?:0|[1-9][0-9]{0,5})"
#: As files are checked by it: no leading zeros, at most six digits a number.
FORM = rf"^{_NUMBER}(?:\.{_NUMBER}){{2}}$"
#: No number of a new version reaches this one, so that there is always a next; what was sealed before may.
MOST_PART = 9999
_FORM = re.compile(FORM)


def is_version(text: str) -> bool:
    """Return whether the text is a version such as 1.10.2.

    >>> is_version("1.10.2"), is_version("1.10"), is_version("1.02.0"), is_version("1000000.0.0")
    (True, False, False, False)
    """
    return _FORM.fullmatch(text) is not None


def parts(version: str) -> Version:
    """Return the three numbers of a version.

    >>> parts("1.10.2")
    (1, 10, 2)
    """
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)
