"""Certificates: facts for ever, what happened to them, and the personal part that can be erased.

Rows in, core facts out. A certificate and its events are only ever added; its payload (name, prints with
their PDFs) goes when its holder has it replaced or erased. Holds no rule.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, literal, select, update

from lms.core.certificates.issued import CertificateFacts, Completed, KeptCertificate, Payload, Print
from lms.core.certificates.verification import CertificateEvent, CertificateEventKind
from lms.core.operations.jobs import CertificatePdf
from lms.core.people.actors import Scope
from lms.storage.database import Tx
from lms.storage.learning import holds
from lms.storage.people.scoping import within
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.certificates import (
    certificate,
    certificate_event,
    certificate_payload,
    certificate_print,
    renewal,
)
from lms.storage.tables.learning import completion, enrolment
from lms.storage.tables.operations import job
from lms.storage.tables.people import person as people


def completed(tx: Tx, person: str, course_id: str) -> Completed | None:
    """Return somebody's completion of a course, as last renewed; none once they are erased."""
    query = (
        select(
            enrolment.c.id,
            enrolment.c.organisation_id,
            func.coalesce(renewal.c.version, completion.c.version),
            completion.c.at,
            func.coalesce(renewal.c.at, 0),
        )
        .join_from(enrolment, completion, completion.c.enrolment_id == enrolment.c.id)
        .join(people, people.c.id == enrolment.c.person_id)
        .join(renewal, renewal.c.enrolment_id == enrolment.c.id, isouter=True)
        .where(enrolment.c.person_id == person, enrolment.c.course_id == course_id)
        .where(people.c.erased_at.is_(None))
        .order_by(func.coalesce(renewal.c.seq, 0).desc())
        .limit(1)
    )
    row = tx.execute(query).first()
    return Completed(*row) if row else None


def _kept(tx: Tx, query: Select[Any]) -> KeptCertificate | None:
    """Return the certificate that a query finds: a row for each of its prints."""
    rows = tx.execute(query).all()
    if not rows:
        return None
    width = len(_COLUMNS)
    mine, (name, commitment) = CertificateFacts(*rows[0][:width]), rows[0][width : width + 2]
    events = (
        select(
            certificate_event.c.event,
            certificate_event.c.at,
            certificate_event.c.reason,
            certificate_event.c.digest,
            certificate_event.c.other,
            certificate_event.c.print,
        )
        .where(certificate_event.c.number == mine.number)
        .order_by(certificate_event.c.seq)
    )
    happened = tuple(CertificateEvent(CertificateEventKind(row[0]), *row[1:]) for row in tx.execute(events))
    prints = (Print(*row[width + 2 :]) for row in rows)
    in_order = sorted(prints, key=lambda one: (one.locales != mine.locales, one.locales or ""))
    payload = None if name is None else Payload(name, commitment, tuple(in_order))
    return KeptCertificate(mine, happened, payload)


_COLUMNS = [certificate.c[name] for name in CertificateFacts.__slots__]
_WHOLE = (
    select(
        *_COLUMNS,
        certificate_payload.c.name,
        certificate_payload.c.commitment,
        certificate_print.c.locales,
        certificate_print.c.content,
        certificate_print.c.blob,
    )
    .join_from(certificate, certificate_payload, isouter=True)
    .join(certificate_print, certificate_print.c.number == certificate.c.number, isouter=True)
)


def find(tx: Tx, number: str) -> KeptCertificate | None:
    """Return a certificate by its number."""
    return _kept(tx, _WHOLE.where(certificate.c.number == number))


def find_within(tx: Tx, scope: Scope, number: str) -> KeptCertificate | None:
    """Return a certificate by its number if it is within the scope of whoever judges it."""
    mine = within(scope, certificate.c.organisation_id, course=certificate.c.course_id)
    return _kept(tx, _WHOLE.where(certificate.c.number == number, mine))


def by_request(tx: Tx, person: str, request: str) -> KeptCertificate | None:
    """Return the certificate that this press has made already."""
    mine = (certificate.c.person_id == person, certificate.c.request == request)
    return _kept(tx, _WHOLE.where(*mine))


def newest(tx: Tx, person: str, course_id: str) -> KeptCertificate | None:
    """Return somebody's newest certificate of a course: the last one made, whatever a clock said then."""
    last = select(certificate.c.number).where(
        certificate.c.person_id == person, certificate.c.course_id == course_id
    )
    newest_one = last.order_by(certificate.c.seq.desc()).limit(1).scalar_subquery()
    return _kept(tx, _WHOLE.where(certificate.c.number == newest_one))


