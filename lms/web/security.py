"""Who may open a page, and what a browser is told about trust.

Deny by default: a view without a rule stops the start. Holds the session cookie (its idle minute moves without
a write, so that GET changes nothing), the CSRF token, and the headers of every answer. No rule of the product
lives here: actions check again who may do a deed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, TypeVar, cast

from flask import Flask, Response, current_app, g, request

from lms.actions.deed import Who, may
from lms.core.errors import NotAllowed

if TYPE_CHECKING:
    from lms.actions.desk import Desk

V = TypeVar("V", bound=Callable[..., object])

ANYONE, LEARNER, MEMBER = Who.ANYONE, Who.LEARNER, Who.MEMBER
AUTHOR, REVIEWER, ADMIN = Who.AUTHOR, Who.REVIEWER, Who.ADMIN

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MINUTE = 60_000
CSRF_FIELD, CSRF_HEADER = "csrf_token", "X-CSRF-Token"


def rule(who: Who) -> Callable[[V], V]:
    """Name who may open this page; every view has exactly one."""

    def decorate(view: V) -> V:
        view.rule = who  # type: ignore[attr-defined]  # read before each request and by the house tests
        return view

    return decorate


def _desk() -> Desk:
    return cast("Desk", current_app.extensions["parvis"])


def cookie_name(name: str) -> str:
    """Give a cookie's name; over HTTPS it is bound to this host (`__Host-`)."""
    return f"__Host-{name}" if _desk().settings.secure_cookies else name


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie of ours: not readable by scripts, sent to this site alone."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=seconds,
        path="/",
        secure=_desk().settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def _stamp(token: str, minute: int) -> str:
    return f"{token}.{minute}.{_desk().keys.mac('session-minute', token, str(minute))[:22]}"


def _read_session_cookie() -> tuple[str, int]:
    """Give (token, minute of last use); ('', 0) when absent, forged or idle for too long."""
    token, _, rest = request.cookies.get(cookie_name("parvis"), "").partition(".")
    minute, _, seal = rest.partition(".")
    if not (token and minute.isascii() and minute.isdigit() and len(minute) < 12):  # noqa: PLR2004  # year 190,000
        return "", 0
    desk = _desk()
    if not hmac.compare_digest(seal.encode(), desk.keys.mac("session-minute", token, minute)[:22].encode()):
        return "", 0
    if desk.now() // MINUTE - int(minute) > desk.settings.idle_minutes:
        return "", 0
    return token, int(minute)


def session_token() -> str:
    """Give the value that the browser holds; empty when signed out."""
    if "session_token" not in g:
        g.session_token, g.session_minute = _read_session_cookie()
    return cast("str", g.session_token)


def ticket_of(token: str) -> str:
    """Hash a session token: the database never holds what the browser holds."""
    return sha256(token.encode()).hexdigest()


def session_ticket() -> str:
    """Give the hash under which the session is kept; empty when signed out."""
    token = session_token()
    return ticket_of(token) if token else ""


def start_session(response: Response, token: str) -> None:
    """Hand a new session to the browser; always a new value (ASVS 5.0 7.2.4)."""
    g.session_token, g.session_minute = token, _desk().now() // MINUTE
    set_cookie(response, "parvis", _stamp(token, g.session_minute))


def end_session(response: Response) -> None:
    """Leave nothing behind on a shared computer."""
    g.session_token, g.session_minute = "", 0
    for name in ("parvis", "parvis-form"):
        set_cookie(response, name, "", seconds=0)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def form_token() -> str:
    """Give the CSRF token: bound to the session, or to a cookie of its own before there is one."""
    holder = session_token() or request.cookies.get(cookie_name("parvis-form"), "") or g.get("form_cookie", "")
    if not holder:
        g.form_cookie = holder = token_urlsafe(24)
    return _desk().keys.mac("csrf", holder)


def _check_form_token() -> None:
    holder = session_token() or request.cookies.get(cookie_name("parvis-form"), "")
    given = request.form.get(CSRF_FIELD) or request.headers.get(CSRF_HEADER, "")
    expected = _desk().keys.mac("csrf", holder) if holder else ""
    if not (holder and hmac.compare_digest(given.encode(), expected.encode())):
        raise NotAllowed("form.token")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("form.token")


def _guard() -> None:
    """Refuse before the view runs: unknown rule, forged form, wrong person."""
    if request.endpoint is None or request.endpoint == "static":
        return
    who = cast("Who", getattr(current_app.view_functions[request.endpoint], "rule"))  # noqa: B009  # set by `rule`
    if request.method not in SAFE_METHODS:
        _check_form_token()
    if who is Who.ANYONE:
        return
    from lms.web.desk import actor  # noqa: PLC0415  # the desk reads the cookie here: one direction at import

    if not may(actor(), who):
        raise NotAllowed("deed.not-allowed" if actor().is_member else "deed.sign-in-first")


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    for name, value in cast("tuple[tuple[str, str], ...]", current_app.config["SECURITY_HEADERS"]):
        headers.setdefault(name, value)
    if "form_cookie" in g:
        set_cookie(response, "parvis-form", g.form_cookie)
    token = g.get("session_token", "")
    if token and g.session_minute != (minute := _desk().now() // MINUTE):
        set_cookie(response, "parvis", _stamp(token, minute))
    return response


def _headers(frame_ancestors: str, *, https: bool) -> tuple[tuple[str, str], ...]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frame_ancestors}"
    )
    headers = [
        ("Content-Security-Policy", policy),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ]
    if https:
        headers.append(("Strict-Transport-Security", "max-age=31536000"))
    return tuple(headers)


def begin(app: Flask) -> None:
    """Wire the guard; refuse to start when a view names nobody.

    Raises: RuntimeError naming the views without a rule.
    """
    settings = cast("Desk", app.extensions["parvis"]).settings
    app.config["SECURITY_HEADERS"] = _headers(settings.frame_ancestors, https=settings.secure_cookies)
    unruled = [name for name, view in app.view_functions.items() if not hasattr(view, "rule") and name != "static"]
    if unruled:
        message = f"these views name nobody who may open them: {', '.join(sorted(unruled))}"
        raise RuntimeError(message)
    app.before_request(_guard)
    app.after_request(_finish)
    app.jinja_env.globals["form_token"] = form_token
