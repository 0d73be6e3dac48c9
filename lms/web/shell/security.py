"""Who may open a page, and what a browser is told about trust.

Deny by default: a view without a rule stops the start. Holds the CSRF token and the headers of every answer.
No rule of the product lives here: actions check again who may do an action.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from http import HTTPStatus
from os import urandom
from secrets import token_urlsafe
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request
from flask_babel import gettext
from markupsafe import escape

from lms.actions.action import Who, may
from lms.actions.people.sessions import OWN_LONGEST, RENEWED, came_back, recognise, renew, visitor_before
from lms.core.errors import NotAllowed, ParvisError
from lms.core.locales import direction
from lms.settings import Settings
from lms.web.limits.hosts import Application
from lms.web.limits.terms import MILLION, Terms, current_terms
from lms.web.shell import notices
from lms.web.shell.browser import is_expired, is_in_frame
from lms.web.shell.cookies import (
    DAY_SECONDS,
    MINUTE,
    cookie_name,
    earlier_ticket,
    is_own_device,
    keep_alive,
    minutes_held,
    session_ticket,
    session_token,
    set_cookie,
    start_session,
)
from lms.web.shell.current import actor, known
from lms.web.shell.current import context as the_context
from lms.web.shell.forms import forget_shown
from lms.web.shell.i18n import current_locale

V = TypeVar("V", bound=Callable[..., object])

ANYONE, LEARNER, MEMBER = Who.ANYONE, Who.LEARNER, Who.MEMBER
AUTHOR, REVIEWER, ADMIN, STAFF = Who.AUTHOR, Who.REVIEWER, Who.ADMIN, Who.STAFF

#: The policy of a file that somebody has added, opened by itself: that of a page, and nothing in it runs.
FILE_POLICY = (
    "default-src 'none'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "sandbox"
)  #: The policy of a page that loads nothing and sends nothing.
BARE_POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_FIELD, CSRF_HEADER = "csrf_token", "X-CSRF-Token"
GOOD_FOR = 30 * 86_400_000  # a form may be sent for as long, and up to twice as long, by the same person
MASKED_BYTES = 16
MASK_DIGITS = 2 * MASKED_BYTES
_MASKED = re.compile(f"[0-9a-f]{{{2 * MASK_DIGITS}}}")


def rule(
    who: Who, *, most_bytes: int = MILLION, hashes: bool = False, redraws: bool = False
) -> Callable[[V], V]:
    """Name who may open this page, how much may be sent to it, and whether it hashes a password.

    Every view has exactly one. What hashes is answered in a lane of its own, so that guessing passwords
    holds up no page (`lms.cli.http.lanes`). What redraws asks `browser.only_draws` before it does anything.
    """

    def decorate(view: V) -> V:
        view.rule = who  # type: ignore[attr-defined]  # read before each request and by the house tests
        view.terms = Terms(most_bytes, hashes, redraws)  # type: ignore[attr-defined]  # read before the body is
        return view

    return decorate


def _masked(token: str) -> str:
    """Hide a token behind random bytes, so that its letters are others in every answer.

    A page that is compressed together with what somebody typed would otherwise tell, by its length, whether
    they have guessed the next letter of the token (BREACH). 128 bits of it are proof enough, so the page
    grows by nothing.
    """
    pad = int.from_bytes(urandom(MASKED_BYTES), "big")
    return f"{pad:0{MASK_DIGITS}x}{pad ^ int(token[:MASK_DIGITS], 16):0{MASK_DIGITS}x}"


def _unmasked(given: str) -> str:
    """Return the part of a token that is behind a mask; '' for what is no masked token."""
    if not _MASKED.fullmatch(given):
        return ""
    return f"{int(given[:MASK_DIGITS], 16) ^ int(given[MASK_DIGITS:], 16):0{MASK_DIGITS}x}"


def _form_cookie() -> str:
    holder = request.cookies.get(cookie_name("parvis-form"), "") or g.get("form_cookie", "")
    if not holder:
        g.form_cookie = holder = token_urlsafe(24)
    return cast("str", holder)


def _token_of(person: str, *, ago: int = 0) -> str:
    return the_context().keys.mac("csrf-person", person, str(the_context().now() // GOOD_FOR - ago))


def bare_form_token() -> str:
    """Return the CSRF token as it is, for a page that keeps it out of what is compressed (ADR 0020).

    It is bound to the person, so that a page stays good after they have signed in again elsewhere; before it
    is known who is there, to a cookie of its own.
    """
    person = actor().person
    return _token_of(person) if person else the_context().keys.mac("csrf", _form_cookie())


def form_token() -> str:
    """Return the CSRF token for a page: the same in all its forms, and another one in the next answer."""
    bare = bare_form_token()
    kept: tuple[str, str] = g.get("form_token", ("", ""))
    if kept[0] != bare:
        kept = g.form_token = (bare, _masked(bare))
    return kept[1]


def _is(given: str, expected: str) -> bool:
    """Return whether a token is the one expected, behind a mask or bare."""
    is_plain = hmac.compare_digest(given.encode(), expected.encode())
    is_masked = hmac.compare_digest(_unmasked(given).encode(), expected[:MASK_DIGITS].encode())
    return is_plain or is_masked


def _good_tokens() -> Iterator[str]:
    """Return the tokens that a form of this browser may bear.

    One that idled out is still one of ours; whether its sender may do anything is asked next.
    """
    if holder := request.cookies.get(cookie_name("parvis-form"), ""):
        yield the_context().keys.mac("csrf", holder)
    if person := actor().person or recognise(the_context(), earlier_ticket()).actor.person:
        yield from (_token_of(person, ago=ago) for ago in (0, 1))
    # A second press: the page was drawn for the visitor whom the first press has let in.
    if visitor := known().waiting or visitor_before(the_context(), earlier_ticket()):
        yield from (_token_of(visitor, ago=ago) for ago in (0, 1))


def _check_form_token() -> None:
    given = request.form.get(CSRF_FIELD) or request.headers.get(CSRF_HEADER, "")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("form.token")
    if any(_is(given, good) for good in _good_tokens()):
        return
    # Nobody is in, so the form is nobody's: its page shows it again, with a token that is good.
    if current_terms().redraws and not actor().person and not is_in_frame():
        g.is_expired = True
        return
    raise NotAllowed("form.token")


def _guard() -> None:
    """Refuse before the view runs: unknown rule, forged form, wrong person."""
    if request.endpoint is None or request.endpoint == "static":
        return
    who = cast("Who", getattr(current_app.view_functions[request.endpoint], "rule"))  # noqa: B009  # set by `rule`
    if request.method not in SAFE_METHODS:
        request.max_content_length = current_terms().most_bytes
        _check_form_token()
        forget_shown()
    if who is Who.ANYONE:
        return
    if not may(actor(), who):
        raise NotAllowed("deed.not-allowed" if actor().is_member else "deed.sign-in-first")


def _near(address: str) -> str:
    """Return an address of ours without the host, so that a false host leads nowhere."""
    host = request.host_url
    return "/" + address.removeprefix(host).lstrip("/") if address.startswith(host) else address


def _way_on(address: str) -> str:
    """Write the body of an answer that leads elsewhere, in the visitor's language; few ever see it."""
    words, locale = gettext("Continue"), current_locale()
    return (
        f'<!doctype html>\n<html lang="{locale}" dir="{direction(locale)}"><head><meta charset="utf-8">'
        f'<title>{words}</title></head><body><h1><a href="{escape(address)}">{words}</a></h1></body></html>\n'
    )


