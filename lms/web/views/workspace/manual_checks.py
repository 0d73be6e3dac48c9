"""Checks by a person, on the record of a release: a form for them, and whether their name is shown."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from lms.actions.publishing import conformance
from lms.actions.publishing.conformance import ConformancePage
from lms.core.checks.conformance.additions import LONGEST_TEXT, ManualCheck
from lms.core.errors import Invalid
from lms.rendering.conformance import words
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, MEMBER, rule

page = Blueprint("manual_checks", __name__)


class ManualCheckForm(Form):
    """What somebody checked, how, in which languages, when, and what came of it."""

    version = HiddenField()
    subject = SelectField(lazy_gettext("What did you check?"), choices=[], validate_choice=False)
    how = TextAreaField(lazy_gettext("How did you check it, and what did you find?"))
    languages = SelectMultipleField(lazy_gettext("In which languages?"), choices=[], validate_choice=False)
    checked_on = StringField(lazy_gettext("Date of the check"))
    result = RadioField(lazy_gettext("What was the result?"), choices=[], validate_choice=False)
    named = BooleanField(lazy_gettext("Show my name beside this check"))


def _shown(found: ConformancePage, form: ManualCheckForm) -> str:
    g.sensitive = found.course.sensitive
    locale = current_locale()
    form.subject.choices = [("", gettext("Choose")), *_choices(words.SUBJECTS)]
    form.languages.choices = [(tag, voice().language(tag)) for tag in found.head.locales]
    form.result.choices = _choices(words.RESULTS)
    return render_template(
        "pages/workspace/manual_check.html",
        course=found.course,
        course_title=found.course.shown_title(locale),
        head=found.head,
        form=form,
        most=LONGEST_TEXT,
        lines=[
            (line, voice().date(line.check.day), gettext(words.SUBJECTS[line.check.subject]))
            for line in found.record.manual
        ],
        me=actor().person,
        problems=sum(bool(field.errors) for field in form) + len(form.form_errors),
    )


def _choices(listed: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, gettext(said)) for name, said in listed.items()]


def _back(course: str, done: str) -> Response:
    tell(done)
    return redirect(f"/{current_locale()}/workspace/{course}/conformance", 303)


@page.get("/workspace/<course>/conformance")
@rule(AUTHOR)
def manual_check(course: str) -> str:
    """Show the form, and what is on record."""
    found = conformance.of_release(context(), actor(), course, request.args.get("version", ""))
    return _shown(found, ManualCheckForm(version=found.head.version, day=context().today()))


@page.post("/workspace/<course>/conformance")
@rule(AUTHOR)
def note_manual_check(course: str) -> Response | str | tuple[str, int]:
    """Add a check to the record."""
    form = ManualCheckForm(request.form)
    version = form.version.data or ""
    if only_draws():
        return _shown(conformance.of_release(context(), actor(), course, version), form)
    check = ManualCheck(
        form.subject.data or "",
        form.how.data or "",
        tuple(form.languages.data or ()),
        (form.checked_on.data or "").strip(),
        form.result.data or "",
    )
    try:
        conformance.note_manual(
            context(), actor(), course, check, version=version, named=bool(form.named.data)
        )
    except Invalid as refusal:
        form.take(refusal)
        found = conformance.of_release(context(), actor(), course, version)
        return _shown(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back(course, "check-recorded")


@page.post("/workspace/<course>/conformance/<check>/name")
@rule(MEMBER)
def show_name(course: str, check: str) -> Response:
    """Show one's name beside a check that one made, or hide it."""
    shown = request.form.get("shown", "") == "yes"
    conformance.show_name(context(), actor(), check, shown=shown)
    return _back(course, "name-shown" if shown else "name-hidden")
