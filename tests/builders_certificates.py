"""Builders for certificates: somebody who has completed the sample course, and a browser that is theirs."""

from __future__ import annotations

from dataclasses import replace
from struct import pack
from zlib import compress, crc32

from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.people.sessions import begin_session, ticket_of
from lms.core.certificates.certificate import Certificate, CertificateChoice, grouped
from lms.core.locales import Words
from lms.core.people.actors import Actor, Role, grants
from lms.storage.learning import attempts, enrolments
from lms.storage.people import persons
from tests.builders import Clock
from tests.builders_published import publish

COURSE, CODE, VERSION = "sample-course", "s4mp", "1.0.0"
NUMBER = "04zs7m9qk3hj8wxv2ctr5ybnge"
MINUTE = 60_000
DRAWN_LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><title>Mark</title>'
    b'<rect width="120" height="40" rx="8" fill="#0645ad"/>'
    b'<circle cx="20" cy="20" r="12" fill="#fff" opacity=".7"/>'
    b'<path d="M44 30V10h8l10 16V10h8v20" fill="none" stroke="#fff" stroke-width="4"/></svg>'
)


def png_logo(wide: int = 240, high: int = 80) -> bytes:
    """Return a PNG of one half-transparent colour, `wide` by `high` dots."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + kind + content + pack(">I", crc32(kind + content))

    lines = (b"\0" + b"\x06\x45\xad\xb0" * wide) * high
    head = pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", compress(lines)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def a_certificate(**changes: object) -> Certificate:
    """Return the content of a certificate in both languages."""
    made = Certificate(
        number=NUMBER,
        name="Marie-Ève Tremblay",
        titles=Words({"en": "Positive Spaces 1", "fr": "Espaces positifs 1"}),
        version="1.0.0",
        completed_on="2026-11-22",
        issued_on="2026-11-23",
        law_as_of="2026-09-30",
        hours="3",
        address=f"https://learn.example.org/verify/{grouped(NUMBER)}",
        issuer="Parvis",
        locales=("en", "fr"),
        specimen=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields


def a_choice(
    name: str = "Amina Diallo", *locales: str, neutral: bool = False, day: str = ""
) -> CertificateChoice:
    """Return what a learner decides."""
    return CertificateChoice(name, locales or ("en",), neutral=neutral, day=day)


def a_learner(context: Context, name: str = "Amina", *roles: Role) -> Actor:
    """Add a member of the house."""
    person = context.new_id()
    with context.database.writing() as tx:
        persons.add_person(tx, person, "member", context.now())
        persons.add_profile(tx, person, name, "en")
        for role in (Role.LEARNER, *roles):
            persons.give_role(tx, person, role, context.now())
    return Actor(person, grants(Role.LEARNER, *roles), persons.DEFAULT_ORGANISATION)


def a_graduate(context: Context, name: str = "Amina") -> Actor:
    """Add a member who has completed the sample course."""
    publish(context, COURSE, VERSION)
    learner = a_learner(context, name)
    enrolment, attempt = context.new_id(), context.new_id()
    with context.database.writing() as tx:
        enrolments.add(
            tx,
            enrolment,
            person=learner.person,
            organisation=learner.organisation,
            course_id=COURSE,
            version=VERSION,
            locale="en",
            now=context.now(),
        )
        asked = {"enrolment": enrolment, "check": "final", "version": VERSION, "digest": "d"}
        attempts.start(tx, attempt, **asked, items=(), now=context.now())
        enrolments.complete(tx, enrolment, VERSION, attempt, context.now())
    return learner


def sign_in(client: FlaskClient, context: Context, who: Actor) -> FlaskClient:
    """Let this browser be theirs; what it kept of the same person comes along."""
    cookie = client.get_cookie("parvis")
    before = ticket_of(cookie.value.split(".")[0]) if cookie else ""
    with context.database.writing() as tx:
        token = begin_session(tx, context, who.person, before=before)
    minute = str(context.now() // MINUTE)
    seal = context.keys.mac("session-minute", token, minute)[:22]
    client.set_cookie("parvis", f"{token}.{minute}.{seal}")
    return client


def form_token(client: FlaskClient, context: Context) -> str:
    """Return the CSRF token of this browser's forms."""
    cookie = client.get_cookie("parvis-form")
    if cookie is None:
        client.set_cookie("parvis-form", "a-browser-with-a-form")
        return form_token(client, context)
    return context.keys.mac("csrf", cookie.value)


def later(context: Context, *, minutes: float = 1) -> None:
    """Let time pass."""
    assert isinstance(context.now, Clock)
    context.now.move(minutes=minutes)
