"""Wrong, unclear or not accessible? Tell us: from any section, anonymous if wished."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField

from lms.actions import reading, reporting
from lms.actions.reporting import Told
from lms.core.course import Course
from lms.core.errors import Invalid, NotFound
from lms.web.browser import wants_language
from lms.web.desk import actor, desk
from lms.web.forms import Form
from lms.web.i18n import current_locale
from lms.web.moments import place_address
from lms.web.security import ANYONE, rule

page = Blueprint("tell_us", __name__)

UNPROCESSABLE = 422


class TellUs(Form):
    """What somebody tells; `id` names one press, `course` and `place` say where they were."""

    id = HiddenField()
    course = HiddenField()
    place = HiddenField()
    kind = RadioField(lazy_gettext("What is it about?"), validate_choice=False)
    text = TextAreaField(lazy_gettext("What would you like to tell us?"))
    contact = StringField(lazy_gettext("How can we reach you?"))
    anonymous = BooleanField(lazy_gettext("Send this without my name"))


def _with_kinds(form: TellUs) -> TellUs:
    """Name the kinds in the reader’s language."""
    form.kind.choices = [
        ("wrong", gettext("Something is wrong")),
        ("unclear", gettext("Something is unclear")),
        ("barrier", gettext("Something is not accessible to me")),
        ("other", gettext("Something else")),
    ]
    return form


def _course(code: str) -> Course | None:
    """Find the course that the page is about; a code that is none is nobody’s fault but leads nowhere."""
    if not code:
        return None
    try:
        return reading.course(desk(), actor(), code).release.course
    except NotFound:
        return None


def _page(form: TellUs, status: int = 200) -> tuple[str, int]:
    course = _course(form.course.data or "")
    g.sensitive = course is not None and course.sensitive
    about = gettext("About: %(title)s", title=course.title.text(current_locale())) if course else ""
    problems = sum(bool(field.errors) for field in form) + bool(form.form_errors)
    shown = render_template(
        "pages/tell_us/tell_us.html", form=_with_kinds(form), about=about, problems=problems
    )
    return shown, status


@page.get("/tell-us")
@rule(ANYONE)
def tell_us() -> tuple[str, int]:
    """Show the form."""
    asked = request.args
    course = asked.get("course", "") if _course(asked.get("course", "")) else ""
    return _page(TellUs(id=desk().new_id(), course=course, place=asked.get("place", "")[:200]))


@page.post("/tell-us")
@rule(ANYONE)
def send_tell_us() -> Response | tuple[str, int]:
    """Keep the report."""
    form = TellUs(request.form)
    if wants_language():
        return _page(form)
    told = Told(
        id=form.id.data or "",
        course=form.course.data or "",
        place=form.place.data or "",
        kind=form.kind.data or "",
        text=form.text.data or "",
        contact=form.contact.data or "",
        anonymous=bool(form.anonymous.data),
    )
    try:
        reporting.report_barrier(
            desk(), actor(), told, locale=current_locale(), origin=request.remote_addr or ""
        )
    except Invalid as problem:
        form.take(problem)
        return _page(form, UNPROCESSABLE)
    return redirect(url_for("tell_us.thanks", course=told.course or None, place=told.place or None), 303)


@page.get("/tell-us/thanks")
@rule(ANYONE)
def thanks() -> str:
    """Say that it arrived, and lead back."""
    course = _course(request.args.get("course", ""))
    g.sensitive = course is not None and course.sensitive
    back = place_address(course.code if course else "", request.args.get("place", ""))
    return render_template("pages/tell_us/thanks.html", back=back)
