"""Where to send somebody for legal, crisis and settlement help, by province and territory.

Holds the shape of `courses/help-lines.yaml` and when a number may be shown: one that nobody has checked for
180 days is hidden, the referral stays. Holds no words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lms.core.locales import Words

FRESH_DAYS = 180
EVERYWHERE = "ca"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One place to turn to; `kind` is `legal`, `crisis` or `settlement`, `checked` an ISO date or empty."""

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

    def is_fresh(self, today: date) -> bool:
        """Say whether somebody has checked the entry within 180 days; only then may its numbers be shown.

        >>> line = HelpLine("x", ("ca",), "crisis", Words({}), Words({}), checked="2026-11-01")
        >>> line.is_fresh(date(2026, 11, 22)), line.is_fresh(date(2027, 6, 1))
        (True, False)
        """
        if not self.checked:
            return False
        return 0 <= (today - date.fromisoformat(self.checked)).days <= FRESH_DAYS

    def serves(self, region: str) -> bool:
        """Say whether somebody in this province or territory (`ca-on`) can turn to it."""
        return EVERYWHERE in self.regions or region in self.regions


def to_check(lines: tuple[HelpLine, ...], today: date) -> tuple[HelpLine, ...]:
    """Give the lines that somebody has to check, because their numbers are hidden."""
    return tuple(line for line in lines if not line.is_fresh(today))
