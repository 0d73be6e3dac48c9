"""Plain builder functions: a desk to work at, and the people around it.

Everything has a sensible value and may be overridden by keyword. No mocks: the clock, the post and the
folders are real objects of another kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.mail.mailer import Email
from lms.settings import from_environment
from lms.storage.database import open_database
from lms.storage.operations.blobs import BlobFolder
from lms.trust.keys import open_keys
from tests import databases
from tests.refusals import Witness

SITE = Path(__file__).parent / "site"
_COMPILED = TemporaryDirectory(prefix="parvis-pages-")  # of this process; gone with it
_READ = TemporaryDirectory(prefix="parvis-read-")
NOON = 1_795_360_000_000  # 22 November 2026, the house's own first day


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: int = NOON

    def __call__(self) -> int:
        """Return the time in milliseconds."""
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
        """Return so many bytes."""
        self.thrown += 1
        return sha256(f"{self.seed}{self.thrown}".encode()).digest()[:length].ljust(length, b"0")


@dataclass
class Letterbox:
    """A post that keeps what it was given."""

    letters: list[Email] = field(default_factory=list)

    def send(self, message: Email) -> None:
        """Keep a message."""
        self.letters.append(message)


@cache
def _sample_library() -> SiteFolder:
    """Return the sample site, which no test may change: its releases are read once in a process."""
    return SiteFolder(SITE, cache=Path(_READ.name))


def a_context(
    folder: Path, *, site: Path = SITE, environ: Mapping[str, str] | None = None, **changes: object
) -> Context:
    """Return a desk with an empty database in this folder, a standing clock and a letterbox."""
    (folder / "cache").mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # what is made of the templates is the same in every test
        (folder / "cache/pages").symlink_to(_COMPILED.name, target_is_directory=True)
    given = {"LMS_DATA": str(folder), "LMS_SITE": str(site), "DATABASE_URL": databases.HERE.url(folder)}
    settings = from_environment({**given, **(environ or {})})
    context = Context(
        settings=settings,
        now=Clock(),
        random=Dice(),
        database=databases.HERE.keep(open_database(settings.database_url)),
        library=_sample_library() if site == SITE else SiteFolder(settings.site, cache=folder / "cache"),
        blobs=BlobFolder(settings.blobs),
        keys=open_keys(settings.keys),
        post=Letterbox(),
        witness=Witness(),
    )
    return replace(context, **changes)  # type: ignore[arg-type]  # fields of Desk, checked by dataclasses
