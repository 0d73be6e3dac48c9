"""Wrong, unclear or not accessible? Tell us: about any part of a lesson, anonymous if wished."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from lms.actions.catalogue import reading
from lms.actions.learning import feedback
from lms.actions.learning.feedback import FeedbackReceipt
from lms.core.courses.course import Course
from lms.core.courses.document import Heading
from lms.core.courses.walk import text_of
from lms.core.errors import Invalid, NotFound, Unavailable
from lms.rendering.lessons.lessons import text_language
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale
from lms.web.shell.moments import place_address
from lms.web.shell.security import ANYONE, rule
from lms.web.words.typed_words import REPORT_KINDS

page = Blueprint("tell_us", __name__)


class TellUs(Form):
    """What somebody tells; `id` names one press, `course` and `place` say where they were."""

    id = HiddenField()
    course = HiddenField()
    place = SelectField(lazy_gettext("Which part of the lesson?"), choices=[], validate_choice=False)
    kind = RadioField(lazy_gettext("What is your message about?"), validate_choice=False)
    text = TextAreaField(lazy_gettext("What would you like to tell us?"))
    contact = StringField(lazy_gettext("How can we reach you?"))
    anonymous = BooleanField(lazy_gettext("Send this message without my name"))


def _with_kinds(form: TellUs) -> TellUs:
    """Name the kinds in the reader’s language."""
    form.kind.choices = [(kind, gettext(words)) for kind, words in REPORT_KINDS.items()]
    return form


def _course(code: str) -> Course | None:
    """Find the course that the page is about; a code that is none is nobody’s fault but leads nowhere."""
    if not code:
        return None
    try:
        return reading.course_names(context(), actor(), code)
    except (NotFound, Unavailable):
        return None


def _with_parts(form: TellUs) -> TellUs:
    """Name the parts of the lesson that the form is about, if it is about one."""
    path = (form.place.data or "").partition("#")[0]
    module, _, lesson = path.partition("/")
    try:
        found = reading.lesson(context(), actor(), form.course.data or "", module, lesson)[2]
    except (NotFound, Unavailable):
        return form
    blocks = found.documents[text_language(found, current_locale())].blocks
    heads = [one for one in blocks if isinstance(one, Heading) and one.level == 2 and one.id]  # noqa: PLR2004  # `##`
    form.place.choices = [
        (path, gettext("The whole lesson, or I’m not sure")),
        *((f"{path}#{head.id}", text_of(head.content)) for head in heads),
    ]
    return form


def _page(form: TellUs, status: int = 200) -> tuple[str, int]:
    course = _course(form.course.data or "")
    g.sensitive = course is not None and course.sensitive
    about = gettext("About: %(title)s", title=course.title.text(current_locale())) if course else ""
    problems = sum(bool(field.errors) for field in form) + bool(form.form_errors)
    shown = render_template(
        "pages/tell_us/tell_us.html", form=_with_parts(_with_kinds(form)), about=about, problems=problems
    )
    return shown, status


@page.get("/tell-us")
@rule(ANYONE)
def tell_us() -> tuple[str, int]:
    """Show the form."""
    asked = request.args
    course = asked.get("course", "") if _course(asked.get("course", "")) else ""
    return _page(TellUs(id=context().new_id(), course=course, place=asked.get("place", "")[:200]))


@page.post("/tell-us")
@rule(ANYONE, redraws=True)
def send_tell_us() -> Response | tuple[str, int]:
    """Keep the report."""
    form = TellUs(request.form)
    if only_draws():
        return _page(form)
    told = FeedbackReceipt(
        id=form.id.data or "",
        course=form.course.data or "",
        place=form.place.data or "",
        kind=form.kind.data or "",
        text=form.text.data or "",
        contact=form.contact.data or "",
        anonymous=bool(form.anonymous.data),
    )
    try:
        feedback.report_barrier(
            context(), actor(), told, locale=current_locale(), origin=request.remote_addr or ""
        )
    except Invalid as problem:
        form.take(problem)
        return _page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(url_for("tell_us.thanks", course=told.course or None, place=told.place or None), 303)


@page.get("/tell-us/thanks")
@rule(ANYONE)
def thanks() -> str:
    """Confirm that it arrived, and lead back."""
    course = _course(request.args.get("course", ""))
    g.sensitive = course is not None and course.sensitive
    back = place_address(course.code if course else "", request.args.get("place", ""))
    return render_template("pages/tell_us/thanks.html", back=back)
