"""The record of one release: what was checked when it was sealed, by people, and in a browser.

Holds the whole that is shown and written out; its parts are `facts` and `additions`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.checks.conformance.additions import BrowserRun, ManualLine
from lms.core.checks.conformance.facts import Checked, Subject


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one release; `checked` and `browser` are None where that is not on record."""

    subject: Subject
    checked: Checked | None
    manual: tuple[ManualLine, ...] = ()
    browser: BrowserRun | None = None
