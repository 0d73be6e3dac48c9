"""Certificates: facts for ever, what happened to them, and the personal part that can be erased.

Rows in, core facts out. A certificate and its events are only ever added; its payload (name, content, PDF)
goes when its holder has it replaced or erased. Holds no rule. Called by `actions.certifying` and neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from lms.core.verification import CertificateEvent, Happening
from lms.storage.database import Tx
from lms.storage.tables import certificate, certificate_event, certificate_payload, completion, enrolment
from lms.storage.upserts import insert_once


@dataclass(frozen=True, slots=True)
class Completed:
    """A course that somebody has completed: the enrolment, on which release, and when (milliseconds)."""

    enrolment: str
    organisation: str
    version: str
    at: int


@dataclass(frozen=True, slots=True)
class Facts:
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
    specimen: bool
    request: str
    at: int


@dataclass(frozen=True, slots=True)
class Payload:
    """What is personal: the content as JSON, the PDF's digest once it is made, the keyed hash of the name."""

    name: str
    content: str
    commitment: str
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A certificate as it stands; the payload is gone once it was replaced or erased."""

    facts: Facts
    events: tuple[CertificateEvent, ...]
    payload: Payload | None


def completed(tx: Tx, person: str, course_id: str, *, hold: bool = False) -> Completed | None:
    """Give somebody's completion of a course; `hold` lets two presses at once come one after the other."""
    query = (
        select(enrolment.c.id, enrolment.c.organisation_id, completion.c.version, completion.c.at)
        .join_from(enrolment, completion, completion.c.enrolment_id == enrolment.c.id)
        .where(enrolment.c.person_id == person, enrolment.c.course_id == course_id)
    )
    row = tx.execute(query.with_for_update(of=enrolment) if hold else query).first()
    return Completed(*row) if row else None


def _kept(tx: Tx, row: Sequence[Any] | None) -> Kept | None:
    if row is None:
        return None
    width = len(_COLUMNS)
    mine, (name, content, commitment, blob) = Facts(*row[:width]), row[width:]
    events = (
        select(
            certificate_event.c.event,
            certificate_event.c.at,
            certificate_event.c.reason,
            certificate_event.c.digest,
            certificate_event.c.other,
        )
        .where(certificate_event.c.number == mine.number)
        .order_by(certificate_event.c.at, certificate_event.c.id)
    )
    happened = tuple(CertificateEvent(Happening(row[0]), *row[1:]) for row in tx.execute(events))
    payload = None if content is None else Payload(name, content, commitment, blob)
    return Kept(mine, happened, payload)


_COLUMNS = [certificate.c[name] for name in Facts.__slots__]
_WHOLE = select(
    *_COLUMNS,
    certificate_payload.c.name,
    certificate_payload.c.content,
    certificate_payload.c.commitment,
    certificate_payload.c.blob,
).join_from(certificate, certificate_payload, isouter=True)


def find(tx: Tx, number: str) -> Kept | None:
    """Give a certificate by its number."""
    return _kept(tx, tx.execute(_WHOLE.where(certificate.c.number == number)).first())


def by_request(tx: Tx, person: str, request: str) -> Kept | None:
    """Give the certificate that this press has made already."""
    mine = (certificate.c.person_id == person, certificate.c.request == request)
    return _kept(tx, tx.execute(_WHOLE.where(*mine)).first())


def newest(tx: Tx, person: str, course_id: str) -> Kept | None:
    """Give somebody's newest certificate of a course."""
    query = (
        _WHOLE.where(certificate.c.person_id == person, certificate.c.course_id == course_id)
        .order_by(certificate.c.at.desc(), certificate.c.number)
        .limit(1)
    )
    return _kept(tx, tx.execute(query).first())


def numbers_of(tx: Tx, person: str) -> tuple[str, ...]:
    """List the numbers of somebody's certificates, oldest first."""
    query = select(certificate.c.number).where(certificate.c.person_id == person).order_by(certificate.c.at)
    return tuple(tx.execute(query).scalars())


def add(tx: Tx, facts: Facts, payload: Payload) -> bool:
    """Add a certificate; say False when this press has made one already."""
    if not insert_once(tx, certificate, **asdict(facts)):
        return False
    tx.execute(insert(certificate_payload).values(number=facts.number, **asdict(payload)))
    return True


def add_event(
    tx: Tx,
    id_: str,
    number: str,
    event: Happening,
    *,
    now: int,
    by: str,
    reason: str = "",
    digest: str = "",
    other: str = "",
) -> None:
    """Note what happened to a certificate."""
    tx.execute(
        insert(certificate_event).values(
            id=id_, number=number, event=event.value, at=now, by=by, reason=reason, digest=digest, other=other
        )
    )


def set_blob(tx: Tx, number: str, digest: str) -> bool:
    """Note which bytes are the PDF; say False when there is one already, or nothing to print any more."""
    mine = (certificate_payload.c.number == number, certificate_payload.c.blob == "")
    return tx.execute(update(certificate_payload).where(*mine).values(blob=digest)).rowcount == 1


def erase_payload(tx: Tx, number: str) -> str:
    """Erase what is personal; give the digest of the PDF that is to go too ('' when there is none)."""
    query = select(certificate_payload.c.blob).where(certificate_payload.c.number == number)
    digest = tx.execute(query).scalar() or ""
    tx.execute(delete(certificate_payload).where(certificate_payload.c.number == number))
    return digest


def is_used(tx: Tx, digest: str) -> bool:
    """Say whether any certificate still has these bytes."""
    query = select(certificate_payload.c.number).where(certificate_payload.c.blob == digest).limit(1)
    return tx.execute(query).first() is not None
