"""The cookies of the site: the session's, the form's, and how they are set.

The session cookie carries its own idle minute, sealed, so that GET changes nothing; whether the session still
lives is a row that `actions.sessions` reads. Holds no rule about who may do what.
"""

from __future__ import annotations

import hmac
from typing import cast

from flask import current_app, g, request
from werkzeug.wrappers import Response

from lms.actions.desk import Desk
from lms.actions.sessions import ticket_of

MINUTE = 60_000


def the_desk() -> Desk:
    """Give the desk that the application was built with."""
    return cast("Desk", current_app.extensions["parvis"])


def cookie_name(name: str) -> str:
    """Give a cookie's name; over HTTPS it is bound to this host (`__Host-`)."""
    return f"__Host-{name}" if the_desk().settings.secure_cookies else name


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie of ours: not readable by scripts, sent to this site alone."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=seconds,
        path="/",
        secure=the_desk().settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def _stamp(token: str, minute: int) -> str:
    return f"{token}.{minute}.{the_desk().keys.mac('session-minute', token, str(minute))[:22]}"


def _read_session_cookie() -> tuple[str, int]:
    """Give (token, minute of last use), however long ago that was; ('', 0) when absent or forged."""
    token, _, rest = request.cookies.get(cookie_name("parvis"), "").partition(".")
    minute, _, seal = rest.partition(".")
    if not (token and minute.isascii() and minute.isdigit() and len(minute) < 12):  # noqa: PLR2004  # year 190,000
        return "", 0
    made = the_desk().keys.mac("session-minute", token, minute)[:22]
    return (token, int(minute)) if hmac.compare_digest(seal.encode(), made.encode()) else ("", 0)


def _is_awake(minute: int) -> bool:
    desk = the_desk()
    return desk.now() // MINUTE - minute <= desk.settings.idle_minutes


def earlier_token() -> str:
    """Give the value that the browser holds even if it has idled out: known again, but nobody’s key."""
    return _read_session_cookie()[0]


def session_token() -> str:
    """Give the value that the browser holds; empty when signed out."""
    if "session_token" not in g:
        token, minute = _read_session_cookie()
        g.session_token, g.session_minute = (token, minute) if _is_awake(minute) else ("", 0)
    return cast("str", g.session_token)


def session_ticket() -> str:
    """Give the hash under which the session is kept; empty when signed out."""
    token = session_token()
    return ticket_of(token) if token else ""


def earlier_ticket() -> str:
    """Give the hash of a session that may have idled out."""
    token = earlier_token()
    return ticket_of(token) if token else ""


def start_session(response: Response, token: str) -> None:
    """Hand a new session to the browser; always a new value (ASVS 5.0 7.2.4)."""
    g.session_token, g.session_minute = token, the_desk().now() // MINUTE
    set_cookie(response, "parvis", _stamp(token, g.session_minute))


def end_session(response: Response) -> None:
    """Leave nothing behind on a shared computer: how somebody reads is nobody else’s business either."""
    g.session_token, g.session_minute = "", 0
    for name in ("parvis", "parvis-form", "parvis-reader"):
        set_cookie(response, name, "", seconds=0)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def keep_alive(response: Response) -> None:
    """Move the idle minute on, at most once a minute and without a write."""
    token = g.get("session_token", "")
    if token and g.session_minute != (minute := the_desk().now() // MINUTE):
        set_cookie(response, "parvis", _stamp(token, minute))
