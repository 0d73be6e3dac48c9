"""What one process keeps in memory of published releases, in one place, with a stated bound for each kind.

Everything in it is either sealed, so that it never grows stale, or asked for again. Holds no rule; actions
fill it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lms.core.certificates.refreshers import Refresher
from lms.core.courses.course import Release
from lms.core.legislation.held import Hold
from lms.core.operations.bounded import Bounded
from lms.core.publishing.change import ChangeClass
from lms.core.publishing.release_head import ReleaseHead
from lms.core.publishing.site import Trouble

MOST_CODES = 1000  # courses, about 100 bytes each
MOST_SHELVED = 64  # releases without their texts, about 300 kB each
MOST_WHOLE = 1000  # names of releases whose seals were found whole
MOST_CHANGES = 200  # pairs of releases
MOST_REFRESHERS = 500  # pairs of releases, some hundred bytes each
MOST_HOLDS = 500  # what holds say, about 1 kB each


@dataclass(frozen=True, slots=True)
class Shelved:
    """An adopted release as lists and pages know it: its head and its outline (no texts)."""

    head: ReleaseHead
    outline: Release


@dataclass(frozen=True, slots=True)
class Remembered:
    """Codes of courses, heads of releases, seals found whole, how pairs differ and what refreshes, troubles.

    `holds` gives by id what a hold says, which never changes; whether it is in force is asked each time.
    `troubles` are what was met since somebody was told last; `told` what has been told, so that it is logged
    once.
    """

    codes: Bounded[str, str] = field(default_factory=lambda: Bounded(MOST_CODES))
    shelved: Bounded[tuple[str, str], Shelved] = field(default_factory=lambda: Bounded(MOST_SHELVED))
    whole: Bounded[tuple[str, str], bool] = field(default_factory=lambda: Bounded(MOST_WHOLE))
    changes: Bounded[tuple[str, str], ChangeClass] = field(default_factory=lambda: Bounded(MOST_CHANGES))
    refreshers: Bounded[tuple[str, str, str], Refresher] = field(
        default_factory=lambda: Bounded(MOST_REFRESHERS)
    )  # by course and the two versions
    holds: Bounded[str, Hold] = field(default_factory=lambda: Bounded(MOST_HOLDS))
    troubles: set[Trouble] = field(default_factory=set)
    told: set[Trouble] = field(default_factory=set)
