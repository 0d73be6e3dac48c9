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
from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people import visitors
from lms.actions.people.sessions import recognise, ticket_of
from lms.actions.people.signing_in import Browser
from lms.actions.publishing import adopting
from lms.app import make_context
from lms.cli.operations import setup_steps
from lms.content.library import Library
from lms.content.sealing import seal
from lms.core.people.actors import NOBODY, SYSTEM, Actor
from lms.settings import from_environment
from lms.storage.learning import attempts, enrolments
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

    context: Context
    app: Flask
    courses: list[str]
    people: int = 0

    def person(self) -> Person:
        """Add a learner, signed in."""
        self.people += 1
        name = f"learner-{self.people}"
        browser = Browser(origin=f"measured-{self.people}")
        entered = visitors.sign_up(
            self.context, NOBODY, f"Learner {self.people}", name, PASSWORD, locale="en", browser=browser
        )
        known = recognise(self.context, ticket_of(entered.token))
        return Person(known.actor, name, self.browser(entered.token))

    def browser(self, token: str = "") -> Asker:
        """Return a browser, signed in when it holds a session."""
        asker = Asker(self.app, headers={"Accept-Encoding": "gzip", "Accept-Language": "en"})
        if token:
            minute = str(self.context.now() // MINUTE)
            asker.cookies["parvis"] = (
                f"{token}.{minute}.{self.context.keys.mac('session-minute', token, minute)[:22]}"
            )
        return asker

    def token_of(self, asker: Asker) -> str:
        """Return the token of this browser's forms."""
        return self.context.keys.mac("csrf", asker.cookies.setdefault("parvis-form", "measured"))

    def learner(self, code: str) -> Person:
        """Add a learner who has started a course."""
        person = self.person()
        learning.enrol(self.context, person.actor, code, "en")
        return person

    def graduate(self, code: str) -> Person:
        """Add a learner who has completed a course."""
        person = self.learner(code)
        mine = learning.my_course(self.context, person.actor, code)
        if mine is None:
            raise RuntimeError(code)
        attempt, version = self.context.new_id(), mine.enrolled.version
        asked = {"enrolment": mine.enrolled.id, "check": "final", "version": version, "digest": "measured"}
        with self.context.database.writing() as tx:
            attempts.start(tx, attempt, **asked, items=(), now=self.context.now())
            enrolments.complete(tx, mine.enrolled.id, version, attempt, self.context.now())
        return person


def open_house(data: Path, site: Path, courses: list[str]) -> House:
    """Set an installation up around a site."""
    library = Library(site, cache=data / "cache")
    for course in courses:
        seal(library, course, "1.0.0", by="bench", why={"en": "First", "fr": "Première"}, date=_today())
    environ = {"LMS_DATA": str(data), "LMS_SITE": str(site), "PUBLIC_URL": "http://127.0.0.1:8000"}
    settings = from_environment({**environ, "PATH": os.environ.get("PATH", "")})
    setup_steps.make_folders(settings)
    setup_steps.compile_catalogues()
    context = make_context(settings)
    setup_steps.migrate(context)
    for course in courses:
        adopting.adopt(context, SYSTEM, course, "1.0.0")
    return House(context, build(context), courses)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
