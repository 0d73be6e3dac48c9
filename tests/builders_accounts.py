"""Builders for accounts: people who sign up and in, a browser that fills in forms, and their mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.actions.context import Context
from lms.actions.people import codes, limits, signing_in, visitors
from lms.actions.people.sessions import Known, recognise, ticket_of
from lms.actions.people.signing_in import Browser, Entered
from lms.core.people.actors import NOBODY, Actor
from lms.jobs import run_due
from lms.mail.mailer import Email
from lms.storage.people import throttles
from tests.builders import Clock, Letterbox

PASSWORD = "brumeuse-tasse-13"
HERE = Browser("192.0.2.1")
ELSEWHERE = Browser("198.51.100.7")


def clock(context: Context) -> Clock:
    """Return the desk's clock, to move it."""
    assert isinstance(context.now, Clock)
    return context.now


def letters(context: Context) -> list[Email]:
    """Let the worker do what waits, and give everything that was mailed so far."""
    run_due(context)
    assert isinstance(context.post, Letterbox)
    return context.post.letters


def code_in(message: Email) -> str:
    """Find the code in a letter."""
    found = re.search(r"\d{4} \d{4}", message.text)
    assert found, message.text
    return found.group()


def use_up(context: Context, limit: limits.Limit, *parts: str) -> None:
    """Count as many tries as a limit has, in one transaction: each by itself would take ten times as long."""
    taken(context, *[limit.of(*parts)] * limit.most)


def taken(context: Context, *budgets: limits.Budget) -> None:
    """Count one try against each budget, asking nothing."""
    with context.database.writing() as tx:
        for one in budgets:
            throttles.add(tx, one.key(context), context.now(), one.began_after(context))


def joined(
    context: Context,
    sign_in_name: str = "lac.bleu",
    *,
    name: str = "Zoé",
    password: str = PASSWORD,
    browser: Browser = HERE,
    locale: str = "en",
    actor: Actor = NOBODY,
) -> Entered:
    """Sign somebody up with a sign-in name."""
    return visitors.sign_up(context, actor, name, sign_in_name, password, locale=locale, browser=browser)


def known_by(context: Context, token: str) -> Known:
    """Return what a browser with this value is known as."""
    return recognise(context, ticket_of(token))


def joined_by_mail(
    context: Context, email: str = "zoe@example.org", *, locale: str = "en", password: str = ""
) -> Known:
    """Sign somebody up with a mailed code."""
    token = codes.ask_to_sign_up(context, NOBODY, "Zoé", email, locale=locale, browser=HERE)
    typed = code_in(letters(context)[-1])
    waiting = known_by(context, token)
    entered = codes.confirm(context, waiting.actor, typed, HERE, password=password)
    return known_by(context, entered.token)


def signed_in(
    context: Context, who: str = "lac.bleu", password: str = PASSWORD, browser: Browser = HERE
) -> Known:
    """Sign somebody in with a password."""
    return known_by(context, signing_in.sign_in(context, NOBODY, who, password, browser).token)


@dataclass
class Hand:
    """Somebody at a browser: opens pages and sends the forms on them."""

    client: FlaskClient
    locale: str = "en"
    page: str = ""
    responses: list[TestResponse] = field(default_factory=list)

    def _keep(self, response: TestResponse) -> TestResponse:
        self.page = response.get_data(as_text=True)
        self.responses.append(response)
        return response

    def look(self, path: str, **arguments: str) -> TestResponse:
        """Open a page."""
        return self._keep(self.client.get(f"/{self.locale}/{path}", query_string=arguments))

    def send(self, path: str, *, follow: bool = False, **fields: str) -> TestResponse:
        """Send the form of the page that is open."""
        found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', self.page)
        data = {"csrf_token": found.group(1) if found else "", **fields}
        sent = self.client.post(f"/{self.locale}/{path}", data=data)
        self._keep(sent)
        if follow and sent.status_code == 303:
            return self._keep(self.client.get(sent.location))
        return sent

    def join(self, sign_in_name: str = "lac.bleu", *, name: str = "Zoé") -> None:
        """Make an account without e-mail."""
        self.look("sign-up/without-email")
        sent = self.send("sign-up/without-email", name=name, sign_in_name=sign_in_name, password=PASSWORD)
        assert sent.status_code == 303, self.page
        self._keep(self.client.get(sent.location))
