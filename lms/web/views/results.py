"""All results of a course: each marked attempt, newest first."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.results import results as own_results
from lms.core.errors import NotFound
from lms.core.standing import FINAL
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.moments import moment_words
from lms.web.quiz_results import mark_words
from lms.web.security import LEARNER, rule

page = Blueprint("results", __name__)


@page.get("/c/<course_code>/results")
@rule(LEARNER)
def results(course_code: str) -> str | Response:
    """Show every marked attempt; whoever has not started is led to the course."""
    locale = current_locale()
    try:
        found = own_results(desk(), actor(), course_code)
    except NotFound as problem:
        if problem.code != "learning.not-enrolled":
            raise
        return redirect(f"/{locale}/c/{course_code}", 302)
    course = found.release.course
    base, titles = f"/{locale}/c/{course.code}", {one.id: one for one in found.release.modules}
    g.sensitive = course.sensitive
    lines = []
    for attempt in found.attempts:
        module = titles.get(attempt.check)
        if module is None and attempt.check != FINAL:
            continue
        code = f"/{module.code}" if module else ""
        lines.append(
            {
                "check": module.title.text(locale) if module else gettext("Final check"),
                "when": moment_words(attempt.submitted_at),
                "points": mark_words(attempt.points, attempt.out_of),
                "passed": attempt.passed,
                "href": f"{base}{code}/check/result/{attempt.id}",
            }
        )
    shown = course.shown_title(locale)
    return render_template(
        "pages/results/results.html",
        course=course,
        course_href=base,
        standing=found.standing,
        step=found.standing.next(locale),
        lines=lines,
        window_title=gettext("%(course)s, results", course=shown) if course.sensitive else "",
        course_title="" if course.sensitive else shown,
        trail=[(f"/{locale}/", gettext("Home")), (base, course.title.text(locale))],
    )
