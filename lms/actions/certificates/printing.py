"""The PDFs of a certificate: each made once by the worker, kept with its hash, handed out byte for byte.

Holds no rule about who gets a certificate.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import course_id
from lms.actions.certificates.certifying import hold_done
from lms.actions.certificates.prints import add_print
from lms.actions.certificates.standing import standing_of
from lms.actions.context import Context
from lms.core.certificates.certificate import from_json
from lms.core.certificates.logo import Logo, read_logo
from lms.core.certificates.verification import CertificateEventKind, Making, State, making
from lms.core.errors import Invalid, NotAllowed, NotFound, Unavailable
from lms.core.operations.jobs import BlobErasure, CertificatePdf
from lms.core.people.actors import SYSTEM, Actor
from lms.storage.certificates import certificates
from lms.storage.database import Tx
from lms.storage.operations import outbox

MOST_AT_ONCE = 200  # certificates taken up again in one transaction


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to hand out: of which certificate, in which languages."""

    number: str
    locales: tuple[str, ...]
    content: bytes


@command("printing.keep_pdf", by=Who.SYSTEM)
def keep_pdf(context: Context, actor: Actor, work: CertificatePdf, digest: str) -> bool:
    """Note which bytes are the print; False when it has its PDF already or was erased meanwhile."""
    number = work.number
    with context.database.writing() as tx:
        if not certificates.set_blob(tx, number, work.of, digest):
            return False
        certificates.add_event(
            tx,
            context.new_id(),
            number,
            CertificateEventKind.MADE,
            now=context.now(),
            by=actor.person,
            digest=digest,
            of=work.of,
        )
        record(tx, context, actor, "printing.keep_pdf", number)
    return True


def make_pdf(context: Context, work: CertificatePdf) -> None:
    """Make the PDF that a job asks for; doing it again changes nothing.

    Raises: Unavailable `certificate.no-engine`, `blob.unavailable`, `blob.damaged`; NotFound
    `blob.not-found`; Invalid `certificate.missing-letters`.
    """
    with context.database.reading() as tx:
        kept = certificates.find(tx, work.number)
    wanted = kept.payload.find(work.of) if kept and kept.payload else None
    if wanted is None or wanted.blob:
        return
    content = from_json(wanted.content)
    logo = read_logo(context.blobs.get(content.logo)) if content.logo else None
    digest = context.blobs.put(context.pdf(content, logo))
    if not keep_pdf(context, SYSTEM, work, digest):
        erase_blob(context, BlobErasure(digest))


def note_failure(tx: Tx, context: Context, work: CertificatePdf) -> None:
    """Write on the certificate, in an open transaction, that its PDF could not be made."""
    _note(tx, context, work, Making.WAITING, CertificateEventKind.MAKING_FAILED)


def note_fresh_start(tx: Tx, context: Context, work: CertificatePdf) -> None:
    """Write on the certificate, in an open transaction, that its PDF is being made after all."""
    _note(tx, context, work, Making.FAILED, CertificateEventKind.MAKING_AGAIN)


def _note(
    tx: Tx, context: Context, work: CertificatePdf, before: Making, event: CertificateEventKind
) -> None:
    kept = certificates.find(tx, work.number)
    one = kept.payload.find(work.of) if kept and kept.payload else None
    if kept is None or one is None or making(kept.events, is_made=bool(one.blob), of=work.of) != before:
        return
    certificates.add_event(
        tx, context.new_id(), work.number, event, now=context.now(), by=SYSTEM.person, of=work.of
    )


@command("printing.take_up_again", by=Who.SYSTEM)
def take_up_again(context: Context, actor: Actor) -> int:
    """Take up each PDF that nobody is making although its page says so; return how many.

    Where the work has failed, that is written on the certificate; where it was lost, it is put into the
    outbox again. So no certificate is "being made" for ever.
    """
    with context.database.writing() as tx:
        unmade = certificates.without_pdf(tx, MOST_AT_ONCE)
        for number, of in unmade:
            _take_up(tx, context, CertificatePdf(number, of))
    return len(unmade)


def _take_up(tx: Tx, context: Context, work: CertificatePdf) -> None:
    if outbox.state(tx, work.key) == "failed":
        note_failure(tx, context, work)
        return
    kept = certificates.find(tx, work.number)
    if kept and making(kept.events, is_made=False, of=work.of) is Making.WAITING:
        outbox.forget(tx, work.key)
        outbox.put(tx, context, work.key, work)


def erase_blob(context: Context, work: BlobErasure) -> None:
    """Erase the bytes that a job names, unless a print still has them.

    Raises: Unavailable `blob.unavailable`.
    """
    with context.database.reading() as tx:
        if certificates.is_used(tx, work.digest):
            return
    context.blobs.remove(work.digest)


@command("printing.print_mine", by=Who.MEMBER)
def print_mine(context: Context, actor: Actor, course_code: str, locales: str) -> str:
    """Have one's certificate printed in other languages, under its number; return the languages of the print.

    A print that is there already, in whatever order its languages stand, is that print.

    Raises: NotFound `course.unknown`, `certificate.none`; NotAllowed `certificate.course-not-complete`,
    `certificate.revoked`; Invalid `certificate.choice`.
    """
    with context.database.writing() as tx:
        release, _ = hold_done(tx, context, actor, course_code)
        kept = certificates.newest(tx, actor.person, release.course.id)
        if kept is None or kept.payload is None:
            raise NotFound("certificate.none")
        if standing_of(tx, context, kept) is State.REVOKED:
            raise NotAllowed("certificate.revoked")
        made = add_print(tx, context, kept, kept.payload, locales)
        record(tx, context, actor, "printing.print_mine", kept.facts.number)
    return made


@query("printing.my_pdf", by=Who.MEMBER)
def my_pdf(context: Context, actor: Actor, course_code: str, locales: str = "") -> Printed:
    """Hand out a PDF of one's certificate: the bytes that were made, whatever has changed since.

    `locales` says which print; '' is the one that was issued.

    Raises: NotFound `course.unknown`, `certificate.none`; Unavailable `certificate.not-ready`,
    `blob.damaged`.
    """
    with context.database.reading() as tx:
        kept = certificates.newest(tx, actor.person, course_id(context, course_code))
    one = kept.payload.find(locales) if kept and kept.payload else None
    if kept is None or one is None:
        raise NotFound("certificate.none")
    if not one.blob:
        raise Unavailable("certificate.not-ready")
    return Printed(kept.facts.number, tuple(one.locales.split()), context.blobs.get(one.blob))


@query("printing.issuer_logo", by=Who.ANYONE)
def issuer_logo(context: Context, actor: Actor, digest: str) -> Logo:
    """Return the picture of an issuer that a certificate bears, or will bear; nothing else that is kept.

    Raises: NotFound `logo.unknown`, `blob.not-found`; Unavailable `blob.unavailable`, `blob.damaged`.
    """
    if context.logo and context.logo.digest == digest:
        return context.logo
    try:
        return read_logo(context.blobs.get(digest))
    except Invalid as problem:
        raise NotFound("logo.unknown") from problem
