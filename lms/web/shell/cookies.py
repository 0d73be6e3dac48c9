"""The cookies of the site: the session's, the form's, of a known browser, of a place, and how they are set.

The session cookie carries its own idle minute, sealed, so that GET changes nothing; whether the session still
lives is a row that `actions.people.sessions` reads. Holds no rule about who may do what.
"""

from __future__ import annotations

import hmac
from typing import cast

from flask import current_app, g, request
from werkzeug.wrappers import Response

from lms.actions.context import Context
from lms.actions.people.sessions import ticket_of

PLACE_COOKIE = "parvis-place"  # where somebody works, if they wish it remembered
MINUTE = 60_000
DAY_SECONDS = 86_400
DEVICE_DAYS = 400  # the longest that browsers keep a cookie (RFC 6265bis 5.6.2)


def the_context() -> Context:
    """Return the context that the application was built with."""
    return cast("Context", current_app.extensions["parvis"])


def cookie_name(name: str) -> str:
    """Return a cookie's name; over HTTPS it is bound to this host (`__Host-`).

    A partitioned one has a name of its own: one from before other sites were named would be sent beside it.
    """
    settings = the_context().settings
    name = f"{name}-framed" if settings.framed else name
    return f"__Host-{name}" if settings.secure_cookies else name


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie of ours: not readable by scripts, sent to this site alone.

    Where other sites show us inside their pages, each of them has a jar of its own for us (CHIPS): `Lax`
    would keep every cookie away from there, and who is signed in inside one site is so nowhere else.
    """
    framed = the_context().settings.framed
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=seconds,
        path="/",
        secure=the_context().settings.secure_cookies,
        httponly=True,
        samesite="None" if framed else "Lax",
        partitioned=framed,
    )


def _sealed(token: str, minute: str, *, own: bool) -> str:
    purpose = "own-device-minute" if own else "session-minute"
    return the_context().keys.mac(purpose, token, minute)[:22]


def _read_session_cookie() -> tuple[str, int, bool]:
    """Return (token, minute of last use, on one's own device), however long ago; ('', 0, False) for none."""
    token, _, rest = request.cookies.get(cookie_name("parvis"), "").partition(".")
    minute, _, seal = rest.partition(".")
    if not (token and minute.isascii() and minute.isdigit() and len(minute) < 12):  # noqa: PLR2004  # year 190,000
        return "", 0, False
    for own in (False, True):
        if hmac.compare_digest(seal.encode(), _sealed(token, minute, own=own).encode()):
            return token, int(minute), own
    return "", 0, False


def _is_awake(minute: int) -> bool:
    context = the_context()
    return context.now() // MINUTE - minute <= context.settings.idle_minutes


def earlier_token() -> str:
    """Return the value that the browser holds even if it has idled out: known again, but nobody’s key."""
    return _read_session_cookie()[0]


def session_token() -> str:
    """Return the value that the browser holds; empty when signed out."""
    if "session_token" not in g:
        token, minute, own = _read_session_cookie()
        g.session_token, g.session_minute = (token, minute) if own or _is_awake(minute) else ("", 0)
        g.session_own = own
    return cast("str", g.session_token)


def session_ticket() -> str:
    """Return the hash under which the session is kept; empty when signed out."""
    token = session_token()
    return ticket_of(token) if token else ""


def earlier_ticket() -> str:
    """Return the hash of a session that may have idled out."""
    token = earlier_token()
    return ticket_of(token) if token else ""


def is_own_device() -> bool:
    """Return whether somebody signed in here as on a device of their own."""
    return bool(session_token()) and bool(g.get("session_own", False))


def minutes_held() -> int:
    """Return for how many minutes the browser has held the value of a session on somebody's own device."""
    return int(the_context().now() // MINUTE - g.session_minute)


def start_session(response: Response, token: str, *, days: float = 0) -> None:
    """Hand a new session to the browser; always a new value (ASVS 5.0 7.2.4).

    With `days`, on somebody's own device, it stays when the browser is closed and does not idle out.
    """
    g.session_token, g.session_own = token, days > 0
    _hand_over(response, the_context().now() // MINUTE, round(days * DAY_SECONDS) or None)


def _hand_over(response: Response, minute: int, seconds: int | None) -> None:
    g.session_minute = minute
    token, own = g.session_token, bool(g.get("session_own", False))
    stamp = f"{token}.{minute}.{_sealed(token, str(minute), own=own)}"
    set_cookie(response, "parvis", stamp, seconds=seconds)


def end_session(response: Response) -> None:
    """Leave nothing behind on a shared computer: how somebody reads is nobody else’s business either."""
    g.session_token, g.session_minute, g.session_own = "", 0, False
    for name in ("parvis", "parvis-form", "parvis-reader", PLACE_COOKIE):
        set_cookie(response, name, "", seconds=0)
    forget_pages(response)


def forget_pages(response: Response) -> None:
    """Have the browser forget its copies of our pages; WebKit does so for a page, not for a redirect."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def form_window() -> str:
    """Return a hash of what this browser holds for its forms, so that a second press is known; or ''."""
    held = request.cookies.get(cookie_name("parvis-form"), "")
    return ticket_of(held) if held else ""


def held_device() -> str:
    """Return what this browser holds since somebody signed in here before, whoever wrote it, or ''."""
    return request.cookies.get(cookie_name("parvis-device"), "")


def keep_device(response: Response, held: str) -> None:
    """Remember the browser after signing out, so that guesses of others do not keep its owner out."""
    set_cookie(response, "parvis-device", held, seconds=DEVICE_DAYS * DAY_SECONDS)


def forget_device(response: Response) -> None:
    """Forget the browser: whoever signed in here has no account any more."""
    set_cookie(response, "parvis-device", "", seconds=0)


def keep_alive(response: Response) -> None:
    """Move the idle minute on, at most once a minute and without a write."""
    own, minute = bool(g.get("session_own", False)), the_context().now() // MINUTE
    if g.get("session_token", "") and not own and g.session_minute != minute:
        _hand_over(response, minute, None)
