"""The history of a lesson's draft: who changed it when, how it was, and the way back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.authoring import editing, history
from lms.actions.authoring.history import Past
from lms.actions.authoring.reach import may_write
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.core.authoring.lessons.edits import FileState
from lms.web.shell.current import actor, context
from lms.web.shell.moments import moment_words
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, STAFF, rule
from lms.web.workspace.around import around, base_of
from lms.web.workspace.word_differences import both_marked

page = Blueprint("lesson_history", __name__)


def _who(state: FileState, past: Past) -> str:
    if not state.person:
        return str(gettext("Changed outside the workspace, or before this history begins"))
    if state.person == actor().person:
        return str(gettext("You"))
    return past.names.get(state.person) or str(gettext("Someone whose account was deleted"))


def _line(state: FileState, past: Past, draft: LessonDraft) -> dict[str, Any]:
    locales = {text.file: locale for locale, text in draft.texts.items()}
    locale = locales[state.file]
    return {
        "id": state.id,
        "when": moment_words(state.at),
        "who": _who(state, past),
        "locale": locale,
        "is_now": past.now[state.file] == state.digest,
        "may_change": may_write(actor(), draft.course.id, locale),
        "expected": past.now[state.file],
    }


@page.get("/workspace/<course>/<module>/<lesson>/history")
@rule(STAFF)
def lesson_history(course: str, module: str, lesson: str) -> str:
    """List the states, newest first."""
    place = LessonPlace(course, module, lesson)
    draft = editing.open_lesson(context(), actor(), place)
    past = history.history(context(), actor(), place)
    locales = {text.file: locale for locale, text in draft.texts.items()}
    return render_template(
        "pages/workspace/lessons/history.html",
        **around(draft, place, here="/history"),
        lines=[_line(one, past, draft) for one in past.states],
        outside=[locales[file] for file in past.outside],
    )


@page.get("/workspace/<course>/<module>/<lesson>/history/<state>")
@rule(STAFF)
def past_state(course: str, module: str, lesson: str, state: str) -> str:
    """Show the text of a state beside the one of today, word by word."""
    place = LessonPlace(course, module, lesson)
    draft = editing.open_lesson(context(), actor(), place)
    past = history.history(context(), actor(), place)
    text = history.past_text(context(), actor(), place, state).decode("utf-8", "replace")
    line = next(_line(one, past, draft) for one in past.states if one.id == state)
    now = editing.source(context(), actor(), place, line["locale"]).decode("utf-8", "replace")
    then, today = both_marked(text, now)
    return render_template(
        "pages/workspace/lessons/past.html",
        **around(draft, place, here="/past"),
        line=line,
        then=then,
        today=today,
    )


@page.post("/workspace/<course>/<module>/<lesson>/history/<state>/back")
@rule(AUTHOR)
def bring_back(course: str, module: str, lesson: str, state: str) -> Response:
    """Bring a state back."""
    place = LessonPlace(course, module, lesson)
    history.bring_back(context(), actor(), place, state, expected=request.form.get("expected", ""))
    tell("draft-brought-back")
    return redirect(f"{base_of(place)}/history", 303)
