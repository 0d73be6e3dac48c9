"""A certificate on record: what stays for ever, what happened to it, and the part that can be erased.

Shapes alone: `verification` judges what it is worth, the database fills them. Times are milliseconds since
1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.certificates.verification import CertificateEvent


@dataclass(frozen=True, slots=True)
class Completed:
    """A course that somebody has completed: the enrolment, on which release, and when (milliseconds).

    Once a refresher was passed, the release is the one that it led to, and `renewed_at` says when.
    """

    enrolment: str
    organisation: str
    version: str
    at: int
    renewed_at: int = 0


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What stays of a certificate whatever is erased; names are those of the columns."""

    number: str
    organisation_id: str
    person_id: str
    enrolment_id: str
    course_id: str
    version: str
    law_as_of: str
    completed_on: str
    issued_on: str
    locales: str
    neutral: bool
    issuer: str
    specimen: bool
    request: str
    at: int
    seq: int = 0  # which one it is of its enrolment, from 1; given by `add`


@dataclass(frozen=True, slots=True)
class Print:
    """A certificate in a choice of languages: its content as JSON, and the PDF's digest once it is made."""

    locales: str
    content: str
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Payload:
    """What is personal: the name, its keyed hash, and the prints, first the one that was issued."""

    name: str
    commitment: str
    prints: tuple[Print, ...]

    def find(self, locales: str) -> Print | None:
        """Return the print in these languages, in whatever order they stand; '' is the one as issued."""
        if not locales:
            return next(iter(self.prints), None)
        return next((one for one in self.prints if set(one.locales.split()) == set(locales.split())), None)


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """A certificate as it stands; the payload is gone once it was replaced or erased."""

    facts: CertificateFacts
    events: tuple[CertificateEvent, ...]
    payload: Payload | None

    def mark(self, locales: str) -> str:
        """Return by what jobs and events know a print: its languages, '' the one that was issued."""
        return "" if locales == self.facts.locales else locales
