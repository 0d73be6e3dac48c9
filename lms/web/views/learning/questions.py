"""Questions before a course, after it and three months later: optional, and answered by nobody in particular.

The session says who may open a form. It is never handed on with answers: what is sent is kept for nobody.
Holds the words around the tasks.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField, RadioField, SelectMultipleField

from lms.actions.learning import surveys
from lms.actions.learning.surveys import SurveyForm
from lms.core.errors import Invalid
from lms.core.learning.moments import Ask, Moment
from lms.core.people.actors import NOBODY
from lms.rendering.words.marks import N_
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import ANYONE, rule

page = Blueprint("questions", __name__)

HEADINGS = {
    Moment.BEFORE: N_("Before you begin"),
    Moment.AFTER: N_("Now that you have finished"),
    Moment.LATER: N_("Three months later"),
}
LEGENDS = {
    "confidence": N_("How confident are you that you can do each of these at work?"),
    "intention": N_("Do you plan to do each of these in the next three months?"),
    "done": N_("Did you do each of these?"),
    "obstacles": N_("What got in the way?"),
}
REPLIES = {
    "confidence": {"1": N_("1 – Not at all confident"), "5": N_("5 – Very confident")},
    "intention": {"yes": N_("Yes"), "no": N_("No"), "unsure": N_("Not sure")},
    "done": {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No")},
}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind, under one legend."""

    legend: str
    fields: tuple[Field, ...]
    several: bool


class _Pressed(Form):
    """What stands in the form beside the questions: its press, and the release that they are of."""

    press = HiddenField()
    version = HiddenField()


def _choices(ask: Ask, locale: str) -> list[tuple[str, str]]:
    if ask.several:
        return [(task.id, task.text.text(locale)) for task in ask.tasks]
    words = REPLIES[ask.kind]
    return [(reply, gettext(words[reply]) if reply in words else reply) for reply in ask.replies]


def _field(ask: Ask, locale: str) -> Field:
    label = gettext(LEGENDS[ask.kind]) if ask.several else ask.tasks[0].text.text(locale)
    kind = SelectMultipleField if ask.several else RadioField
    return kind(label, validate_choice=False)


def _form(sheet: SurveyForm) -> _Pressed:
    """Make the form of a sheet, filled in with what was sent."""
    fields = {ask.name: _field(ask, current_locale()) for ask in sheet.asked}
    made = type("Questions", (_Pressed,), fields)(request.form or None)
    made.press.data, made.version.data = sheet.press, sheet.release.version
    for ask in sheet.asked:
        made[ask.name].choices = _choices(ask, current_locale())
    return cast("_Pressed", made)


def _groups(sheet: SurveyForm, form: _Pressed) -> list[Group]:
    kinds = dict.fromkeys(ask.kind for ask in sheet.asked)
    return [
        Group(
            gettext(LEGENDS[kind]),
            tuple(form[ask.name] for ask in sheet.asked if ask.kind == kind),
            several=kind == "obstacles",
        )
        for kind in kinds
    ]


def _shown(sheet: SurveyForm, form: _Pressed) -> str:
    course = sheet.release.course
    g.sensitive = course.sensitive
    return render_template(
        "pages/questions/questions.html",
        heading=gettext(HEADINGS[sheet.moment]),
        course=course,
        course_title=course.shown_title(current_locale()),
        form=form,
        groups=_groups(sheet, form),
        problems=len(form.form_errors),
    )


@page.get("/c/<course_code>/questions/<moment>")
@rule(ANYONE)
def questions(course_code: str, moment: str) -> str:
    """Show what is asked."""
    key = request.args.get("letter", "")
    who = NOBODY if key or moment == Moment.BEFORE else actor()
    sheet = surveys.open_questions(context(), who, course_code, moment, key=key)
    return _shown(sheet, _form(sheet))


@page.post("/c/<course_code>/questions/<moment>")
@rule(ANYONE)
def send_questions(course_code: str, moment: str) -> Response | str | tuple[str, int]:
    """Keep what was answered, for nobody."""
    version, press = request.form.get("version", ""), request.form.get("press", "")
    sheet = surveys.open_questions(context(), NOBODY, course_code, moment, version=version, press=press)
    form = _form(sheet)
    if only_draws():
        return _shown(sheet, form)
    sent = {ask.name: request.form.getlist(ask.name) for ask in sheet.asked}
    origin = request.remote_addr or ""
    try:
        kept = surveys.answer(
            context(), NOBODY, course_code, moment, sent, version=version, press=press, origin=origin
        )
    except Invalid as refusal:
        form.take(refusal)
        return _shown(sheet, form), HTTPStatus.UNPROCESSABLE_ENTITY
    tell("answers-sent" if kept else "nothing-chosen")
    return redirect(f"/{current_locale()}/c/{course_code}", 303)
