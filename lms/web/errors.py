"""Refusals as pages: calm, in the reader's language, with a way on.

One place turns the five kinds of error, and what Flask itself refuses, into an answer. Nothing of an inner
fault is shown but an id under which the log has it.
"""

from __future__ import annotations

import logging
from secrets import token_hex
from urllib.parse import urlsplit

from flask import Flask, Response, g, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BareResponse

from lms.actions.sessions import SECRET_FIELDS
from lms.core.errors import NotAllowed, ParvisError, Unavailable
from lms.core.faults import whereabouts
from lms.web.browser import wants_json
from lms.web.i18n import current_locale
from lms.web.messages import words_of

log = logging.getLogger("lms.web")
KNOWN_STATUSES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def _typed() -> list[tuple[str, str]]:
    """Give back what was typed, secrets left out; nothing of what was too large to be read."""
    try:
        sent = request.form
    except HTTPException:
        return []
    return [(name, value) for name, value in sent.items(multi=True) if not name.startswith(SECRET_FIELDS)]


def _page(status: int, code: str = "", sentence: str = "", incident: str = "") -> Response:
    template = f"errors/{status if status in KNOWN_STATUSES else 400}.html"
    page = render_template(
        template, code=code, sentence=sentence, incident=incident, typed=_typed(), status=status
    )
    response = make_response(page, status)
    if status in {429, 503}:
        response.headers["Retry-After"] = "30" if status == 429 else "5"  # noqa: PLR2004  # the two that may be tried again
    return response


def refused(problem: ParvisError) -> BareResponse:
    """Answer an error of ours."""
    g.known = g.get("known") or _nobody()
    status = 429 if problem.code.endswith(".too-often") else problem.status
    sentence = words_of(problem.code, problem.params)
    if wants_json():
        status = 401 if problem.code == "deed.sign-in-first" else status
        return make_response({"error": problem.code, "words": sentence}, status)
    if isinstance(problem, NotAllowed) and problem.code == "deed.sign-in-first":
        from lms.web.views.sign_in import ask_to_sign_in  # noqa: PLC0415  # views import this module

        return ask_to_sign_in()
    if problem.code == "learning.needs-first":  # the course's page says what can be done now
        return redirect(f"/{current_locale()}/c/{problem.params['course']}?done=needs-first", 303)
    return _page(status, problem.code, sentence)


def _nobody() -> object:
    from lms.actions.sessions import NOBODY_KNOWN  # noqa: PLC0415  # only needed when something has gone wrong

    return NOBODY_KNOWN


def _here(problem: RequestRedirect) -> Response:
    """Lead to the address that is meant, on this site: what a request says about its host is not repeated."""
    parts = urlsplit(problem.new_url)
    return make_response(redirect(parts._replace(scheme="", netloc="").geturl(), problem.code))


def _http(problem: HTTPException) -> Response:
    status = problem.code or 500
    if isinstance(problem, RequestRedirect):
        return _here(problem)
    g.known = g.get("known") or _nobody()
    response = _page(status)
    if status == 405:  # noqa: PLR2004  # RFC 9110 15.5.6 asks for the list
        response.headers["Allow"] = ", ".join(sorted(getattr(problem, "valid_methods", None) or ()))
    return response


def _last_resort(problem: Exception) -> Response:
    incident = token_hex(4)
    log.error("incident %s at %s: %s", incident, request.endpoint, whereabouts(problem))
    g.known = _nobody()
    return _page(500, incident=incident)


def begin(app: Flask) -> None:
    """Wire the answers."""
    app.register_error_handler(ParvisError, refused)
    app.register_error_handler(Unavailable, refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _last_resort)
