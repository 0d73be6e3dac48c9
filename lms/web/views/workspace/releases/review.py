"""The review of a draft: who may approve which language, and which words changed since somebody did."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.actions.publishing import preparing, reviewing
from lms.rendering.publishing.differences import difference_html
from lms.web.shell.current import actor
from lms.web.shell.current import context as the_context
from lms.web.shell.i18n import current_locale
from lms.web.shell.moments import day_words
from lms.web.shell.notices import tell
from lms.web.shell.security import REVIEWER, STAFF, rule

page = Blueprint("review", __name__)


@page.get("/workspace/<course>/review")
@rule(STAFF)
def review(course: str) -> str:
    """Show how the review of a draft stands in each language."""
    context, locale = the_context(), current_locale()
    found = reviewing.draft_review(context, actor(), course)
    drawn = {
        one.locale: difference_html(one.since, found.release, locale, level=3)
        for one in found.languages
        if one.since and one.since.sections
    }
    return render_template(
        "pages/workspace/releases/review.html",
        course=course,
        title=found.release.course.title.text(locale),
        found=found,
        since=drawn,
        name_of=lambda person: found.names.get(person, ""),
        day_of=day_words,
    )


@page.post("/workspace/<course>/review/approve")
@rule(REVIEWER)
def approve(course: str) -> Response:
    """Approve a draft in one language, as it was read."""
    given = request.form
    preparing.approve(the_context(), actor(), course, given.get("locale", ""), given.get("digest", ""))
    tell("draft-approved")
    return redirect(url_for("review.review", course=course), 303)
