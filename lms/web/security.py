"""Who may open a page, and what a browser is told about trust.

Deny by default: a view without a rule stops the start. Holds the CSRF token and the headers of every answer.
No rule of the product lives here: actions check again who may do a deed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from secrets import token_urlsafe
from typing import TypeVar, cast

from flask import Flask, Response, current_app, g, request

from lms.actions.deed import Who, may
from lms.actions.desk import Desk
from lms.core.errors import NotAllowed
from lms.web.cookies import cookie_name, earlier_token, keep_alive, session_token, set_cookie
from lms.web.desk import actor
from lms.web.desk import desk as the_desk

V = TypeVar("V", bound=Callable[..., object])

ANYONE, LEARNER, MEMBER = Who.ANYONE, Who.LEARNER, Who.MEMBER
AUTHOR, REVIEWER, ADMIN = Who.AUTHOR, Who.REVIEWER, Who.ADMIN

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_FIELD, CSRF_HEADER = "csrf_token", "X-CSRF-Token"


def rule(who: Who) -> Callable[[V], V]:
    """Name who may open this page; every view has exactly one."""

    def decorate(view: V) -> V:
        view.rule = who  # type: ignore[attr-defined]  # read before each request and by the house tests
        return view

    return decorate


def form_token() -> str:
    """Give the CSRF token: bound to the session, or to a cookie of its own before there is one."""
    holder = (
        session_token()
        or earlier_token()
        or request.cookies.get(cookie_name("parvis-form"), "")
        or g.get("form_cookie", "")
    )
    if not holder:
        g.form_cookie = holder = token_urlsafe(24)
    return the_desk().keys.mac("csrf", holder)


def _check_form_token() -> None:
    # A form that idled out is still one of ours; whether its sender may do anything is asked next.
    holder = session_token() or earlier_token() or request.cookies.get(cookie_name("parvis-form"), "")
    given = request.form.get(CSRF_FIELD) or request.headers.get(CSRF_HEADER, "")
    expected = the_desk().keys.mac("csrf", holder) if holder else ""
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
    if not may(actor(), who):
        raise NotAllowed("deed.not-allowed" if actor().is_member else "deed.sign-in-first")


def _near(address: str) -> str:
    """Give an address of ours without the host, so that what a browser says about the host leads nowhere."""
    host = request.host_url
    return "/" + address.removeprefix(host).lstrip("/") if address.startswith(host) else address


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    for name, value in cast("tuple[tuple[str, str], ...]", current_app.config["SECURITY_HEADERS"]):
        headers.setdefault(name, value)
    if response.location:
        response.location = _near(response.location)
    if "form_cookie" in g:
        set_cookie(response, "parvis-form", g.form_cookie)
    keep_alive(response)
    return response


def _headers(frame_ancestors: str, *, https: bool) -> tuple[tuple[str, str], ...]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {frame_ancestors}"
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
    unruled = [
        name for name, view in app.view_functions.items() if not hasattr(view, "rule") and name != "static"
    ]
    if unruled:
        message = f"these views name nobody who may open them: {', '.join(sorted(unruled))}"
        raise RuntimeError(message)
    app.before_request(_guard)
    app.after_request(_finish)
    app.jinja_env.globals["form_token"] = form_token
