"""What stands around every page: menu, languages, account, footer, and how the reader wants to read.

Holds the frame that `layout.html` draws and the words that every template has. Nothing is read from the
database unless a page wants to know who is asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext
from markupsafe import Markup, escape
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from lms.actions.action import Who, may
from lms.actions.people.accounts import change_reading
from lms.actions.people.sessions import LONGEST, MINUTE
from lms.actions.publishing.reach import reaches
from lms.core.courses.durations import course_minutes, final_minutes, module_minutes
from lms.core.locales import direction, language_of
from lms.core.operations.characters import writable_part
from lms.core.people.actors import EVERYTHING, Role
from lms.core.people.reader_settings import ReaderSettings
from lms.rendering.words.marks import N_
from lms.rendering.words.messages import DONE
from lms.rendering.words.translator import translator_for
from lms.web.shell import sending
from lms.web.shell.assets import asset
from lms.web.shell.browser import form_page, way_back
from lms.web.shell.cookies import cookie_name, earlier_token, session_token, set_cookie
from lms.web.shell.current import actor, context, idled_out, known
from lms.web.shell.i18n import arguments, current_locale, here_in, shipped
from lms.web.shell.notices import markup, told
from lms.web.shell.security import form_token
from lms.web.words.progress_line import progress_line
from lms.web.words.states import STATES

READER_COOKIE = "parvis-reader"
FOR_THE_SERVER = frozenset({"sections", "questions"})  # settings that no style sheet looks at

_NO_LONGER = N_("You’re no longer signed in here, because you were inactive.")
#: The pages on which somebody who was signed in looks for their course.
WHERE_LEARNING_BEGINS = frozenset({"home.home", "catalogue.courses", "catalogue.course"})

#: What a page may leave unsaid.
UNSAID = {
    "window_title": "",
    "course_title": "",
    "trail": (),
    "progress": "",
    "open_form": "",
    "problems": 0,
    "page_class": "",
    "robots": "",
    "opens_here": False,
}


@dataclass(frozen=True, slots=True)
class MenuItem:
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

    @property
    def path(self) -> str:
        """Return the address without its arguments, which a form sends as fields."""
        return self.href.partition("?")[0]


def reader_attributes(settings: ReaderSettings) -> Markup:
    """Write the wishes as attributes of the root element: set by the server, so nothing flashes."""
    wishes = {name: wish for name, wish in settings.chosen.items() if name not in FOR_THE_SERVER}
    return Markup("").join(Markup(' data-{}="{}"').format(name, wish) for name, wish in wishes.items())


def reader_settings() -> ReaderSettings:
    """Return how this person wants to read: from the session, else from a cookie of this browser."""
    if session_token() and known().actor.is_member:
        return known().reader
    return ReaderSettings.unpack(request.cookies.get(cookie_name(READER_COOKIE), ""))


def keep_settings(response: Response, **wishes: str) -> None:
    """Keep what somebody has just chosen beside what they chose before: for the account and this browser."""
    chosen = reader_settings()
    wanted = ReaderSettings.of({**chosen.chosen, **wishes})
    if wanted == chosen:
        return
    if actor().is_member:
        change_reading(context(), actor(), wanted)
    set_cookie(response, READER_COOKIE, wanted.pack())


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
    def answers(self) -> Markup:
        """What a page says that is the answer to a form: where the form stands, so that Back leads there."""
        there = form_page() if request.method == "POST" else ""
        return Markup(' data-sent="{}"').format(there) if there else Markup("")

    @property
    def home(self) -> str:
        """The first page."""
        return f"/{self.locale}/"

    @property
    def leave(self) -> str:
        """Where the quick exit leads."""
        return language_of(self.locale).calm_page

    @property
    def path(self) -> str:
        """The address of this page, to mark it in the menus."""
        return request.path

    def _item(self, address: str, words: str) -> MenuItem:
        href = f"/{self.locale}/{address}"
        if self.path == href:
            return MenuItem(href, words, "page")
        return MenuItem(href, words, "true" if self.path.startswith(f"{href}/") else "")

    @property
    def menu(self) -> Iterator[MenuItem]:
        """The same few places on every page, in the same order (WCAG 3.2.3)."""
        yield self._item("courses", gettext("Courses"))
        yield self._item("my-learning", gettext("My learning"))
        yield self._item("search", gettext("Search"))
        yield self._item("help", gettext("Help"))
        yield self._item("reading", gettext("Reading settings"))

    @property
    def footer(self) -> Iterator[MenuItem]:
        """What must be found from everywhere (WCAG 3.2.6)."""
        yield self._item("support", gettext("Support near you"))
        yield self._item("reading", gettext("Reading settings"))
        yield self._item("glossary", gettext("Glossary"))
        yield self._item("register", gettext("Register of laws"))
        yield self._item("verify", gettext("Verify a certificate"))
        yield self._item("accessibility", gettext("Accessibility statement"))
        yield self._item("privacy", gettext("Privacy"))
        yield self._item("tell-us", gettext("Contact us"))

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
    def trial(self) -> str:
        """What must be known before somebody begins, where a certificate would prove nothing; else empty."""
        if not context().settings.specimen:
            return ""
        return str(gettext("This is a trial site: certificates made here are specimens."))

    @property
    def roles(self) -> frozenset[Role]:
        """What the account opens."""
        return known().actor.roles

    @property
    def account(self) -> Iterator[MenuItem]:
        """What belongs to somebody signed in."""
        roles = self.roles
        if may(actor(), Who.STAFF):
            yield self._item("workspace", gettext("Author workspace"))
        if Role.ADMIN in roles:
            yield self._item("admin", gettext("Administration"))
        yield self._item("account", gettext("Account"))

    def writes(self, course: str = "") -> bool:
        """Return whether this reader may write in a course, in one language at least; '' is everywhere."""
        return reaches(actor(), Who.AUTHOR, course) if course else may(actor(), Who.AUTHOR, EVERYTHING)

    def reads_all(self) -> bool:
        """Return whether what is of no single course is open to this reader: laws, dossiers."""
        return may(actor(), Who.STAFF, EVERYTHING)

    @property
    def languages(self) -> list[Tongue]:
        """The other languages of this page, each called by its own name."""
        return [Tongue(tag, one.name, here_in(tag)) for tag, one in shipped().items() if tag != self.locale]

    @property
    def arguments(self) -> Iterable[tuple[str, str]]:
        """What stands behind the address of this page."""
        return arguments()

    @property
    def notices(self) -> Markup:
        """What was just done, and whether the page was filled in for somebody."""
        key = told()
        notices = markup(gettext(DONE[key])) if key else Markup("")
        if request.endpoint in WHERE_LEARNING_BEGINS and not (key or known().actor.person):
            notices += self._meanwhile()
        if g.get("is_filled_again", False):
            words = gettext("This page shows what you entered earlier. It is not saved or sent yet.")
            notices += markup(words)
        return notices

    @staticmethod
    def _meanwhile() -> Markup:
        """Return that one is not signed in any more, where somebody was and did nothing for a while."""
        if not earlier_token():
            return Markup("")
        was_visitor = idled_out().is_visitor
        words = DONE["visit-idled"] if was_visitor else _NO_LONGER
        back = url_for("sign_in.sign_in", next=way_back() or None)
        return Markup('<div class="notice caution"><p>{} <a href="{}">{}</a></p></div>').format(
            gettext(words), back, gettext("Sign in")
        )


def _words() -> dict[str, Any]:
    return {
        "frame": Frame(),
        "locale": current_locale(),
        "spoken": translator_for(current_locale()),
        "locales": [(tag, language.name) for tag, language in shipped().items()],
        "sensitive": g.get("sensitive", False),
    }


def begin(app: Flask) -> None:
    """Hand every template its frame."""
    sending.begin(app)
    app.context_processor(_words)
    app.jinja_env.filters["writable"] = writable_part  # what was typed, but for what no page can hold
    app.jinja_env.globals.update(
        UNSAID,
        asset=asset,
        progress_line=progress_line,
        direction=direction,
        here_in=here_in,
        STATES=STATES,
        course_minutes=course_minutes,
        final_minutes=final_minutes,
        module_minutes=module_minutes,
        longest_minutes=LONGEST // MINUTE,
        current_known=LocalProxy(known),
        escape=escape,
    )
