"""Find and replace across the draft of a course, with every place shown before it changes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from lms.actions.authoring import replacing
from lms.actions.authoring.course_lists import draft_languages
from lms.actions.authoring.replacing import FoundFile, Replaced, Search
from lms.core.authoring.draft_texts import ALTERNATIVE, CAPTION, PROSE, QUESTION, TITLE
from lms.core.errors import Invalid
from lms.core.locales import direction
from lms.rendering.words.marks import N_
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import AUTHOR, rule
from lms.web.views.workspace.drafts.draft_findings import frame
from lms.web.words.refusals import words_of
from lms.web.workspace.file_names import file_names

page = Blueprint("replace_words", __name__)
KINDS = {
    PROSE: N_("Text"),
    ALTERNATIVE: N_("Alternative text"),
    CAPTION: N_("Captions"),
    QUESTION: N_("Quiz"),
    TITLE: N_("Title"),
}


def _search() -> Search:
    return Search(request.values.get("find", ""), bool(request.values.get("loosely")))


def _lines(file: FoundFile) -> list[dict[str, Any]]:
    return [
        {
            "value": f"{file.file}|{file.digest}|{number}",
            "kind": gettext(KINDS[piece.kind]),
            "line": piece.line,
            "lang": piece.lang,
            "dir": direction(piece.lang),
            "before": match.before,
            "found": match.found,
            "after": match.after,
        }
        for number, (piece, match) in enumerate(file.places)
    ]


def _shown(course: str, *, error: str = "", done: Replaced | None = None) -> str:
    draft_languages(context(), actor(), course)  # refuses a course that is not there, or not theirs
    search, files = _search(), []
    if search.words and not error:
        try:
            found = replacing.find(context(), actor(), course, search)
            names = file_names(course)
            files = [(names(one.file) or one.file.partition(f"/{course}/")[2], _lines(one)) for one in found]
        except Invalid as refusal:
            error = words_of(refusal.code, refusal.params)
    return render_template(
        "pages/workspace/drafts/replace_words.html",
        **frame(course),
        replace_href=f"/{current_locale()}/workspace/{course}/replace",
        words=search.words,
        loosely=search.loosely,
        put=request.values.get("put", ""),
        files=files,
        count=sum(len(lines) for _, lines in files),
        error=error,
        done=done,
    )


@page.get("/workspace/<course>/replace")
@rule(AUTHOR)
def replace_words(course: str) -> str:
    """Ask for words, and show every place in which they stand."""
    return _shown(course)


@page.post("/workspace/<course>/replace")
@rule(AUTHOR)
def replace(course: str) -> str | tuple[str, int]:
    """Replace the places chosen, and say what was done."""
    chosen: dict[tuple[str, str], list[int]] = {}
    for value in request.form.getlist("place"):
        file, _, rest = value.partition("|")
        digest, _, number = rest.partition("|")
        if number.isascii() and number.isdigit():
            chosen.setdefault((file, digest), []).append(int(number[:6]))
    try:
        done = replacing.replace(
            context(), actor(), course, _search(), put=request.form.get("put", ""), chosen=chosen
        )
    except Invalid as refusal:
        return _shown(course, error=words_of(refusal.code, refusal.params)), refusal.status
    return _shown(course, done=done)
