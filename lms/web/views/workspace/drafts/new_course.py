"""New: a course, a module, a lesson, a copy of a module. Plain questions; what else is needed is made."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.authoring import beginning
from lms.actions.authoring.course_lists import draft_courses, draft_languages
from lms.core.errors import Invalid
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale, shipped
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.views.workspace.drafts.draft_findings import frame
from lms.web.words.refusals import words_of

page = Blueprint("new_course", __name__)


def _title(locales: tuple[str, ...]) -> Mapping[str, str]:
    return {tag: request.form.get(f"title.{tag}", "") for tag in locales}


def _names(locales: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Return the languages in which a title is asked for, with what was typed."""
    known = {tag: one.name for tag, one in shipped().items()}
    return [(tag, known.get(tag, tag), request.form.get(f"title.{tag}", "")) for tag in locales]


# --- a course -------------------------------------------------------------------------------------------
@page.get("/workspace/new")
@rule(AUTHOR)
def new_course() -> str:
    """Ask what a new course is called, in which languages it is, and whether its name may be seen."""
    return _course()


def _course(error: str = "") -> str:
    chosen = request.form.getlist("locales") if request.method == "POST" else list(shipped())
    home = f"/{current_locale()}/workspace"
    return render_template(
        "pages/workspace/drafts/new_course.html",
        trail=[(f"/{current_locale()}/", gettext("Home")), (home, gettext("Workspace"))],
        home_href=home,
        names=_names(tuple(shipped())),
        chosen=chosen,
        sensitive=False,
        discreet=bool(request.form.get("discreet")),
        error=error,
    )


@page.post("/workspace/new")
@rule(AUTHOR)
def make_course() -> Response | tuple[str, int]:
    """Make a course and lead to its findings: there are none."""
    locales = tuple(tag for tag in shipped() if tag in request.form.getlist("locales"))
    try:
        made = beginning.new_course(
            context(), actor(), _title(locales), locales=locales, sensitive=bool(request.form.get("discreet"))
        )
    except Invalid as refusal:
        return _course(words_of(refusal.code, refusal.params)), refusal.status
    tell("course-made")
    return redirect(f"/{current_locale()}/workspace/{made}/findings", 303)


# --- a module, a lesson ---------------------------------------------------------------------------------
@page.get("/workspace/<course>/new")
@rule(AUTHOR)
def new_module(course: str) -> str:
    """Ask what a new module is called, or which one is copied."""
    return _module(course)


def _module(course: str, error: str = "") -> str:
    others = [
        (
            f"{one.id}/{module}",
            f"{one.title.text(current_locale())} – {title.text(current_locale()) or module}",
        )
        for one, modules in draft_courses(context(), actor())
        for module, title in modules.items()
    ]
    return render_template(
        "pages/workspace/drafts/new_module.html",
        **frame(course),
        names=_names(draft_languages(context(), actor(), course)),
        others=others,
        error=error,
    )


@page.post("/workspace/<course>/new")
@rule(AUTHOR)
def make_module(course: str) -> Response | tuple[str, int]:
    """Make a module and lead to its quiz."""
    locales = draft_languages(context(), actor(), course)
    try:
        made = beginning.new_module(context(), actor(), course, _title(locales))
    except Invalid as refusal:
        return _module(course, words_of(refusal.code, refusal.params)), refusal.status
    tell("module-made")
    return redirect(f"/{current_locale()}/workspace/{course}/{made}/quiz", 303)


@page.post("/workspace/<course>/copy")
@rule(AUTHOR)
def copy_module(course: str) -> Response:
    """Copy a module of another course and lead to its quiz."""
    source, _, module = request.form.get("module", "").partition("/")
    made = beginning.copy_module(context(), actor(), course, source, module)
    tell("module-copied")
    return redirect(f"/{current_locale()}/workspace/{course}/{made}/quiz", 303)


@page.get("/workspace/<course>/<module>/new")
@rule(AUTHOR)
def new_lesson(course: str, module: str) -> str:
    """Ask what a new lesson is called."""
    return _lesson(course, module)


def _lesson(course: str, module: str, error: str = "") -> str:
    return render_template(
        "pages/workspace/drafts/new_lesson.html",
        **frame(course),
        module=module,
        names=_names(draft_languages(context(), actor(), course)),
        error=error,
    )


@page.post("/workspace/<course>/<module>/new")
@rule(AUTHOR)
def make_lesson(course: str, module: str) -> Response | tuple[str, int]:
    """Make a lesson and lead to the findings of the course: it brings none."""
    locales = draft_languages(context(), actor(), course)
    try:
        beginning.new_lesson(context(), actor(), course, module, _title(locales))
    except Invalid as refusal:
        return _lesson(course, module, words_of(refusal.code, refusal.params)), refusal.status
    tell("lesson-made")
    return redirect(f"/{current_locale()}/workspace/{course}/findings", 303)
