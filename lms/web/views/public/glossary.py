"""The words of the courses, explained plainly, in the order of the reader's language."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, g, render_template, request

from lms.actions.catalogue import reading
from lms.core.courses.opaque import opaque
from lms.rendering.words.translator import initial, sorted_by
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule

page = Blueprint("glossary", __name__)


@page.get("/glossary")
@rule(ANYONE)
def glossary() -> str:
    """List all terms or those of a course; each has an anchor that says nothing in a history of addresses."""
    g.sensitive = True
    locale, chosen = current_locale(), request.args.get("course", "")[:40]
    found = reading.glossary(context(), actor(), chosen)
    entries = [
        (opaque(term.id), initial(term.term.text(locale)), term, lessons)
        for term, lessons in sorted_by(found.terms, lambda pair: pair[0].term.text(locale), locale)
    ]
    named = {(one.course.code, one.lesson.title.text(locale)) for *_, lessons in entries for one in lessons}
    times = Counter(title for _, title in named)
    letters: dict[str, str] = {}
    for anchor, letter, *_ in entries:
        letters.setdefault(letter, anchor)
    return render_template(
        "pages/glossary/glossary.html",
        entries=entries,
        letters=letters,
        found=found,
        chosen=chosen,
        shared={title for title, courses in times.items() if courses > 1},
    )
