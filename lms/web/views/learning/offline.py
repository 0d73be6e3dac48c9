"""A whole module as one file to take along: read without the internet, printed, kept."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, g, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from lms.actions.learning.offline import open_module
from lms.core.learning.prerequisites import Access
from lms.rendering.offline.offline import file_name
from lms.web.lessons.offline_file import file_of
from lms.web.shell.current import context, ticket
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import ANYONE, rule

page = Blueprint("offline", __name__)


@page.get("/c/<course_code>/<module_code>/offline")
@rule(ANYONE)
def module(course_code: str, module_code: str) -> AnyResponse:
    """Return the file to whoever may read the lessons; to others what a lesson would say."""
    view, locale = open_module(context(), ticket(), course_code, module_code), current_locale()
    if view.access == Access.ENROL:
        return redirect(f"/{locale}/c/{course_code}", 302)
    if view.access == Access.NEEDS:
        tell("needs-first")
        return redirect(f"/{locale}/c/{course_code}", 302)
    course = view.release.course
    g.sensitive = course.sensitive
    if view.access == Access.SIGN_UP:
        asked = render_template(
            "pages/lessons/sign_up.html", course=course, window_title=course.shown_title(locale)
        )
        return make_response(asked, HTTPStatus.FORBIDDEN)
    response = Response(file_of(view.release, view.module, locale, view.held), mimetype="text/html")
    name = file_name(view.release, view.module, locale)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
