"""The prints of a certificate: one for each choice of languages, under one number, erased together.

Every function works in an open transaction of somebody else's. Holds no rule about who gets a certificate,
and no PDF (that is in `printing`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lms.actions.catalogue.lookups import shelved_one
from lms.actions.context import Context
from lms.core.certificates.certificate import Certificate, from_json, title_words, to_json
from lms.core.certificates.issued import CertificateFacts, KeptCertificate, Payload, Print
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Invalid
from lms.core.locales import Words
from lms.core.operations.jobs import BlobErasure, CertificatePdf
from lms.storage.certificates import certificates
from lms.storage.database import Tx
from lms.storage.operations import outbox


def in_languages(written: Certificate, title: Words, locales: tuple[str, ...]) -> Print:
    """Return the same certificate in other languages."""
    content = replace(written, titles=title_words(title, locales), locales=locales)
    return Print(" ".join(locales), to_json(content))


def have_made(tx: Tx, context: Context, facts: CertificateFacts, made: Iterable[Print]) -> None:
    """Put the work for the worker into the outbox."""
    for one in made:
        of = "" if one.locales == facts.locales else one.locales
        work = CertificatePdf(facts.number, of)
        outbox.put(tx, context, work.key, work, organisation=facts.organisation_id)


def add_print(tx: Tx, context: Context, kept: KeptCertificate, payload: Payload, wanted: str) -> str:
    """Return the languages of a print: of the one that is there, or of one that is added and put into work.

    What it says was settled when the certificate was issued; the titles are those of the release.

    Raises: Invalid `certificate.choice` for a language that the course does not have.
    """
    there = payload.find(wanted)
    if there is not None:
        return there.locales
    facts, locales = kept.facts, tuple(wanted.split())
    course = shelved_one(context, tx, facts.course_id, facts.version).outline.course
    if not locales or not set(locales) <= set(course.required_locales) or len(set(locales)) < len(locales):
        missing = Finding("certificate.language-missing", Severity.ERROR, Place("locales"))
        raise Invalid("certificate.choice", [missing])
    title = course.neutral_title if facts.neutral else course.title
    made = in_languages(from_json(payload.prints[0].content), title, locales)
    certificates.add_print(tx, facts.number, made)
    have_made(tx, context, facts, (made,))
    return made.locales


def erase_payload(tx: Tx, context: Context, number: str) -> None:
    """Erase what is personal of a certificate; the bytes of its prints go right after it."""
    digests, whose = certificates.erase_payload(tx, number)
    for digest in digests:
        key = f"{BlobErasure.kind}:{number}:{digest[:16]}"
        outbox.put(tx, context, key, BlobErasure(digest), organisation=whose)
