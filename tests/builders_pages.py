"""A browser without JavaScript: pages are fetched, forms are filled in and sent as they stand on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.actions.context import Context
from lms.actions.learning import quizzing
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.people.sessions import begin_session
from lms.core.courses.quiz import OrderQuestion, Question, TextQuestion
from lms.core.people.actors import Actor
from tests.builders_learning import right_reply
from tests.page_lint import parse

XHTML = "{http://www.w3.org/1999/xhtml}"
MINUTE = 60_000
Fields = dict[str, list[str]]


def controls(form: Element) -> Iterator[tuple[str, str]]:
    """Return (name, value) of what a form would send without any of its buttons."""
    for element in form.iter():
        tag, name = str(element.tag).removeprefix(XHTML), element.get("name")
        if not name or tag == "button" or element.get("form") is not None:
            continue
        if tag == "input" and element.get("type") in {"radio", "checkbox"} and element.get("checked") is None:
            continue
        if tag == "select":
            options = list(element.iter(f"{XHTML}option"))
            chosen = [one for one in options if one.get("selected") is not None] or options[:1]
            yield from ((name, one.get("value", "")) for one in chosen)
        elif tag == "textarea":
            yield name, (element.text or "").removeprefix("\n")
        elif tag == "input":
            yield name, element.get("value", "")


def told(response: TestResponse) -> str:
    """Return the key of the notice that an answer hands over for the next page; empty without one."""
    for cookie in response.headers.getlist("Set-Cookie"):
        name, _, value = cookie.partition("=")
        if name.removesuffix("-framed").endswith("parvis-notice"):
            return value.partition(".")[0].partition(";")[0]
    return ""


@dataclass
class Sheet:
    """One page that was fetched."""

    response: TestResponse

    @property
    def html(self) -> str:
        """The page."""
        return self.response.get_data(as_text=True)

    @property
    def status(self) -> int:
        """Its status."""
        return self.response.status_code

    @property
    def to(self) -> str:
        """Where it leads, without this host."""
        return self.response.headers.get("Location", "")

    @property
    def told(self) -> str:
        """What the next page will say was done."""
        return told(self.response)

    def form(self, action: str) -> Fields:
        """Return what the form with this address would send."""
        tree, _ = parse(self.html)
        for form in tree.iter(f"{XHTML}form"):
            if form.get("method") == "post" and form.get("action", "").endswith(action):
                found: Fields = {}
                for name, value in controls(form):
                    found.setdefault(name, []).append(value)
                return found
        message = f"no form for {action}"
        raise AssertionError(message)

    def address(self, action: str) -> str:
        """Return the whole address of the form whose address ends so."""
        tree, _ = parse(self.html)
        posted = (form for form in tree.iter(f"{XHTML}form") if form.get("method") == "post")
        found = (form.get("action", "") for form in posted)
        return next(one for one in found if one.endswith(action))


@dataclass
class Reader:
    """Somebody at this browser."""

    client: FlaskClient
    context: Context
    locale: str = "en"
    lint: bool = True

    def sign_in(self, actor: Actor) -> None:
        """Hand the browser a session of this person."""
        with self.context.database.writing() as tx:
            token = begin_session(tx, self.context, actor.person)
        minute = str(self.context.now() // MINUTE)
        seal = self.context.keys.mac("session-minute", token, minute)[:22]
        self.client.set_cookie("parvis", f"{token}.{minute}.{seal}")

    def get(self, path: str) -> Sheet:
        """Open a page, given after its language."""
        return Sheet(self.client.get(f"/{self.locale}{path}", lint=self.lint))

    def go(self, address: str) -> Sheet:
        """Follow an address as it stands."""
        return Sheet(self.client.get(address.split("#", maxsplit=1)[0], lint=self.lint))

    def send(
        self, page: Sheet, action: str, changes: Mapping[str, str | list[str]] | None = None, **buttons: str
    ) -> Sheet:
        """Fill in a form of a page and press a button."""
        fields: dict[str, str | list[str]] = {**page.form(action), **(changes or {}), **buttons}
        return Sheet(self.client.post(page.address(action), data=fields, lint=self.lint))

    def begin_check(self, address: str) -> Sheet:
        """Begin the check at an address, given after its language, and open its questions."""
        begun = self.send(self.get(address), f"{address}/start")
        assert (begun.status, begun.to.partition("?")[0]) == (303, f"/{self.locale}{address}")
        return self.go(begun.to)

    def paper(self, actor: Actor, course_code: str, module_code: str = "m1") -> AttemptView:
        """Return the check that somebody has begun."""
        found = quizzing.open_check(self.context, actor, course_code, module_code).paper
        assert found
        return found


def right_fields(questions: Iterable[Question], locale: str = "en") -> dict[str, str | list[str]]:
    """Return a right answer to each question, as the fields of the page."""
    fields: dict[str, str | list[str]] = {}
    for question in questions:
        parts = dict(right_reply(question))
        if isinstance(question, OrderQuestion):
            parts = {step: (str(place),) for place, step in enumerate(parts["order"], start=1)}
        elif isinstance(question, TextQuestion):
            parts = {"text": (question.accept[locale][0],)}
        fields |= {f"{question.id}:{part}": list(values) for part, values in parts.items()}
    return fields
