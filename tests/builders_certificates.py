"""Builders for certificates: somebody who has completed the sample course, and a browser that is theirs."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient

from lms.actions import adopting
from lms.actions.desk import Desk
from lms.actions.sessions import begin_session, ticket_of
from lms.core.certificate import Certificate, Choice, grouped
from lms.core.locales import Words
from lms.core.people import SYSTEM, Actor, Role
from lms.storage import attempts, enrolments, people
from tests.builders import Clock

COURSE, CODE, VERSION = "sample-course", "s4mp", "1.0.0"
NUMBER = "04zs7m9qk3hj8wxv2ctr5ybnge"
MINUTE = 60_000


def a_certificate(**changes: object) -> Certificate:
    """Give the content of a certificate in both languages."""
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


def a_choice(name: str = "Amina Diallo", *locales: str, neutral: bool = False) -> Choice:
    """Give what a learner decides."""
    return Choice(name, locales or ("en",), neutral=neutral)


def a_learner(desk: Desk, name: str = "Amina", *roles: Role) -> Actor:
    """Add a member of the house."""
    person = desk.new_id()
    with desk.database.writing() as tx:
        people.add_person(tx, person, "member", desk.now())
        people.add_profile(tx, person, name, "en")
        for role in (Role.LEARNER, *roles):
            people.give_role(tx, person, role, desk.now())
    return Actor(person, frozenset({Role.LEARNER, *roles}), people.HOUSE)


def a_graduate(desk: Desk, name: str = "Amina") -> Actor:
    """Add a member who has completed the sample course."""
    adopting.adopt(desk, SYSTEM, COURSE, VERSION)
    learner = a_learner(desk, name)
    enrolment, attempt = desk.new_id(), desk.new_id()
    with desk.database.writing() as tx:
        enrolments.add(
            tx,
            enrolment,
            person=learner.person,
            organisation=learner.organisation,
            course_id=COURSE,
            version=VERSION,
            locale="en",
            now=desk.now(),
        )
        asked = {"enrolment": enrolment, "check": "final", "version": VERSION, "digest": "d"}
        attempts.start(tx, attempt, **asked, items=(), now=desk.now())
        enrolments.complete(tx, enrolment, VERSION, attempt, desk.now())
    return learner


def sign_in(client: FlaskClient, desk: Desk, who: Actor) -> FlaskClient:
    """Let this browser be theirs."""
    with desk.database.writing() as tx:
        token = begin_session(tx, desk, who.person)
    minute = str(desk.now() // MINUTE)
    seal = desk.keys.mac("session-minute", token, minute)[:22]
    client.set_cookie("parvis", f"{token}.{minute}.{seal}")
    assert ticket_of(token)
    return client


def form_token(client: FlaskClient, desk: Desk) -> str:
    """Give the CSRF token of this browser's forms."""
    cookie = client.get_cookie("parvis") or client.get_cookie("parvis-form")
    if cookie is None:
        client.set_cookie("parvis-form", "a-browser-without-a-session")
        return form_token(client, desk)
    return desk.keys.mac("csrf", cookie.value.split(".")[0])


def later(desk: Desk, *, minutes: float = 1) -> None:
    """Let time pass."""
    assert isinstance(desk.now, Clock)
    desk.now.move(minutes=minutes)
