"""A small town to attack: one person of each kind, a victim who owns one of everything, and their browsers.

Every personal text is a canary that can be told from any other. Holds builders and no check.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.datastructures import Headers
from werkzeug.test import Cookie, EnvironBuilder, TestResponse

from lms.actions.certificates import certifying, printing
from lms.actions.context import Context
from lms.actions.learning import feedback, learning, quizzing
from lms.actions.learning.feedback import FeedbackReceipt
from lms.actions.people import accounts
from lms.actions.people.sessions import begin_session, ticket_of
from lms.core.certificates.certificate import CertificateChoice
from lms.core.ids import secret
from lms.core.learning.prerequisites import RecognitionRequest as Earlier
from lms.core.operations.jobs import CertificatePdf
from lms.core.people.actors import SYSTEM, WHOLE_HOUSE, Actor, Role
from lms.storage.learning import recognitions
from lms.storage.people import persons
from lms.trust.passwords import hash_password
from lms.web.wiring import build
from tests.builders import a_context
from tests.builders_content import sample_site
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

    context: Context
    app: Flask
    people: dict[str, Somebody] = field(default_factory=dict)

    def browser(self, kind: str) -> FlaskClient:
        """Return a fresh browser in which this person is signed in."""
        client = self.app.test_client()
        who = self.people[kind].actor
        if who.person:
            self.hold(client, self.begin(who))
        return client

    def begin(self, who: Actor, device: str = "zqdevice") -> str:
        """Begin a session and give what the browser holds."""
        with self.context.database.writing() as tx:
            return begin_session(tx, self.context, who.person, device=device)

    def hold(self, client: FlaskClient, token: str) -> None:
        """Put a session's cookie into a browser."""
        minute = str(self.context.now() // MINUTE)
        seal = self.context.keys.mac("session-minute", token, minute)[:22]
        value = f"{token}.{minute}.{seal}"
        client.set_cookie(self.cookie("parvis"), value, secure=self.secure, domain=self.host)

    @property
    def secure(self) -> bool:
        """Return whether cookies are bound to HTTPS here."""
        return self.context.settings.secure_cookies

    @property
    def framed(self) -> bool:
        """Return whether other sites may show the pages inside theirs."""
        return self.context.settings.framed

    def cookie(self, name: str) -> str:
        """Return a cookie's name in this deployment."""
        name = f"{name}-framed" if self.context.settings.framed else name
        return f"__Host-{name}" if self.secure else name

    def token(self, client: FlaskClient) -> str:
        """Return the token of this browser's forms, which gets a form cookie when it has none."""
        held = self._held(client, "parvis-form")
        value = held.value if held else token_urlsafe(9)
        if held is None:
            client.set_cookie(self.cookie("parvis-form"), value, domain=self.host, secure=self.secure)
        return self.context.keys.mac("csrf", value)

    def _held(self, client: FlaskClient, name: str) -> Cookie | None:
        return client.get_cookie(self.cookie(name), domain=self.host)

    @property
    def host(self) -> str:
        """Return the name that browsers know the site by."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def base_url(self) -> str:
        """Return the address that browsers use."""
        return self.context.settings.public_url or "http://localhost"


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


def application(context: Context) -> Flask:
    """Build the site as it is served, with a client that lints what it gets."""
    app = build(context)
    app.test_client_class = Attacker
    return app


def a_town(folder: Path, *, environ: dict[str, str] | None = None, **changes: Any) -> Town:
    """Return a copy of the sample site, where an author's forms may write, with everybody in it."""
    site = sample_site(folder.with_name(f"{folder.name}-site"))
    context = a_context(folder, site=site, environ=environ, **changes)
    _hurry(context)
    with_sample(context)
    town = Town(context, application(context))
    for kind in EVERYBODY:
        town.people[kind] = _settled(context, kind)
    town.people[OTHER] = settle(context, OTHER)
    return town


def _hurry(context: Context) -> None:
    """Let thousands of small deeds not wait for the disk; what a power cut leaves is tested elsewhere."""
    context.database.engine.dispose()
    event.listen(context.database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))


def _settled(context: Context, kind: str) -> Somebody:
    if kind == NOBODY:
        return Somebody(kind, Actor())
    if kind == VISITOR:
        who = a_visitor(context)
        learning.enrol(context, who, SAMPLE_CODE, "en")
        return Somebody(kind, who, attempt=_sits(context, who))
    if kind == REVIEWER:
        return Somebody(kind, member(context, kind, Role.REVIEWER))
    roles = () if kind in {LEARNER, OTHER} else (Role(kind),)
    return settle(context, kind, *roles)


def member(context: Context, kind: str, *roles: Role) -> Actor:
    """Return somebody with an account, an address, a sign-in name and a password, all of them canaries."""
    who = a_member(context, f"zqname{kind}", *roles)
    with context.database.writing() as tx:
        persons.write_profile(
            tx, who.person, email=f"zqmail{kind}@example.org", sign_in_name=f"zqlogin{kind}"
        )
        for issuer, what in (("local:email", f"zqmail{kind}@example.org"), ("local:name", f"zqlogin{kind}")):
            subject = context.keys.mac("identity", issuer, what)
            persons.claim(tx, context.new_id(), who.person, issuer, subject, now=context.now())
        persons.add_secret(
            tx, context.new_id(), who.person, "password", hash_password(PASSWORD), now=context.now()
        )
    return who


def _sits(context: Context, who: Actor) -> str:
    return quizzing.start_check(context, who, SAMPLE_CODE, "m1", context.new_id())


def settle(context: Context, kind: str, *roles: Role) -> Somebody:
    """Give somebody who has completed the course, holds a certificate, told us something, and sits again."""
    who = member(context, kind, *roles)
    session = _session(context, who)
    accounts.renew_recovery(context, session, PASSWORD)
    marked = finish(context, who).attempt
    choice = CertificateChoice(f"zqprint{kind}", ("en",), neutral=False)
    number = certifying.issue(context, who, SAMPLE_CODE, choice, context.new_secret())
    printing.keep_pdf(
        context, SYSTEM, CertificatePdf(number), context.blobs.put(f"%PDF-1.7 zqpdf{kind}".encode())
    )
    told = FeedbackReceipt(
        context.new_id(),
        SAMPLE_CODE,
        "m1/l1",
        "wrong",
        f"zqreport{kind}",
        f"zqcontact{kind}",
        anonymous=False,
    )
    feedback.report_barrier(context, who, told, locale="en", origin="192.0.2.7")
    _ask_to_recognise(context, who, kind)
    attempt = _sits(context, who)
    paper = quizzing.open_check(context, who, SAMPLE_CODE, "m1").paper
    assert paper
    typed = {one.id: {"text": (f"zqanswer{kind}",)} for one in paper.questions if one.kind in TYPED}
    quizzing.save_answers(context, who, attempt, typed, save=1)
    return Somebody(kind, who, attempt, marked, number, told.id)


def _ask_to_recognise(context: Context, who: Actor, kind: str) -> None:
    """Keep two requests, one of them answered; their ids leave the dice alone, by which checks are drawn."""
    told = Earlier(f"zqlearned{kind}", f"zqlearnedat{kind}", f"zqlearnedin{kind}")
    by, now = {"person": who.person, "house": who.organisation}, context.now()
    with context.database.writing() as tx:
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
        recognitions.answer(
            tx, WHOLE_HOUSE, answered, granted=False, reason=reason, by=SYSTEM.person, now=now
        )


def _session(context: Context, who: Actor) -> Actor:
    with context.database.writing() as tx:
        return replace(who, session=ticket_of(begin_session(tx, context, who.person, device="zqdevice")))
