"""The context: everything an action may reach, handed over as one object.

Holds no rule; its only state is what it keeps in memory (`kept`). Made by `app`, `jobs` and `cli`; tests hand
over another clock, another post or another folder instead of patching ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lms.actions.kept import Remembered
from lms.core import ids
from lms.core.certificates.certificate import Certificate
from lms.core.certificates.logo import Logo
from lms.core.operations import calendar
from lms.core.operations.blobs import Blobs
from lms.core.publishing.site import Site
from lms.mail.mailer import Mailer
from lms.rendering.certificates import certificate_pdf, letters
from lms.rendering.dossiers import dossier_pdf
from lms.rendering.dossiers.dossier_sheet import PrintedDossier
from lms.settings import Settings
from lms.storage.database import Database
from lms.trust.keys import Keys


@dataclass(frozen=True, slots=True)
class Context:
    """The adapters, the clock (milliseconds since 1970 UTC) and the source of randomness.

    `kept` is what was read before, with a stated bound; another context keeps its own.
    """

    settings: Settings
    now: Callable[[], int]
    random: Callable[[int], bytes]
    database: Database
    library: Site
    blobs: Blobs
    keys: Keys
    post: Mailer
    #: Runs each action in the place of its caller; tests hand over one that looks at what a refusal has left.
    witness: Callable[[Any, Callable[[], Any]], Any] | None = None
    #: Makes the PDF of a certificate, with the picture of its issuer, if it bears one.
    pdf: Callable[[Certificate, Logo | None], bytes] = certificate_pdf.pdf
    dossier_pdf: Callable[[PrintedDossier, str], bytes] = dossier_pdf.dossier_pdf
    #: Which letters of a text cannot be printed on this machine.
    undrawable: Callable[[str], tuple[str, ...]] = letters.undrawable
    #: The picture that certificates bear which are issued now.
    logo: Logo | None = None
    kept: Remembered = field(init=False, repr=False, compare=False, default_factory=Remembered)

    def new_id(self) -> str:
        """Make an id that sorts by time."""
        return ids.time_ordered(self.now(), self.random(10))

    def new_secret(self) -> str:
        """Make an id that nobody can guess: 128 random bits (ASVS 5.0 11.5.1)."""
        return ids.secret(self.random(ids.RANDOM_BYTES))

    def day_of(self, moment: int) -> str:
        """Return the date of a moment (milliseconds) in the house calendar, as YYYY-MM-DD."""
        return calendar.day_of(moment, self.settings.calendar)

    def days_of(self, moment: int) -> tuple[str, ...]:
        """Return the dates of a moment that a certificate may bear, the house's first."""
        return calendar.days_of(moment, self.settings.certificate_zones)

    def local(self, moment: int) -> datetime:
        """Return the time of a moment (milliseconds) in the house calendar."""
        return calendar.local(moment, self.settings.calendar)

    def today(self) -> str:
        """Return the date of the house calendar, as YYYY-MM-DD."""
        return self.day_of(self.now())
