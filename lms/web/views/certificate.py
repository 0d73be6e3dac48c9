"""One's own certificate: choose what is printed, look at it, confirm, download, replace, erase.

The name that is typed travels in forms alone, never in an address. The language of the page can be switched
at every step without losing it.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms import HiddenField, RadioField, StringField

from lms.actions import certifying, printing
from lms.actions.certifying import MyCertificate
from lms.core.certificate import Certificate, Choice
from lms.core.course import Course
from lms.core.errors import Invalid
from lms.core.ids import is_id
from lms.rendering.certificates import web_page
from lms.rendering.words import voice
from lms.web.desk import actor, desk
from lms.web.forms import Form
from lms.web.i18n import current_locale, shipped
from lms.web.security import MEMBER, rule

page = Blueprint("certificate", __name__)

FULL, NEUTRAL = "full", "neutral"
BOTH = 2  # languages on one sheet


class CertificateForm(Form):
    """What the learner decides; `request` names one press, so that a second one changes nothing."""

    name = StringField()
    locales = RadioField(validate_choice=False)
    title = RadioField(validate_choice=False)
    request = HiddenField()


def _languages(course: Course) -> list[tuple[str, str]]:
    """List what can be chosen: each language of the course, and this page's beside each other one."""
    here, spoken = current_locale(), voice(current_locale())
    names = {tag: spoken.language(tag) for tag in course.required_locales if tag in shipped()}
    both = [
        (f"{here} {tag}", gettext("%(one)s and %(other)s, side by side", one=names[here], other=name))
        for tag, name in names.items()
        if tag != here and here in names
    ]
    return [(chosen, words[:1].upper() + words[1:]) for chosen, words in (*names.items(), *both)]


def _form(mine: MyCertificate) -> CertificateForm:
    course = mine.release.course
    old = mine.holding.content if mine.holding else None
    titles = {FULL: course.title.text(current_locale()), NEUTRAL: course.neutral_title.text(current_locale())}
    form = CertificateForm(
        request.form or None,
        name=old.name if old else mine.name,
        locales=" ".join(old.locales) if old else current_locale(),
        title=FULL,
    )
    offered = _languages(course)
    form.locales.choices = list(offered)
    form.locales.data = _as_offered(form.locales.data or "", offered)
    form.title.choices = list(titles.items())
    form.name.label.text = gettext("Name to print")
    form.locales.label.text = gettext("Language of the certificate")
    form.title.label.text = gettext("Title of the course")
    return form


def _as_offered(chosen: str, offered: list[tuple[str, str]]) -> str:
    """Turn a pair round when the page's language was switched meanwhile, so that "both" stays chosen."""
    known = dict(offered)
    turned = " ".join(reversed(chosen.split(" ")))
    return turned if chosen not in known and turned in known else chosen


def _choice(form: CertificateForm) -> Choice:
    chosen = tuple((form.locales.data or "").split())
    return Choice(form.name.data or "", chosen[:BOTH], neutral=form.title.data == NEUTRAL)


def _mine(course_code: str) -> MyCertificate:
    mine = certifying.my_certificate(desk(), actor(), course_code)
    g.sensitive = mine.release.course.sensitive
    return mine


def _shown(template: str, mine: MyCertificate, **values: object) -> str:
    course = mine.release.course
    return render_template(
        f"pages/certificate/{template}.html",
        mine=mine,
        course=course,
        holding=mine.holding,
        invited=mine.invited,
        course_title=course.shown_title(current_locale()),
        **values,
    )


def _choosing(mine: MyCertificate, form: CertificateForm) -> str:
    problems = sum(len(field.errors) for field in form)
    return _shown("choose", mine, form=form, problems=problems)


def _sheet(content: Certificate) -> str:
    return web_page(content, current_locale())


@page.get("/c/<course_code>/certificate")
@rule(MEMBER)
def certificate(course_code: str) -> str:
    """Show the certificate, or the choice of what will be printed."""
    mine = _mine(course_code)
    if mine.holding is None:
        return _choosing(mine, _form(mine))
    content = mine.holding.content
    return _shown("certificate", mine, sheet=_sheet(content) if content else "")


