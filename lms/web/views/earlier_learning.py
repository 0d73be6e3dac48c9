"""Earlier learning in the place of a course that another one needs: three lines to ask for it."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import StringField

from lms.actions import recognising
from lms.actions.recognising import Asking
from lms.core.errors import Invalid
from lms.core.readiness import Told
from lms.web.browser import wants_language
from lms.web.desk import actor, desk
from lms.web.forms import Form
from lms.web.i18n import current_locale
from lms.web.security import MEMBER, rule

page = Blueprint("earlier_learning", __name__)

UNPROCESSABLE = 422


class EarlierLearning(Form):
    """What somebody took, where, and about when."""

    learned = StringField(lazy_gettext("What did you take?"))
    provider = StringField(lazy_gettext("Where?"))
    period = StringField(lazy_gettext("About when?"))


def _shown(asking: Asking, form: EarlierLearning) -> str:
    course, needed, locale = asking.release.course, asking.needed, current_locale()
    g.sensitive = course.sensitive or needed.sensitive
    return render_template(
        "pages/earlier_learning/earlier_learning.html",
        course=course,
        needed=needed,
        course_title=course.shown_title(locale),
        form=form,
        most=recognising.MOST,
        problems=sum(bool(field.errors) for field in form),
    )


def _back(course_code: str, done: str = "") -> Response:
    asked = f"?done={done}" if done else ""
    return redirect(f"/{current_locale()}/c/{course_code}{asked}", 303)


@page.get("/c/<course_code>/earlier-learning/<need_code>")
@rule(MEMBER)
def earlier_learning(course_code: str, need_code: str) -> Response | str:
    """Show the form, or lead back when there is nothing to ask for."""
    asking = recognising.open_request(desk(), actor(), course_code, need_code)
    return _shown(asking, EarlierLearning()) if asking.is_open else _back(course_code)


@page.post("/c/<course_code>/earlier-learning/<need_code>")
@rule(MEMBER)
def send_earlier_learning(course_code: str, need_code: str) -> Response | str | tuple[str, int]:
    """Keep the request."""
    form = EarlierLearning(request.form)
    if wants_language():
        return _shown(recognising.open_request(desk(), actor(), course_code, need_code), form)
    told = Told(form.learned.data or "", form.provider.data or "", form.period.data or "")
    try:
        recognising.ask(desk(), actor(), course_code, need_code, told)
    except Invalid as refusal:
        form.take(refusal)
        return _shown(recognising.open_request(desk(), actor(), course_code, need_code), form), UNPROCESSABLE
    return _back(course_code, "recognition-asked")
