"""Counting whom a release concerns, by course and version: never who. Holds no rule."""

from __future__ import annotations

from sqlalchemy import func, select

from lms.core.certificates.verification import CertificateEventKind
from lms.storage.database import Tx
from lms.storage.tables.certificates import certificate, certificate_event
from lms.storage.tables.learning import enrolment

Version = tuple[str, str]  # course id and version


def under_way(tx: Tx) -> dict[Version, int]:
    """Count those who have not completed a course, by the release on which they are."""
    query = select(enrolment.c.course_id, enrolment.c.version, func.count()).where(
        enrolment.c.completed_at.is_(None)
    )
    rows = tx.execute(query.group_by(enrolment.c.course_id, enrolment.c.version))
    return {(course, version): count for course, version, count in rows}


def certificates(tx: Tx) -> dict[Version, int]:
    """Count the certificates in whose place no other stands, by the release that they attest."""
    gone = select(certificate_event.c.number).where(
        certificate_event.c.number == certificate.c.number,
        certificate_event.c.event == CertificateEventKind.SUPERSEDED.value,
    )
    query = select(certificate.c.course_id, certificate.c.version, func.count()).where(~gone.exists())
    rows = tx.execute(query.group_by(certificate.c.course_id, certificate.c.version))
    return {(course, version): count for course, version, count in rows}
