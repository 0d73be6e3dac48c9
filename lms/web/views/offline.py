"""A whole module as one file to take along: read without the internet, printed, kept."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from lms.actions.learning import ENROL, NEEDS, SIGN_UP
from lms.actions.taking_along import open_module
from lms.rendering.offline import file_name
from lms.web.desk import desk, ticket
from lms.web.i18n import current_locale
from lms.web.offline_file import file_of
from lms.web.security import ANYONE, rule

page = Blueprint("offline", __name__)


@page.get("/c/<course_code>/<module_code>/offline")
@rule(ANYONE)
def module(course_code: str, module_code: str) -> AnyResponse:
    """Give the file to whoever may read the lessons; to others what a lesson would say."""
    view, locale = open_module(desk(), ticket(), course_code, module_code), current_locale()
    if view.access == ENROL:
        return redirect(f"/{locale}/c/{course_code}", 302)
    if view.access == NEEDS:
        return redirect(f"/{locale}/c/{course_code}?done=needs-first", 302)
    course = view.release.course
    g.sensitive = course.sensitive
    if view.access == SIGN_UP:
        asked = render_template(
            "pages/lessons/sign_up.html", course=course, window_title=course.shown_title(locale)
        )
        return make_response(asked, 403)
    response = Response(file_of(view.release, view.module, locale), mimetype="text/html")
    name = file_name(view.release, view.module, locale)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
