"""The desk: everything a deed may reach, handed over as one object.

Holds no rule and no state of its own. Made by `app`, `jobs` and `cli`; tests hand over another clock,
another post or another folder instead of patching ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lms.content.library import Library
from lms.core import ids
from lms.mail.post import Post
from lms.settings import Settings
from lms.storage.blobs import Blobs
from lms.storage.database import Database
from lms.trust.keys import Keys

CALENDAR = ZoneInfo("America/Toronto")


@dataclass(frozen=True, slots=True)
class Desk:
    """The adapters, the clock (milliseconds since 1970 UTC) and the source of randomness."""

    settings: Settings
    now: Callable[[], int]
    random: Callable[[int], bytes]
    database: Database
    library: Library
    blobs: Blobs
    keys: Keys
    post: Post

    def new_id(self) -> str:
        """Make an id that sorts by time."""
        return ids.time_ordered(self.now(), self.random(10))

    def new_secret(self) -> str:
        """Make an id that nobody can guess: 128 random bits (ASVS 5.0 11.5.1)."""
        return ids.secret(self.random(ids.RANDOM_BYTES))

    def today(self) -> str:
        """Give the date of the house calendar, as YYYY-MM-DD."""
        return datetime.fromtimestamp(self.now() / 1000, CALENDAR).date().isoformat()
