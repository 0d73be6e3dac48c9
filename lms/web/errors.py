"""Refusals as pages: calm, in the reader's language, with a way on.

One place turns the five kinds of error, and what Flask itself refuses, into an answer. Nothing of an inner
fault is shown but the request's id, under which the log has it. Where even a refusal cannot be drawn, the
answer is a constant that needs no catalogue, no template and no language.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as BareResponse

from lms.actions.people.sessions import NOBODY_KNOWN, keep_typed
from lms.core.errors import NotAllowed, ParvisError, Unavailable
from lms.core.operations.characters import kept_part, writable_part
from lms.core.operations.faults import whereabouts
from lms.web.limits.hosts import Application
from lms.web.shell.browser import is_in_frame, wants_json, way_back
from lms.web.shell.cookies import earlier_ticket
from lms.web.shell.current import actor, context, idled_out
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import BARE_POLICY
from lms.web.words.refusals import status_of, words_of
from lms.web.words.typed_words import typed_words
from lms.web.words.ways_on import HEADINGS, WAYS

log = logging.getLogger("lms.web")
KNOWN_STATUSES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})
#: Seconds after which the two that may be tried again are worth it.
RETRY_AFTER: dict[int, str] = {HTTPStatus.TOO_MANY_REQUESTS: "30", HTTPStatus.SERVICE_UNAVAILABLE: "5"}


def _typed() -> list[tuple[str, str]]:
    """Return what was typed and its labels; nothing of what was too large to be read."""
    try:
        found = typed_words(request.form.items(multi=True))
    except HTTPException:
        return []
    return [(writable_part(label), writable_part(words)) for label, words in found]


def _ways(code: str) -> list[tuple[str, str]]:
    """Return the links that a refusal offers: address and words."""
    offered = WAYS.get(code, ())
    return [(url_for(endpoint, **(request.view_args or {})), gettext(words)) for endpoint, words in offered]


def _page(status: int, code: str = "", sentence: str = "", incident: str = "") -> Response:
    name = "form" if code == "form.token" else status if status in KNOWN_STATUSES else 400
    page = render_template(
        f"errors/{name}.html",
        own_heading=gettext(HEADINGS[code]) if code in HEADINGS else "",
        sentence=sentence,
        incident=incident,
        typed=_typed(),
        ways=_ways(code),
        status=status,
        way_back=way_back(),
        in_frame=is_in_frame(),
    )
    response = make_response(page, status)
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def _to_sign_in() -> BareResponse:
    """Send somebody to the sign-in page and keep where they were and what they sent."""
    back, earlier = way_back(), idled_out()
    done = "idled-out" if earlier.is_member else "visit-idled" if earlier.person else "sign-in-first"
    if request.method == "POST":
        sent = request.form.items(multi=True)
        typed = [(kept_part(name), kept_part(value)) for name, value in sent]
        if keep_typed(context(), actor(), earlier_ticket(), back, typed):
            done = "kept"
    tell(done)
    return redirect(url_for("sign_in.sign_in", next=back or None), 303)


def refused(problem: ParvisError) -> BareResponse:
    """Answer an error of ours."""
    g.known = g.get("known") or NOBODY_KNOWN
    g.refusal = problem.code
    status = status_of(problem)
    sentence = words_of(problem.code, problem.params)
    if wants_json():
        status = HTTPStatus.UNAUTHORIZED if problem.code == "deed.sign-in-first" else status
        return make_response({"error": problem.code, "words": sentence}, status)
    if isinstance(problem, NotAllowed) and problem.code == "deed.sign-in-first":
        return _to_sign_in()
    if problem.code == "learning.needs-first":  # the course's page says what can be done now
        tell("needs-first")
        return redirect(f"/{current_locale()}/c/{problem.params['course']}", 303)
    return _page(status, problem.code, sentence)


def _http(problem: HTTPException) -> Response:
    status = problem.code or HTTPStatus.INTERNAL_SERVER_ERROR
    g.known = g.get("known") or NOBODY_KNOWN
    response = _page(status)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:  # RFC 9110 15.5.6 asks for the list
        response.headers["Allow"] = ", ".join(sorted(getattr(problem, "valid_methods", None) or ()))
    if isinstance(problem, RequestedRangeNotSatisfiable):  # RFC 9110 15.5.17 asks for the size
        response.headers["Content-Range"] = f"{problem.units} */{problem.length}"
    return response


def _last_resort(problem: Exception) -> Response:
    g.request_id = token_hex(4)
    log.error("request %s failed at %s: %s", g.request_id, request.endpoint, whereabouts(problem))
    g.known = NOBODY_KNOWN
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, incident=g.request_id)


def _note(response: Response) -> Response:
    """Name a failed request in the log: its id, its route, its status; nothing of who asked or what for."""
    is_ours = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    if is_ours and request.endpoint != "health-root.health":
        said = g.get("refusal", "")
        log.warning(
            "request %s %s: %s %s",
            g.get("request_id") or token_hex(4),
            request.endpoint,
            response.status_code,
            said,
        )
    return response


#: The page of last resort. %s is the request's id.
LAST_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Something went wrong on our side</title></head><body>
<h1>Something went wrong on our side</h1>
<p>This is our fault, not yours. You have not lost anything that was already saved.
Please try again in a moment. If you contact us about this, give us this number: %s</p>
<p lang="fr">Un problème est survenu de notre côté. L’erreur vient de nous, pas de vous. Vous n’avez rien
perdu de ce qui était déjà enregistré. Réessayez dans un instant. Si vous nous écrivez à ce sujet, indiquez
le numéro ci-dessus.</p>
</body></html>
"""
LAST_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store, no-cache"),
    ("Content-Security-Policy", BARE_POLICY),
    ("X-Content-Type-Options", "nosniff"),
]


def never_silent(application: Application) -> Application:
    """Answer with the page of last resort when the application cannot answer at all."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return application(environ, start_response)
        except Exception as problem:  # noqa: BLE001  # the last resort
            number = token_hex(4)
            log.error("request %s failed: 500: %s", number, whereabouts(problem))  # noqa: TRY400  # no words of it
            start_response("500 Internal Server Error", LAST_HEADERS)
            return [(LAST_PAGE % number).encode()]

    return answer


def begin(app: Flask) -> None:
    """Wire the answers."""
    app.register_error_handler(ParvisError, refused)
    app.register_error_handler(Unavailable, refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _last_resort)
    app.after_request(_note)
