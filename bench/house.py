"""An installation to measure in: a folder, a database, keys, the site, adopted courses, and learners.

Everything is made by the product's own commands and deeds; only a completed course is written directly,
because walking through one is not what is measured. Holds no measurement.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from bench.asking import Asker
from lms.actions import adopting, joining, learning
from lms.actions.desk import Desk
from lms.actions.sessions import recognise, ticket_of
from lms.actions.signing_in import Browser
from lms.app import make_desk
from lms.cli import founding
from lms.content.library import Library
from lms.content.sealing import seal
from lms.core.people import NOBODY, SYSTEM, Actor
from lms.settings import from_environment
from lms.storage import attempts, enrolments
from lms.web.wiring import build

PASSWORD = "a long enough phrase to measure with"  # noqa: S105  # of made-up people
MINUTE = 60_000


@dataclass
class Person:
    """Somebody to measure with: who they are, their sign-in name, their browser."""

    actor: Actor
    name: str
    asker: Asker


@dataclass
class House:
    """An installation, and how to get people into it."""

    desk: Desk
    app: Flask
    courses: list[str]
    people: int = 0

    def person(self) -> Person:
        """Add a learner, signed in."""
        self.people += 1
        name = f"learner-{self.people}"
        browser = Browser(origin=f"measured-{self.people}")
        entered = joining.sign_up(
            self.desk, NOBODY, f"Learner {self.people}", name, PASSWORD, locale="en", browser=browser
        )
        known = recognise(self.desk, ticket_of(entered.token))
        return Person(known.actor, name, self.browser(entered.token))

    def browser(self, token: str = "") -> Asker:
        """Give a browser, signed in when it holds a session."""
        asker = Asker(self.app, headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})
        if token:
            minute = str(self.desk.now() // MINUTE)
            asker.cookies["parvis"] = (
                f"{token}.{minute}.{self.desk.keys.mac('session-minute', token, minute)[:22]}"
            )
        return asker

    def token_of(self, asker: Asker) -> str:
        """Give the token of this browser's forms."""
        holder = asker.cookies.get("parvis", "").split(".")[0] or asker.cookies.get("parvis-form", "")
        return self.desk.keys.mac("csrf", holder)

    def learner(self, code: str) -> Person:
        """Add a learner who has started a course."""
        person = self.person()
        learning.enrol(self.desk, person.actor, code, "en")
        return person

    def graduate(self, code: str) -> Person:
        """Add a learner who has completed a course."""
        person = self.learner(code)
        mine = learning.my_course(self.desk, person.actor, code)
        if mine is None:
            raise RuntimeError(code)
        attempt, version = self.desk.new_id(), mine.enrolled.version
        asked = {"enrolment": mine.enrolled.id, "check": "final", "version": version, "digest": "measured"}
        with self.desk.database.writing() as tx:
            attempts.start(tx, attempt, **asked, items=(), now=self.desk.now())
            enrolments.complete(tx, mine.enrolled.id, version, attempt, self.desk.now())
        return person


def open_house(data: Path, site: Path, courses: list[str]) -> House:
    """Set an installation up around a site."""
    library = Library(site, cache=data / "cache")
    for course in courses:
        seal(library, course, "1.0.0", by="bench", why={"en": "First", "fr": "Première"}, date=_today())
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(site), "PUBLIC_URL": "http://127.0.0.1:8000"}
    settings = from_environment({**environ, "PATH": os.environ.get("PATH", "")})
    founding.make_folders(settings)
    founding.compile_catalogues()
    desk = make_desk(settings)
    founding.migrate(desk)
    for course in courses:
        adopting.adopt(desk, SYSTEM, course, "1.0.0")
    return House(desk, build(desk), courses)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