def not_superseded(tx: Tx, enrolment_id: str) -> tuple[str, ...]:
    """List the numbers of an enrolment's certificates in whose place no other stands, oldest first."""
    gone = select(certificate_event.c.number).where(
        certificate_event.c.number == certificate.c.number,
        certificate_event.c.event == CertificateEventKind.SUPERSEDED.value,
    )
    mine = select(certificate.c.number).where(certificate.c.enrolment_id == enrolment_id, ~gone.exists())
    return tuple(tx.execute(mine.order_by(certificate.c.seq)).scalars())


def numbers_of(tx: Tx, person: str) -> tuple[str, ...]:
    """List the numbers of somebody's certificates, oldest first."""
    mine = select(certificate.c.number).where(certificate.c.person_id == person)
    return tuple(tx.execute(mine.order_by(certificate.c.enrolment_id, certificate.c.seq)).scalars())


def add(tx: Tx, facts: CertificateFacts, payload: Payload) -> bool:
    """Add a certificate after those of its held enrolment; return False when this press has made one."""
    last = select(func.coalesce(func.max(certificate.c.seq), 0) + 1)
    after = last.where(certificate.c.enrolment_id == facts.enrolment_id).scalar_subquery()
    if not insert_once(tx, certificate, **{**asdict(facts), "seq": after}):
        return False
    kept = {"name": payload.name, "commitment": payload.commitment}
    tx.execute(insert(certificate_payload).values(number=facts.number, **kept))
    for one in payload.prints:
        add_print(tx, facts.number, one)
    return True


def add_print(tx: Tx, number: str, one: Print) -> None:
    """Add a print of a certificate that is held."""
    tx.execute(insert(certificate_print).values(number=number, **asdict(one)))


def add_event(
    tx: Tx,
    id_: str,
    number: str,
    event: CertificateEventKind,
    *,
    now: int,
    by: str,
    reason: str = "",
    digest: str = "",
    other: str = "",
    of: str = "",
) -> None:
    """Note what happened to a certificate, after everything that has happened to it."""
    holds.certificate(tx, number)
    last = select(func.coalesce(func.max(certificate_event.c.seq), 0) + 1)
    after = last.where(certificate_event.c.number == number).scalar_subquery()
    values = {"reason": reason, "digest": digest, "other": other, "print": of, "seq": after}
    tx.execute(
        insert(certificate_event).values(id=id_, number=number, event=event.value, at=now, by=by, **values)
    )


def set_blob(tx: Tx, number: str, of: str, digest: str) -> bool:
    """Note which bytes are a print's PDF; return False when it has one, or there is none to make any more."""
    issued = select(certificate.c.locales).where(certificate.c.number == number).scalar_subquery()
    mine = (certificate_print.c.number == number, certificate_print.c.locales == (of or issued))
    unmade = update(certificate_print).where(*mine, certificate_print.c.blob == "")
    return tx.execute(unmade.values(blob=digest)).rowcount == 1


def without_pdf(tx: Tx, most: int) -> list[tuple[str, str]]:
    """List prints (number, mark) that have no PDF although no work for one waits."""
    mark = case((certificate_print.c.locales == certificate.c.locales, ""), else_=certificate_print.c.locales)
    after = case((mark == "", ""), else_=literal(":") + mark)
    key = CertificatePdf.kind + ":" + certificate_print.c.number + after
    waits = select(job.c.id).where(job.c.key == key, job.c.done_at.is_(None), job.c.failed_at.is_(None))
    query = select(certificate_print.c.number, mark).join_from(certificate_print, certificate)
    unmade = query.where(certificate_print.c.blob == "", ~waits.exists())
    order = (certificate_print.c.number, certificate_print.c.locales)
    return [(row[0], row[1]) for row in tx.execute(unmade.order_by(*order).limit(most))]


def erase_payload(tx: Tx, number: str) -> tuple[tuple[str, ...], str]:
    """Erase what is personal; return (digests of the PDFs that are to go too, whose they were)."""
    made = select(certificate_print.c.blob).where(
        certificate_print.c.number == number, certificate_print.c.blob != ""
    )
    digests_ = tuple(tx.execute(made.order_by(certificate_print.c.locales)).scalars())
    whose = select(certificate.c.organisation_id).where(certificate.c.number == number)
    organisation = tx.execute(whose).scalar_one()
    for table in (certificate_print, certificate_payload):
        tx.execute(delete(table).where(table.c.number == number))
    return digests_, organisation


def is_used(tx: Tx, digest: str) -> bool:
    """Return whether any print still has these bytes."""
    query = select(certificate_print.c.number).where(certificate_print.c.blob == digest).limit(1)
    return tx.execute(query).first() is not None


def digests(tx: Tx) -> set[str]:
    """List the PDFs that belong to a certificate."""
    query = select(certificate_print.c.blob).where(certificate_print.c.blob != "")
    return set(tx.execute(query).scalars())


def with_payload(tx: Tx) -> set[str]:
    """List the certificates whose personal part is still there."""
    return set(tx.execute(select(certificate_payload.c.number)).scalars())
