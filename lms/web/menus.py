"""What stands around every page: menu, languages, account, footer, and how the reader wants to read.

Holds the frame that `layout.html` draws and the words that every template has. Nothing is read from the
database unless a page wants to know who is asking. Called by `wiring`; `prepared` draws it with holes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Flask, g, request
from flask_babel import gettext
from markupsafe import Markup, escape
from werkzeug.local import LocalProxy

from lms.core.locales import direction
from lms.core.people import Role
from lms.core.reader import ReaderSettings
from lms.rendering.words import voice
from lms.web import sending
from lms.web.assets import asset
from lms.web.cookies import cookie_name, session_token
from lms.web.desk import known
from lms.web.i18n import current_locale, here_in, shipped
from lms.web.messages import DONE
from lms.web.security import form_token
from lms.web.states import STATES

READER_COOKIE = "parvis-reader"

#: Where the quick exit leads: something that anybody may be looking at, in the reader's language.
LEAVE = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}

#: What a page may leave unsaid.
UNSAID = {
    "window_title": "",
    "course_title": "",
    "trail": (),
    "here": "",
    "open_form": "",
    "problems": 0,
    "page_class": "",
    "robots": "",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One link of a menu; `current` is the value of aria-current, or empty."""

    href: str
    words: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One other language of this page."""

    tag: str
    words: str
    href: str


def reader_attributes(settings: ReaderSettings) -> Markup:
    """Write the wishes as attributes of the root element: set by the server, so nothing flashes."""
    wishes = {name: wish for name, wish in settings.chosen.items() if name != "sections"}
    return Markup("").join(Markup(' data-{}="{}"').format(name, wish) for name, wish in wishes.items())


def reader_settings() -> ReaderSettings:
    """Give how this person wants to read: from the session, else from a cookie of this browser."""
    if session_token() and known().actor.is_member:
        return known().reader
    return ReaderSettings.unpack(request.cookies.get(cookie_name(READER_COOKIE), ""))


class Frame:
    """The frame of one answer; everything is worked out when it is asked for."""

    @cached_property
    def locale(self) -> str:
        """The language of the page."""
        return current_locale()

    @property
    def dir(self) -> str:
        """Its direction."""
        return direction(self.locale)

    @cached_property
    def reader_attributes(self) -> Markup:
        """How the reader wants to read."""
        return reader_attributes(reader_settings())

    @property
    def home(self) -> str:
        """The first page."""
        return f"/{self.locale}/"

    @property
    def leave(self) -> str:
        """Where the quick exit leads."""
        return LEAVE.get(self.locale.split("-", maxsplit=1)[0], LEAVE["en"])

    @property
    def path(self) -> str:
        """The address of this page, to mark it in the menus."""
        return request.path

    def _item(self, address: str, words: str) -> Item:
        href = f"/{self.locale}/{address}"
        if self.path == href:
            return Item(href, words, "page")
        return Item(href, words, "true" if self.path.startswith(f"{href}/") else "")

    @property
    def menu(self) -> Iterator[Item]:
        """The same few places on every page, in the same order (WCAG 3.2.3)."""
        yield self._item("courses", gettext("Courses"))
        yield self._item("my-learning", gettext("My learning"))
        yield self._item("search", gettext("Search"))
        yield self._item("help", gettext("Help"))

    @property
    def footer(self) -> Iterator[Item]:
        """What must be found from everywhere (WCAG 3.2.6)."""
        yield self._item("support", gettext("Support near you"))
        yield self._item("reading", gettext("Reading settings"))
        yield self._item("glossary", gettext("Glossary"))
        yield self._item("register", gettext("Register of laws"))
        yield self._item("accessibility", gettext("Accessibility statement"))
        yield self._item("privacy", gettext("Privacy"))
        yield self._item("tell-us", gettext("Tell us"))

    @property
    def is_member(self) -> bool:
        """Whether somebody is signed in."""
        return bool(session_token()) and known().actor.is_member

    @property
    def name(self) -> str:
        """The name to be called."""
        return known().name

    @property
    def token(self) -> str:
        """The token of the sign-out form."""
        return form_token()

    @property
    def roles(self) -> frozenset[Role]:
        """What the account opens."""
        return known().actor.roles

    @property
    def account(self) -> Iterator[Item]:
        """What belongs to somebody signed in."""
        roles = self.roles
        if Role.AUTHOR in roles:
            yield self._item("desk", gettext("Desk"))
        if Role.ADMIN in roles:
            yield self._item("admin", gettext("Administration"))
        yield self._item("account", gettext("Account"))

    @property
    def languages(self) -> list[Tongue]:
        """The other languages of this page, each called by its own name."""
        return [Tongue(tag, one.name, here_in(tag)) for tag, one in shipped().items() if tag != self.locale]

    @property
    def notices(self) -> Markup:
        """What was just done, from `?done=`."""
        words = DONE.get(request.args.get("done", ""))
        if words is None:
            return Markup("")
        return Markup('<div class="notice done" role="status"><p>{}</p></div>').format(gettext(words))


def _words() -> dict[str, Any]:
    return {
        "frame": Frame(),
        "locale": current_locale(),
        "spoken": voice(current_locale()),
        "locales": [(tag, language.name) for tag, language in shipped().items()],
        "sensitive": g.get("sensitive", False),
    }


def begin(app: Flask) -> None:
    """Give every template its frame."""
    sending.begin(app)
    app.context_processor(_words)
    app.jinja_env.globals.update(
        UNSAID,
        asset=asset,
        direction=direction,
        here_in=here_in,
        STATES=STATES,
        current_known=LocalProxy(known),
        escape=escape,
    )
