"""Search. A question is sent by POST and travels on as a code: a history of addresses does not show it."""

from __future__ import annotations

import base64
import binascii

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.searching import search as find
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.security import ANYONE, rule

page = Blueprint("search", __name__)
LONGEST = 100  # characters


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
    question = " ".join(request.form.get("question", "").split())[:LONGEST]
    if question:
        return redirect(f"/{current_locale()}/search/{_coded(question)}", 303)
    return render_template("pages/search/search.html", question="", found=None, empty=True, problems=1), 422


@page.get("/search/<code>")
@rule(ANYONE)
def results(code: str) -> str:
    """Show what was found."""
    g.sensitive = True
    question = _read(code)
    found = find(desk(), actor(), question, current_locale()) if question else ()
    return render_template("pages/search/search.html", question=question, found=found)
