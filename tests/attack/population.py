"""A small town to attack: one person of each kind, a victim who owns one of everything, and their browsers.

Every personal text is a canary that can be told from any other. Holds builders and no check.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.datastructures import Headers
from werkzeug.test import Cookie, EnvironBuilder, TestResponse

from lms.actions import accounts, certifying, learning, printing, quizzing, reporting
from lms.actions.desk import Desk
from lms.actions.reporting import Told
from lms.actions.sessions import begin_session, recognise, ticket_of
from lms.core.certificate import Choice
from lms.core.ids import secret
from lms.core.people import SYSTEM, Actor, Role
from lms.core.readiness import Told as Earlier
from lms.storage import people, recognitions
from lms.trust.passwords import hash_password
from lms.web.wiring import build
from tests.builders import a_desk
from tests.builders_learning import SAMPLE_CODE, a_member, a_visitor, finish, with_sample
from tests.conftest import LintingClient

NOBODY, VISITOR, LEARNER, AUTHOR, REVIEWER, ADMIN = (
    "nobody",
    "visitor",
    "learner",
    "author",
    "reviewer",
    "admin",
)
EVERYBODY = (NOBODY, VISITOR, LEARNER, AUTHOR, REVIEWER, ADMIN)
OTHER = "other"  # the victim: nobody else may see or touch what is theirs
PASSWORD = "zqpass quiet herons wade"
MINUTE = 60_000
ESCAPED = 599  # the status that stands for an exception that nobody caught
TYPED = {"text", "reflection"}  # kinds of question with an answer in words


@dataclass(frozen=True)
class Somebody:
    """One person with the ids of what is theirs; `''` where they have none."""

    kind: str
    actor: Actor
    attempt: str = ""
    marked: str = ""
    number: str = ""
    report: str = ""


@dataclass
class Town:
    """The site, and who lives there."""

    desk: Desk
    app: Flask
    people: dict[str, Somebody] = field(default_factory=dict)

    def browser(self, kind: str) -> FlaskClient:
        """Give a fresh browser in which this person is signed in."""
        client = self.app.test_client()
        who = self.people[kind].actor
        if who.person:
            self.hold(client, self.begin(who))
        return client

    def begin(self, who: Actor, device: str = "zqdevice") -> str:
        """Begin a session and give what the browser holds."""
        with self.desk.database.writing() as tx:
            return begin_session(tx, self.desk, who.person, device=device)

    def hold(self, client: FlaskClient, token: str) -> None:
        """Put a session's cookie into a browser."""
        minute = str(self.desk.now() // MINUTE)
        seal = self.desk.keys.mac("session-minute", token, minute)[:22]
        value = f"{token}.{minute}.{seal}"
        client.set_cookie(self.cookie("parvis"), value, secure=self.secure, domain=self.host)

    @property
    def secure(self) -> bool:
        """Say whether cookies are bound to HTTPS here."""
        return self.desk.settings.secure_cookies

    def cookie(self, name: str) -> str:
        """Give a cookie's name in this deployment."""
        return f"__Host-{name}" if self.secure else name

    def token(self, client: FlaskClient) -> str:
        """Give the token of this browser's forms, which gets a form cookie when it has none."""
        held = self._held(client, "parvis") or self._held(client, "parvis-form")
        if held is None:
            client.get("/en/sign-in", lint=False, base_url=self.base_url)
            held = self._held(client, "parvis-form")
        assert held is not None
        return self.desk.keys.mac("csrf", held.value.split(".")[0])

    def _held(self, client: FlaskClient, name: str) -> Cookie | None:
        return client.get_cookie(self.cookie(name), domain=self.host)

    @property
    def host(self) -> str:
        """Give the name that browsers know the site by."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def base_url(self) -> str:
        """Give the address that browsers use."""
        return self.desk.settings.public_url or "http://localhost"


class Attacker(LintingClient):
    """A browser that reads every answer to its end, files too."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch everything; what the site lets through is an answer too, as it is for a server."""
        kwargs.setdefault("buffered", True)
        try:
            return super().open(*args, **kwargs)
        except AssertionError:
            raise
        except Exception as problem:  # noqa: BLE001  # whatever it is, no request may end like this
            said = f"{type(problem).__name__}: {problem}".encode()
            asked = EnvironBuilder().get_request()
            return TestResponse(iter([said]), f"{ESCAPED} ESCAPED", Headers(), asked)


def application(desk: Desk) -> Flask:
    """Build the site as it is served, with a client that lints what it gets."""
    app = build(desk)
    app.test_client_class = Attacker
    return app


def a_town(folder: Path, *, environ: dict[str, str] | None = None, **changes: Any) -> Town:
    """Give the sample site with everybody in it."""
    desk = a_desk(folder, environ=environ, **changes)
    _hurry(desk)
    with_sample(desk)
    town = Town(desk, application(desk))
    for kind in EVERYBODY:
        town.people[kind] = _settled(desk, kind)
    town.people[OTHER] = settle(desk, OTHER)
    return town


def _hurry(desk: Desk) -> None:
    """Let thousands of small deeds not wait for the disk; what a power cut leaves is tested elsewhere."""
    desk.database.engine.dispose()
    event.listen(desk.database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))


