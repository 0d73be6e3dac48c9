"""Earlier learning in the place of a course that another one needs: three lines to ask for it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import StringField

from lms.actions.learning import recognition
from lms.actions.learning.recognition import Asking
from lms.core.errors import Invalid
from lms.core.learning.prerequisites import RecognitionRequest
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import MEMBER, rule

page = Blueprint("earlier_learning", __name__)


class EarlierLearning(Form):
    """What somebody took, where, and about when."""

    learned = StringField(lazy_gettext("What training did you take?"))
    provider = StringField(lazy_gettext("Where did you take it?"))
    period = StringField(lazy_gettext("When did you take it?"))


def _shown(asking: Asking, form: EarlierLearning) -> str:
    course, needed, locale = asking.release.course, asking.needed, current_locale()
    g.sensitive = course.sensitive or needed.sensitive
    return render_template(
        "pages/earlier_learning/earlier_learning.html",
        course=course,
        needed=needed,
        course_title=course.shown_title(locale),
        form=form,
        most=recognition.MOST,
        problems=sum(bool(field.errors) for field in form) + len(form.form_errors),
    )


def _back(course_code: str, done: str = "") -> Response:
    if done:
        tell(done)
    return redirect(f"/{current_locale()}/c/{course_code}", 303)


@page.get("/c/<course_code>/earlier-learning/<need_code>")
@rule(MEMBER)
def earlier_learning(course_code: str, need_code: str) -> Response | str:
    """Show the form, or lead back when there is nothing to ask for."""
    asking = recognition.open_request(context(), actor(), course_code, need_code)
    return _shown(asking, EarlierLearning()) if asking.is_open else _back(course_code)


@page.post("/c/<course_code>/earlier-learning/<need_code>")
@rule(MEMBER)
def send_earlier_learning(course_code: str, need_code: str) -> Response | str | tuple[str, int]:
    """Keep the request."""
    form = EarlierLearning(request.form)
    if only_draws():
        return _shown(recognition.open_request(context(), actor(), course_code, need_code), form)
    told = RecognitionRequest(form.learned.data or "", form.provider.data or "", form.period.data or "")
    try:
        recognition.ask(context(), actor(), course_code, need_code, told)
    except Invalid as refusal:
        form.take(refusal)
        return _shown(
            recognition.open_request(context(), actor(), course_code, need_code), form
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back(course_code, "recognition-asked")
