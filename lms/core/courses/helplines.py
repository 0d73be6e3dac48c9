"""Where to send somebody for legal, crisis and settlement help, by province and territory.

Holds the shape of `courses/help-lines.yaml` and when a number may be shown: one that nobody has read in a
public source or confirmed by a call for 180 days is hidden, the referral stays. A line that has no number yet
is nothing to show and nothing to check. Holds no words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lms.core.locales import Words

FRESH_DAYS = 180
EVERYWHERE = "ca"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One place to turn to; `kind` is `crisis`, `health`, `legal` or `settlement`.

    `read` is the ISO day on which somebody read the numbers in the `sources`, `checked` the one on which
    somebody called, or asked the service; either may be empty. `also` holds more words to find the line by.
    """

    id: str
    regions: tuple[str, ...]
    kind: str
    name: Words
    referral: Words
    number: str = ""
    text: str = ""
    tty: str = ""
    hours: Words | None = None
    languages: tuple[str, ...] = ()
    url: str = ""
    checked: str = ""
    read: str = ""
    sources: tuple[str, ...] = ()
    also: Words | None = None

    @property
    def is_reachable(self) -> bool:
        """Return whether it says any way to get there: a number to call or to write to, or a website."""
        return bool(self.number or self.text or self.tty or self.url)

    def is_fresh(self, today: date) -> bool:
        """Return whether somebody has read or confirmed the entry within 180 days; only then is it shown.

        >>> line = HelpLine("x", ("ca",), "crisis", Words({}), Words({}), read="2026-11-01")
        >>> line.is_fresh(date(2026, 11, 22)), line.is_fresh(date(2027, 6, 1))
        (True, False)
        """
        return self.is_confirmed(today) or _is_recent(self.read, today)

    def is_confirmed(self, today: date) -> bool:
        """Return whether somebody has called, or asked the service, within 180 days."""
        return _is_recent(self.checked, today)

    def serves(self, region: str) -> bool:
        """Return whether somebody in this province or territory (`ca-on`) can turn to it."""
        return EVERYWHERE in self.regions or region in self.regions


def _is_recent(day: str, today: date) -> bool:
    return bool(day) and 0 <= (today - date.fromisoformat(day)).days <= FRESH_DAYS


@dataclass(frozen=True, slots=True)
class LineState:
    """A help line and how it stands on a day: whether its numbers are shown, and whether confirmed."""

    line: HelpLine
    fresh: bool
    confirmed: bool


def state_of(line: HelpLine, today: date) -> LineState:
    """Return how a line stands."""
    return LineState(line, line.is_fresh(today), line.is_confirmed(today))


def to_check(lines: tuple[HelpLine, ...], today: date) -> tuple[HelpLine, ...]:
    """Return the lines that somebody has to check, because what they have to show is hidden."""
    return tuple(line for line in lines if line.is_reachable and not line.is_fresh(today))
