"""Plain builder functions: a desk to work at, and the people around it.

Everything has a sensible value and may be overridden by keyword. No mocks: the clock, the post and the
folders are real objects of another kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from lms.actions.desk import Desk
from lms.content.library import Library
from lms.mail.post import Message
from lms.settings import from_environment
from lms.storage.blobs import Blobs
from lms.storage.database import Database, open_database
from lms.trust.keys import open_keys

SITE = Path(__file__).parent / "site"
NOON = 1_795_360_000_000  # 22 November 2026, the house's own first day


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: int = NOON

    def __call__(self) -> int:
        """Give the time in milliseconds."""
        return self.at

    def move(self, *, minutes: float = 0, days: float = 0) -> None:
        """Let time pass."""
        self.at += round(minutes * 60_000 + days * 86_400_000)


@dataclass
class Dice:
    """Random bytes that are the same in each run, and never the same twice in one."""

    seed: str = "parvis"
    thrown: int = 0

    def __call__(self, length: int) -> bytes:
        """Give so many bytes."""
        self.thrown += 1
        return sha256(f"{self.seed}{self.thrown}".encode()).digest()[:length].ljust(length, b"0")


@dataclass
class Letterbox:
    """A post that keeps what it was given."""

    letters: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        """Keep a message."""
        self.letters.append(message)


def a_desk(
    folder: Path, *, site: Path = SITE, environ: Mapping[str, str] | None = None, **changes: object
) -> Desk:
    """Give a desk with an empty database in this folder, a standing clock and a letterbox."""
    settings = from_environment({"LMS_DATA": str(folder), "LMS_SITE": str(site), **(environ or {})})
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(
        settings=settings,
        now=Clock(),
        random=Dice(),
        database=open_database(settings.database_url),
        library=Library(settings.site, cache=folder / "cache"),
        blobs=Blobs(settings.blobs),
        keys=open_keys(settings.keys),
        post=Letterbox(),
    )
    desk = replace(desk, **changes)  # type: ignore[arg-type]  # fields of Desk, checked by dataclasses
    fill(desk.database)
    return desk


def fill(database: Database) -> None:
    """Make the tables."""
    from lms.storage.migrations.current import create_all  # noqa: PLC0415  # tests of pure rooms need no database

    create_all(database)
