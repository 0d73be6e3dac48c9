"""Renewals: refreshers that were passed, whose certificate may be due, and who has been told.

Rows in, core facts out; a row is only ever added. Holds no rule about when a renewal is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, insert, select

from lms.core.certificates.verification import CertificateEventKind
from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.certificates import certificate, certificate_event, renewal, renewal_notice
from lms.storage.tables.people import person, profile


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate that was neither replaced nor revoked, and how its holder can be reached."""

    number: str
    person: str
    enrolment: str
    organisation: str
    course: str
    version: str
    email: str
    locale: str
    mail_off_at: int


def _held() -> Select[Any]:
    """Ask for certificates that nothing has replaced and whose revocation, if any, was taken back."""
    own = certificate_event.c.number == certificate.c.number
    gone = select(certificate_event.c.id).where(
        own, certificate_event.c.event == CertificateEventKind.SUPERSEDED.value
    )
    verdicts = (CertificateEventKind.REVOKED.value, CertificateEventKind.RESTORED.value)
    last = (
        select(certificate_event.c.event)
        .where(own, certificate_event.c.event.in_(verdicts))
        .order_by(certificate_event.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            certificate.c.number,
            certificate.c.person_id,
            certificate.c.enrolment_id,
            certificate.c.organisation_id,
            certificate.c.course_id,
            certificate.c.version,
            func.coalesce(profile.c.email, ""),
            func.coalesce(profile.c.locale, ""),
            func.coalesce(profile.c.mail_off_at, 0),
        )
        .join_from(certificate, person, person.c.id == certificate.c.person_id)
        .join(profile, profile.c.person_id == person.c.id, isouter=True)
        .where(person.c.erased_at.is_(None), ~gone.exists())
        .where(func.coalesce(last, "") != CertificateEventKind.REVOKED.value)
    )


def of_person(tx: Tx, person_id: str) -> tuple[HeldCertificate, ...]:
    """List somebody's certificates that are worth something, in one statement."""
    mine = _held().where(certificate.c.person_id == person_id)
    return tuple(
        HeldCertificate(*row)
        for row in tx.execute(mine.order_by(certificate.c.enrolment_id, certificate.c.seq))
    )


def of_course(tx: Tx, course_id: str, after: str, limit: int) -> tuple[HeldCertificate, ...]:
    """List certificates of a course by number, some at a time, beginning after a number."""
    some = _held().where(certificate.c.course_id == course_id, certificate.c.number > after)
    return tuple(
        HeldCertificate(*row) for row in tx.execute(some.order_by(certificate.c.number).limit(limit))
    )


def tell(tx: Tx, number: str, version: str, now: int) -> bool:
    """Note that a holder is told of what a release changed; return False when they were already."""
    return insert_once(tx, renewal_notice, number=number, version=version, at=now)


def find(tx: Tx, id_: str) -> bool:
    """Return whether this attempt or press has renewed something already."""
    return tx.execute(select(renewal.c.id).where(renewal.c.id == id_)).first() is not None


def add(tx: Tx, id_: str, enrolment_id: str, versions: tuple[str, str], now: int) -> None:
    """Note that a held enrolment's refresher from one version to another was passed."""
    last = select(func.coalesce(func.max(renewal.c.seq), 0) + 1)
    after = last.where(renewal.c.enrolment_id == enrolment_id).scalar_subquery()
    values = {"from_version": versions[0], "version": versions[1], "seq": after, "at": now}
    tx.execute(insert(renewal).values(id=id_, enrolment_id=enrolment_id, **values))
