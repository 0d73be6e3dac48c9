"""The PDF of a certificate: made once by the worker, kept with its hash, handed out byte for byte.

Called by `jobs` (making, erasing) and by `web` (handing out). Holds no rule about who gets a certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.shelves import course_id
from lms.core.certificate import from_json
from lms.core.errors import NotFound, Unavailable
from lms.core.people import SYSTEM, Actor
from lms.core.verification import Happening
from lms.rendering.certificate_pdf import pdf
from lms.storage import certificates

FILE_DIGITS = 6  # of the number, in the name of a downloaded file


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to hand out; its name tells nothing of the course or the person."""

    name: str
    content: bytes


@deed("printing.keep_pdf", by=Who.SYSTEM)
def keep_pdf(desk: Desk, actor: Actor, number: str, digest: str) -> bool:
    """Note which bytes are the certificate; False when it has its PDF already or was erased meanwhile."""
    with desk.database.writing() as tx:
        if not certificates.set_blob(tx, number, digest):
            return False
        certificates.add_event(
            tx, desk.new_id(), number, Happening.MADE, now=desk.now(), by=actor.person, digest=digest
        )
        record(tx, desk, actor, "printing.keep_pdf", number)
    return True


def make_pdf(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Make the PDF that a job asks for; `payload` holds `number`. Doing it again changes nothing.

    Raises: Unavailable `certificate.no-engine`, `blob.unavailable`; Invalid `certificate.missing-letters`.
    """
    with desk.database.reading() as tx:
        kept = certificates.find(tx, payload["number"])
    if kept is None or kept.payload is None or kept.payload.blob:
        return
    digest = desk.blobs.put(pdf(from_json(kept.payload.content)))
    if not keep_pdf(desk, SYSTEM, kept.facts.number, digest):
        erase_blob(desk, {"digest": digest})


def erase_blob(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Erase the bytes that a job names in `digest`, unless a certificate still has them.

    Raises: Unavailable `blob.unavailable`.
    """
    with desk.database.reading() as tx:
        if certificates.is_used(tx, payload["digest"]):
            return
    desk.blobs.remove(payload["digest"])


@reading("printing.my_pdf", by=Who.MEMBER)
def my_pdf(desk: Desk, actor: Actor, course_code: str) -> Printed:
    """Hand out the PDF of one's certificate: the bytes that were made, whatever has changed since.

    Raises: NotFound `course.unknown`, `certificate.none`; Unavailable `certificate.not-ready`,
    `blob.damaged`.
    """
    with desk.database.reading() as tx:
        kept = certificates.newest(tx, actor.person, course_id(desk, course_code))
    if kept is None or kept.payload is None:
        raise NotFound("certificate.none")
    if not kept.payload.blob:
        raise Unavailable("certificate.not-ready")
    name = f"certificate-{kept.facts.number[:FILE_DIGITS]}.pdf"
    return Printed(name, desk.blobs.get(kept.payload.blob))