@page.get("/c/<course_code>/certificate/change")
@rule(MEMBER)
def change(course_code: str) -> str | Response:
    """Choose again: another name, language or title."""
    mine = _mine(course_code)
    if mine.holding is None:
        return _back(course_code)
    return _choosing(mine, _form(mine))


def _back(course_code: str, done: str | None = None) -> Response:
    address = url_for("certificate.certificate", course_code=course_code, done=done)
    return redirect(address, 303)  # type: ignore[return-value]  # werkzeug's response, which Flask takes


def _switch(course_code: str) -> Response | None:
    """Go on in the other language with everything that was typed, when its button was pressed."""
    wanted = request.form.get("switch_to", "")
    if wanted in shipped() and wanted != current_locale():
        address = url_for("certificate.preview", course_code=course_code, locale=wanted)
        return redirect(address, 307)  # type: ignore[return-value]  # as above
    return None


@page.post("/c/<course_code>/certificate/preview")
@rule(MEMBER)
def preview(course_code: str) -> str | Response | tuple[str, int]:
    """Show what would be printed, before anything is issued."""
    if (elsewhere := _switch(course_code)) is not None:
        return elsewhere
    mine = _mine(course_code)
    form = _form(mine)
    switched = "switch_to" in request.form and not form.request.data
    if switched or "edit" in request.form:
        return _choosing(mine, form)
    try:
        content = certifying.preview(desk(), actor(), course_code, _choice(form))
    except Invalid as refusal:
        form.take(refusal)
        return _choosing(mine, form), 422
    form.request.data = form.request.data or desk().new_secret()
    return _shown("preview", mine, form=form, sheet=_sheet(content))


@page.get("/c/<course_code>/certificate/preview")
@rule(MEMBER)
def preview_again(course_code: str) -> Response:
    """Lead back from an address that only a form can open."""
    return _back(course_code)


@page.post("/c/<course_code>/certificate")
@rule(MEMBER)
def issue(course_code: str) -> str | Response | tuple[str, int]:
    """Issue the certificate that was looked at, or put it in the place of the one before."""
    if (elsewhere := _switch(course_code)) is not None:
        return elsewhere
    mine = _mine(course_code)
    form = _form(mine)
    press = form.request.data or ""
    if not is_id(press):
        abort(400)
    act = certifying.replace_mine if mine.holding else certifying.issue
    try:
        number = act(desk(), actor(), course_code, _choice(form), press)
    except Invalid as refusal:
        form.take(refusal)
        return _choosing(mine, form), 422
    again = mine.holding is not None and mine.holding.number != number
    return _back(course_code, "certificate-replaced" if again else "certificate-issued")


@page.get("/c/<course_code>/certificate/making")
@rule(MEMBER)
def making(course_code: str) -> Response:
    """Tell a script how the PDF stands."""
    mine = _mine(course_code)
    stands = mine.holding.making if mine.holding else ""
    return Response(f'{{"making": "{stands}"}}', mimetype="application/json")


@page.get("/c/<course_code>/certificate/pdf")
@rule(MEMBER)
def pdf(course_code: str) -> Response:
    """Hand out the PDF, the same bytes each time."""
    printed = printing.my_pdf(desk(), actor(), course_code)
    response = Response(printed.content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{printed.name}"'
    return response


@page.get("/c/<course_code>/certificate/erase")
@rule(MEMBER)
def erase(course_code: str) -> str | Response:
    """Ask whether the name and the PDF are really to be erased."""
    mine = _mine(course_code)
    if mine.holding is None or mine.holding.content is None:
        return _back(course_code)
    return _shown("erase", mine)


@page.post("/c/<course_code>/certificate/erase")
@rule(MEMBER)
def erase_now(course_code: str) -> Response:
    """Erase the name and the PDF."""
    certifying.erase_mine(desk(), actor(), course_code)
    return _back(course_code, "certificate-erased")
