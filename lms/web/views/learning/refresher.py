"""The refresher of a certificate: what changed, the sections as they are now, the questions, in that order.

The questions share the pages of every other quiz (`quiz`), under the address `refresher/check`.
"""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.certificates import refreshing, renewing
from lms.actions.certificates.refreshing import RefresherView
from lms.actions.legislation import held
from lms.core.certificates.refreshers import REFRESHER
from lms.core.errors import NotFound
from lms.web.lessons.refresher_page import parts_html
from lms.web.quizzes.quiz_place import check_address
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.menus import reader_settings
from lms.web.shell.moments import day_words
from lms.web.shell.notices import tell
from lms.web.shell.security import MEMBER, rule

page = Blueprint("refresher", __name__)


def _opened(course_code: str) -> RefresherView | Response:
    """Open the refresher, or lead whoever has no certificate to the course."""
    try:
        view = refreshing.open_refresher(context(), actor(), course_code)
    except NotFound as problem:
        if problem.code not in {"learning.not-enrolled", "certificate.none"}:
            raise
        return redirect(f"/{current_locale()}/c/{course_code}", 302)
    g.sensitive = view.new.course.sensitive
    return view


@page.get("/c/<course_code>/refresher")
@rule(MEMBER)
def refresher(course_code: str) -> str | Response:
    """Show the refresher, or that there is nothing to renew."""
    view = _opened(course_code)
    if not isinstance(view, RefresherView):
        return view
    course, locale = view.new.course, current_locale()
    shown = course.shown_title(locale)
    return render_template(
        "pages/refresher/refresher.html",
        view=view,
        due=view.due,
        course=course,
        base=f"/{locale}/c/{course.code}",
        parts=parts_html(
            view, context().today(), held.of_course(context(), actor(), course.id, view.new.version)
        ),
        since=day_words(view.due.since) if view.due else "",
        check_href=check_address(course.code, REFRESHER),
        new_attempt=context().new_id(),
        wish=reader_settings().questions,
        window_title=gettext("%(course)s, refresher", course=shown) if course.sensitive else "",
        course_title="" if course.sensitive else shown,
    )


@page.post("/c/<course_code>/refresher")
@rule(MEMBER)
def confirm(course_code: str) -> Response:
    """Renew where there is nothing to answer: one says that one has read it."""
    press = request.form.get("press", "")
    renewing.confirm(context(), actor(), course_code, press)
    tell("certificate-renewed")
    return redirect(f"/{current_locale()}/c/{course_code}/certificate?renewed={press}", 303)
