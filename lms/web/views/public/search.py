"""Search. A question is sent by POST and travels on as a code: a history of addresses does not show it."""

from __future__ import annotations

import base64
import binascii
from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.catalogue.searching import search as find
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule

page = Blueprint("search", __name__)
LONGEST, LOOKED_AT = 100, 1_000  # characters of a question; of what was typed around it


def _coded(question: str) -> str:
    return base64.urlsafe_b64encode(question.encode()).decode().rstrip("=")


def _read(code: str) -> str:
    try:
        return base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()[:LONGEST]
    except (binascii.Error, ValueError):
        return ""


@page.get("/search")
@rule(ANYONE)
def search() -> str:
    """Ask what somebody looks for."""
    g.sensitive = True
    return render_template("pages/search/search.html", question="", found=None)


@page.post("/search")
@rule(ANYONE)
def ask() -> Response | tuple[str, int]:
    """Take a question and go to what it finds."""
    g.sensitive = True
    question = " ".join(request.form.get("question", "")[:LOOKED_AT].split())[:LONGEST]
    is_switched = only_draws()  # and then it is looked for in the other language
    if question or is_switched:
        coded = f"/{_coded(question)}" if question else ""
        return redirect(f"/{current_locale()}/search{coded}", 303)
    page_ = render_template("pages/search/search.html", question="", found=None, empty=True, problems=1)
    return page_, HTTPStatus.UNPROCESSABLE_ENTITY


@page.get("/search/<code>")
@rule(ANYONE)
def results(code: str) -> str:
    """Show what was found."""
    g.sensitive = True
    question = _read(code)
    found = find(context(), actor(), question, current_locale()) if question else ()
    return render_template("pages/search/search.html", question=question, found=found)