def _settled(desk: Desk, kind: str) -> Somebody:
    if kind == NOBODY:
        return Somebody(kind, Actor())
    if kind == VISITOR:
        who = a_visitor(desk)
        learning.enrol(desk, who, SAMPLE_CODE, "en")
        return Somebody(kind, who, attempt=_sits(desk, who))
    if kind == REVIEWER:
        return Somebody(kind, member(desk, kind, Role.REVIEWER))
    roles = () if kind in {LEARNER, OTHER} else (Role(kind),)
    return settle(desk, kind, *roles)


def member(desk: Desk, kind: str, *roles: Role) -> Actor:
    """Give somebody with an account, an address, a sign-in name and a password, all of them canaries."""
    who = a_member(desk, f"zqname{kind}", *roles)
    with desk.database.writing() as tx:
        people.write_profile(tx, who.person, email=f"zqmail{kind}@example.org", sign_in_name=f"zqlogin{kind}")
        for issuer, what in (("local:email", f"zqmail{kind}@example.org"), ("local:name", f"zqlogin{kind}")):
            subject = desk.keys.mac("identity", issuer, what)
            people.claim(tx, desk.new_id(), who.person, issuer, subject, now=desk.now())
        people.add_secret(tx, desk.new_id(), who.person, "password", hash_password(PASSWORD), now=desk.now())
    return who


def _sits(desk: Desk, who: Actor) -> str:
    return quizzing.start_check(desk, who, SAMPLE_CODE, "m1", desk.new_id())


def settle(desk: Desk, kind: str, *roles: Role) -> Somebody:
    """Give somebody who has completed the course, holds a certificate, told us something, and sits again."""
    who = member(desk, kind, *roles)
    session = _session(desk, who)
    accounts.renew_recovery(desk, session, recognise(desk, session.session), PASSWORD)
    marked = finish(desk, who).attempt
    choice = Choice(f"zqprint{kind}", ("en",), neutral=False)
    number = certifying.issue(desk, who, SAMPLE_CODE, choice, desk.new_secret())
    printing.keep_pdf(desk, SYSTEM, number, desk.blobs.put(f"%PDF-1.7 zqpdf{kind}".encode()))
    told = Told(
        desk.new_id(), SAMPLE_CODE, "m1/l1", "wrong", f"zqreport{kind}", f"zqcontact{kind}", anonymous=False
    )
    reporting.report_barrier(desk, who, told, locale="en", origin="192.0.2.7")
    _ask_to_recognise(desk, who, kind)
    attempt = _sits(desk, who)
    paper = quizzing.open_check(desk, who, SAMPLE_CODE, "m1").paper
    assert paper
    typed = {one.id: {"text": (f"zqanswer{kind}",)} for one in paper.questions if one.kind in TYPED}
    quizzing.save_answers(desk, who, attempt, typed, save=1)
    return Somebody(kind, who, attempt, marked, number, told.id)


def _ask_to_recognise(desk: Desk, who: Actor, kind: str) -> None:
    """Keep two requests, one of them answered; their ids leave the dice alone, by which checks are drawn."""
    told = Earlier(f"zqlearned{kind}", f"zqlearnedat{kind}", f"zqlearnedin{kind}")
    by, now = {"person": who.person, "house": who.organisation}, desk.now()
    with desk.database.writing() as tx:
        for course in ("elsewhere", "anywhere"):
            recognitions.add(
                tx,
                secret(sha256(f"{course}{kind}".encode()).digest()),
                course=course,
                told=told,
                now=now,
                **by,
            )
        answered, reason = secret(sha256(f"elsewhere{kind}".encode()).digest()), f"zqlearnednot{kind}"
        recognitions.answer(tx, answered, granted=False, reason=reason, by=SYSTEM.person, now=now)


def _session(desk: Desk, who: Actor) -> Actor:
    with desk.database.writing() as tx:
        return replace(who, session=ticket_of(begin_session(tx, desk, who.person, device="zqdevice")))
