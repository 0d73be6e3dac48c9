"""The words of the courses, explained plainly, in the order of the reader's language."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from lms.actions import reading
from lms.core.opaque import opaque
from lms.rendering.words import initial, sorted_by
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.security import ANYONE, rule

page = Blueprint("glossary", __name__)


@page.get("/glossary")
@rule(ANYONE)
def glossary() -> str:
    """List all terms or those of a course; each has an anchor that says nothing in a history of addresses."""
    g.sensitive = True
    locale, chosen = current_locale(), request.args.get("course", "")[:40]
    found = reading.glossary(desk(), actor(), chosen)
    entries = [
        (opaque(term.id), initial(term.term.text(locale)), term, lessons)
        for term, lessons in sorted_by(found.terms, lambda pair: pair[0].term.text(locale))
    ]
    return render_template(
        "pages/glossary/glossary.html",
        entries=entries,
        letters={letter: anchor for anchor, letter, *_ in reversed(entries)},
        found=found,
        chosen=chosen,
    )