def _renew(response: Response) -> None:
    """Give a session on somebody's own device another value once a day, with something that they send.

    Nobody is asked for here: who is not known by now, or was refused, keeps what they hold. No refusal may
    spoil an answer that is made already.
    """
    if not is_own_device() or "known" not in g or not actor().is_member:
        return
    with suppress(ParvisError):  # the old value is good until the next time
        if known().unseen and actor().session == session_ticket():
            came_back(the_context(), actor())
        is_taken = request.method not in SAFE_METHODS and response.status_code < HTTPStatus.BAD_REQUEST
        if not is_taken or "refusal" in g or minutes_held() < RENEWED // MINUTE:
            return
        if fresh := renew(the_context(), actor(), session_token()):
            left = known().began + OWN_LONGEST - the_context().now()
            start_session(response, fresh, days=left / (DAY_SECONDS * 1000))


def _finish(response: Response) -> Response:
    if response.location:
        response.location = _near(response.location)
        response.set_data(_way_on(response.location))
    notices.finish(response)
    if is_expired():
        response.status_code = HTTPStatus.FORBIDDEN
    _renew(response)
    if "form_cookie" in g:
        set_cookie(response, "parvis-form", g.form_cookie)
    keep_alive(response)
    return response


def with_headers(application: Application, settings: Settings) -> Application:
    """Tell the browser about trust in every answer, whoever made it; what an answer says itself counts."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {settings.frame_ancestors}"
    )
    told = {field[0].lower(): field for field in _headers(settings, policy)}

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, fields: list[tuple[str, str]], *fault: Any) -> Any:
            given = {name.lower() for name, _ in fields}
            more = [field for name, field in told.items() if name not in given]
            return start_response(status, [*fields, *more], *fault)

        return application(environ, start)

    return answer


def bare_headers(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the same for an answer that the server makes by itself: text alone, which loads nothing."""
    return _headers(settings, BARE_POLICY)


def _headers(settings: Settings, policy: str) -> tuple[tuple[str, str], ...]:
    headers = [
        ("Cache-Control", "no-store, no-cache"),
        ("Content-Security-Policy", policy),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ]
    if settings.secure_cookies:
        headers.append(("Strict-Transport-Security", "max-age=31536000"))
    return tuple(headers)


def begin(app: Flask) -> None:
    """Wire the guard; refuse to start when a view names nobody.

    Raises: RuntimeError naming the views without a rule.
    """
    unruled = [
        name for name, view in app.view_functions.items() if not hasattr(view, "rule") and name != "static"
    ]
    if unruled:
        message = f"these views name nobody who may open them: {', '.join(sorted(unruled))}"
        raise RuntimeError(message)
    app.before_request(_guard)
    app.after_request(_finish)
    app.jinja_env.globals["form_token"] = form_token
