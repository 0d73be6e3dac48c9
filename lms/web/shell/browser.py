"""The browser that asks: where it is, what it is, where it wants to go back to.

Holds the allow-list of pages to come back to: our own pages that a GET opens, nothing else.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, g, redirect, request, url_for
from flask_babel import refresh
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from lms.actions.people.signing_in import Browser, Entered
from lms.web.shell.cookies import earlier_ticket, form_window, held_device, keep_device, start_session
from lms.web.shell.i18n import shipped
from lms.web.shell.notices import tell

LONGEST_PATH = 500
OWN_FIELD = "own_device"  # of the forms by which one signs in
#: What a browser calls itself, the more particular first.
_NAMES = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device() -> str:
    """Return what the browser is, coarsely, for its owner's own list of sessions."""
    agent = request.user_agent.string
    name = next((name for mark, name in _NAMES.items() if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    return ", ".join(part for part in (name, system) if part)


def _endpoint(path: str) -> str:
    """Return which page of ours a GET of this path opens; '' when none."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return ""
    return str(endpoint)


def _opens(path: str) -> bool:
    endpoint = _endpoint(path)
    return bool(endpoint) and not endpoint.startswith(("sign_in.", "sign_up.", "assets."))


def local_path(address: str) -> str:
    """Return the address if it is a page of ours that can be opened; '' otherwise (ASVS 5.0 3.7.2)."""
    if len(address) > LONGEST_PATH or not address.startswith("/") or not address.isprintable():
        return ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address or "//" in parts.path:
        return ""
    return address if _opens(parts.path) else ""


def way_back() -> str:
    """Return the page to come back to: this one, or for a POST the nearest above it that opens."""
    path = request.path
    if request.method == "GET":
        return local_path(request.full_path.rstrip("?"))
    while path.count("/") > 1 and not local_path(path):
        path = path.rpartition("/")[0]
    return local_path(path)


def form_page() -> str:
    """Return the page that the form stands on which is answered: at this address, or the nearest above it."""
    path = request.path
    while path.count("/") > 1 and not _endpoint(path):
        path = path.rpartition("/")[0]
    if not _endpoint(path):
        return ""
    wanted = request.form.get("switch_to", "")
    return f"/{wanted}{path[path.index('/', 1) :]}" if wanted in shipped() else path


def is_in_frame() -> bool:
    """Return whether the page is shown inside the page of another site, as far as the browser tells."""
    return request.headers.get("Sec-Fetch-Dest", "") in {"iframe", "frame"}


def browser(next_: str = "") -> Browser:
    """Describe the browser to the actions."""
    origin, held = request.remote_addr or "", held_device()
    own = bool(request.form.get(OWN_FIELD))
    return Browser(origin, earlier_ticket(), device(), local_path(next_), held, form_window(), own)


def where_next(next_: str, waiting: str) -> str:
    """Return the page for somebody who is in: "Was this you?" if that is open, else their goal."""
    if waiting:
        return url_for("account.was_this_you")
    return local_path(next_) or f"/{g.locale}/my-learning"


def go_in(entered: Entered, *, recovery: bool = False) -> Response:
    """Send somebody who is in on; a new account with recovery codes looks at them first."""
    target = where_next(entered.next, entered.waiting)
    if recovery:
        target = url_for("recovery.recovery_codes")
    response = redirect(target, 303)
    start_session(response, entered.token, days=entered.days)
    keep_device(response, entered.held)
    return response


def only_draws() -> bool:
    """Return whether the form is to be shown as it was sent, and nothing else: it asks for another language.

    The page is then drawn in it. So is a form that came too late to be trusted (`rule(…, redraws=True)`).
    """
    wanted = request.form.get("switch_to", "")
    if wanted in shipped():
        g.locale = wanted
        refresh()
        return True
    return is_expired()


def is_expired() -> bool:
    """Return whether the form that was sent is shown again because its token is not good any more."""
    return bool(g.get("is_expired"))


def begin_waiting(response: Response, token: str) -> Response:
    """Hand the browser the session in which a code is waited for, unless it has one."""
    if token:
        start_session(response, token)
    return response


def see(endpoint: str, done: str = "") -> Response:
    """Answer a POST with the page to look at next, and what it says was done."""
    if done:
        tell(done)
    return redirect(url_for(endpoint), 303)


def wants_json() -> bool:
    """Return whether a script of ours is asking."""
    return request.headers.get("Accept", "").startswith("application/json")
