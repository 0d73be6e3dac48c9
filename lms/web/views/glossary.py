"""The words of the courses, explained plainly, in the order of the reader's language."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from lms.actions import reading
from lms.core.opaque import opaque
from lms.rendering.words import sorted_by
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.security import ANYONE, rule

page = Blueprint("glossary", __name__)


@page.get("/glossary")
@rule(ANYONE)
def glossary() -> str:
    """List all terms; each has an anchor that says nothing in a history of addresses."""
    g.sensitive = True
    locale = current_locale()
    terms = sorted_by(reading.glossary(desk(), actor()), lambda term: term.term.text(locale))
    return render_template("pages/glossary/glossary.html", terms=[(opaque(term.id), term) for term in terms])
