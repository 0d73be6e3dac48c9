"""The Markdown of a lesson, byte for byte, to read or to edit whole."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.authoring import editing
from lms.actions.authoring.reach import may_write
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.errors import Conflict, NotFound
from lms.web.shell.current import actor, context
from lms.web.shell.forms import typed_here
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, STAFF, rule
from lms.web.words.refusals import words_of
from lms.web.workspace.around import around, base_of

page = Blueprint("lesson_source", __name__)


def _show(place: LessonPlace, locale: str, typed: str | None = None, problem: str = "") -> str:
    draft = editing.open_lesson(context(), actor(), place)
    locale = locale or (current_locale() if current_locale() in draft.texts else next(iter(draft.texts)))
    if locale not in draft.texts:
        raise NotFound("authoring.language-unknown", locale=locale)
    raw = editing.source(context(), actor(), place, locale)
    return render_template(
        "pages/workspace/lessons/source.html",
        **around(draft, place, here="/source"),
        draft=draft,
        text_locale=locale,
        file=draft.texts[locale].file,
        digest=draft.texts[locale].digest,
        is_readable=draft.texts[locale].is_readable,
        text=raw.decode("utf-8", "replace") if typed is None else typed,
        now=raw.decode("utf-8", "replace") if problem else "",
        problem=problem,
        problems=bool(problem),
        may_change=may_write(actor(), place.course, locale) and draft.texts[locale].is_readable,
    )


@page.get("/workspace/<course>/<module>/<lesson>/source")
@rule(STAFF)
def lesson_source(course: str, module: str, lesson: str) -> str:
    """Show the source in one language."""
    typed = dict(typed_here()).get("markdown")
    return _show(LessonPlace(course, module, lesson), request.args.get("in", ""), typed)


@page.post("/workspace/<course>/<module>/<lesson>/source")
@rule(AUTHOR)
def save_source(course: str, module: str, lesson: str) -> Response | tuple[str, int]:
    """Save the whole source, with the line ends that the file has."""
    place, locale = LessonPlace(course, module, lesson), request.form.get("in", "")
    raw = editing.source(context(), actor(), place, locale)
    typed = request.form.get("markdown", "").replace("\r\n", "\n")
    content = typed.replace("\n", "\r\n") if b"\r\n" in raw else typed
    try:
        editing.save_source(
            context(), actor(), place, locale, content.encode(), expected=request.form.get("was", "")
        )
    except Conflict as problem:
        return _show(place, locale, typed, words_of(problem.code, problem.params)), HTTPStatus.CONFLICT
    tell("draft-saved")
    return redirect(f"{base_of(place)}/source?in={locale}", 303)
