"""One's own certificate: choose what is printed, look at it, confirm, download, print, replace, erase.

The name that is typed travels in forms and waits in the session, never in an address. The language of the
page can be switched at every step without losing it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, StringField

from lms.actions.certificates import certifying, printing
from lms.actions.certificates.certifying import Holding, MyCertificate
from lms.actions.people.sessions import drop_typed, keep_typed
from lms.core.certificates.certificate import Certificate, CertificateChoice
from lms.core.certificates.verification import Making
from lms.core.courses.course import Course
from lms.core.errors import Invalid
from lms.core.ids import is_id
from lms.core.operations.characters import kept_part
from lms.rendering.certificates.certificates import file_name, web_page
from lms.rendering.words.translator import translator_for
from lms.web.shell.current import actor, context, known, ticket
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale, shipped
from lms.web.shell.moments import day_words
from lms.web.shell.notices import tell
from lms.web.shell.security import MEMBER, rule

page = Blueprint("certificate", __name__)

FULL, NEUTRAL = "full", "neutral"
BOTH = 2  # languages on one sheet
LONGEST_COUNT = 3  # digits of how often somebody has looked


class CertificateForm(Form):
    """What the learner decides; `request` names one press, so that a second one changes nothing.

    `replaces` is the number of the certificate that there was when the preview was shown, if any.
    """

    name = StringField()
    locales = RadioField(validate_choice=False)
    title = RadioField(validate_choice=False)
    day = RadioField(validate_choice=False)
    request = HiddenField()
    replaces = HiddenField()


def _languages(course: Course) -> list[tuple[str, str]]:
    """List what can be chosen, each with a capital."""
    return [(chosen, words[:1].upper() + words[1:]) for chosen, words in _offered(course)]


def _offered(course: Course) -> list[tuple[str, str]]:
    """List each language of the course, and this page's beside each other one."""
    here, spoken = current_locale(), translator_for(current_locale())
    names = {tag: spoken.language(tag) for tag in course.required_locales if tag in shipped()}
    both = [
        (f"{here} {tag}", gettext("%(one)s and %(other)s, side by side", one=names[here], other=name))
        for tag, name in names.items()
        if tag != here and here in names
    ]
    return [*names.items(), *both]


def _typed(mine: MyCertificate) -> MultiDict[str, str] | None:
    """Return what was chosen: sent now, or kept since the preview was asked for."""
    return request.form or MultiDict(known().notes.typed_at(_preview_of(mine.release.course.code))) or None


def _preview_of(course_code: str, locale: str = "") -> str:
    return url_for("certificate.preview", course_code=course_code, locale=locale or current_locale())


def _form(mine: MyCertificate) -> CertificateForm:
    course = mine.release.course
    old = mine.holding.content if mine.holding else None
    titles = {FULL: course.title.text(current_locale()), NEUTRAL: course.neutral_title.text(current_locale())}
    form = CertificateForm(
        _typed(mine),
        name=old.name if old else mine.name,
        locales=" ".join(old.locales) if old else current_locale(),
        title=FULL,
        day=old.completed_on if old and old.completed_on in mine.days else mine.days[0],
    )
    offered = _languages(course)
    if old:  # a language replaces nothing: it is another print of the same certificate
        form.locales.data = " ".join(old.locales)
    form.locales.choices = list(offered)
    form.locales.data = _as_offered(form.locales.data or "", offered)
    form.title.choices = list(titles.items())
    form.day.choices = [(day, translator_for(current_locale()).date(day)) for day in mine.days]
    form.name.label.text = gettext("Name on the certificate")
    form.locales.label.text = gettext("Certificate language")
    form.title.label.text = gettext("Course title")
    form.day.label.text = gettext("Date on the certificate")
    return form


def _as_offered(chosen: str, offered: list[tuple[str, str]]) -> str:
    """Turn a pair round when the page's language was switched meanwhile, so that "both" stays chosen."""
    known = dict(offered)
    turned = " ".join(reversed(chosen.split(" ")))
    return turned if chosen not in known and turned in known else chosen


def _choice(mine: MyCertificate, form: CertificateForm) -> CertificateChoice:
    chosen = tuple((form.locales.data or "").split())
    day = form.day.data or "" if mine.days[1:] else ""
    return CertificateChoice(form.name.data or "", chosen[:BOTH], neutral=form.title.data == NEUTRAL, day=day)


def _mine(course_code: str) -> MyCertificate:
    mine = certifying.my_certificate(context(), actor(), course_code)
    g.sensitive = mine.release.course.sensitive
    return mine


def _shown(template: str, mine: MyCertificate, **values: object) -> str:
    course = mine.release.course
    return render_template(
        f"pages/certificate/{template}.html",
        mine=mine,
        course=course,
        holding=mine.holding,
        since=day_words(mine.holding.due.since) if mine.holding and mine.holding.due else "",
        invited=mine.invited,
        course_title=course.shown_title(current_locale()),
        **values,
    )


def _choosing(mine: MyCertificate, form: CertificateForm) -> str:
    problems = sum(len(field.errors) for field in form) + len(form.form_errors)
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
    return _shown(
        "certificate",
        mine,
        sheet=_sheet(content) if content else "",
        is_specimen=bool(content and content.specimen),
        prints=_prints(mine, mine.holding),
        looked=_looks(request.args.get("look", "")),
    )


@dataclass(frozen=True, slots=True)
class OfferedPrint:
    """A choice of languages on the certificate page; `making` is None where nobody has asked for it."""

    locales: str
    making: Making | None
    words: str


def _prints(mine: MyCertificate, holding: Holding) -> list[OfferedPrint]:
    """List every language that there is beside the one of the print that was issued."""
    made = {frozenset(locales.split()): (locales, one) for locales, one in holding.prints.items()}
    issued = next(iter(made), None)
    offered = []
    for locales, words in _offered(mine.release.course):
        chosen = frozenset(locales.split())
        if chosen != issued:
            there, stands = made.get(chosen, (locales, None))
            offered.append(OfferedPrint(there, stands, words))
    return offered


def _looks(typed: str) -> int:
    """Return how often somebody has looked for the PDF already, as the address says it."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_COUNT else 0


@page.get("/c/<course_code>/certificate/change")
@rule(MEMBER)
def change(course_code: str) -> str | Response:
    """Choose again: another name, language or title."""
    mine = _mine(course_code)
    if mine.holding is None:
        return _back(course_code)
    return _choosing(mine, _form(mine))


def _back(course_code: str, done: str | None = None, **now: str) -> Response:
    """Lead to the certificate; `now` makes an address of its own, as some browsers show what they know."""
    if done:
        tell(done)
    address = url_for("certificate.certificate", course_code=course_code) + (
        f"?{urlencode(now)}" if now else ""
    )
    return redirect(address, 303)  # type: ignore[return-value]  # werkzeug's response, which Flask takes


def _choose_at(mine: MyCertificate, locale: str = "") -> str:
    """Return the address where the choice is made."""
    endpoint = "certificate.change" if mine.holding else "certificate.certificate"
    return url_for(endpoint, course_code=mine.release.course.code, locale=locale or current_locale())


def _keep(form: CertificateForm, course_code: str) -> None:
    """Keep what was chosen in the session, so that the preview is a page of its own, and Back leads to it."""
    fields = [(field.name, kept_part(field.data or "")) for field in form]
    keep_typed(context(), actor(), ticket(), _preview_of(course_code), fields)


@page.post("/c/<course_code>/certificate/preview")
@rule(MEMBER)
def send_preview(course_code: str) -> str | Response | tuple[str, int]:
    """Keep what was chosen, and lead to what would be printed, before anything is issued."""
    mine = _mine(course_code)
    form = _form(mine)
    wanted = request.form.get("switch_to", "")
    if wanted in shipped():
        _keep(form, course_code)
        return redirect(_choose_at(mine, wanted), 303)  # type: ignore[return-value]  # as above
    try:
        certifying.preview(context(), actor(), course_code, _choice(mine, form))
    except Invalid as refusal:
        form.take(refusal)
        return _choosing(mine, form), HTTPStatus.UNPROCESSABLE_ENTITY
    there = mine.holding.number if mine.holding else ""
    if not form.request.data or form.replaces.data != there:
        form.request.data, form.replaces.data = context().new_secret(), there
    _keep(form, course_code)
    return redirect(_preview_of(course_code), 303)  # type: ignore[return-value]  # as above


@page.get("/c/<course_code>/certificate/preview")
@rule(MEMBER)
def preview(course_code: str) -> str | Response:
    """Show what would be printed; lead to the choice where none was made that can be printed."""
    mine = _mine(course_code)
    if _typed(mine) is None:
        return _back(course_code)
    form = _form(mine)
    if not form.request.data:  # it was sent by somebody who had to sign in first
        return redirect(_choose_at(mine), 303)  # type: ignore[return-value]  # as above
    content = certifying.preview(context(), actor(), course_code, _choice(mine, form))
    return _shown("preview", mine, form=form, sheet=_sheet(content), choose_at=_choose_at(mine))


@page.post("/c/<course_code>/certificate")
@rule(MEMBER)
def issue(course_code: str) -> str | Response | tuple[str, int]:
    """Issue the certificate that was looked at, or put it in the place of the one before."""
    mine = _mine(course_code)
    form = _form(mine)
    press, replaces = form.request.data or "", form.replaces.data or ""
    if not (is_id(press) and (is_id(replaces) or not replaces)):
        abort(400)
    wanted = (course_code, _choice(mine, form), press)
    try:
        if replaces:
            number = certifying.replace_mine(context(), actor(), *wanted, replaces=replaces)
        else:
            number = certifying.issue(context(), actor(), *wanted)
    except Invalid as refusal:
        form.take(refusal)
        return _choosing(mine, form), HTTPStatus.UNPROCESSABLE_ENTITY
    drop_typed(context(), actor())
    if number == replaces:
        return _back(course_code, "certificate-unchanged", issued=press)
    return _back(course_code, "certificate-replaced" if replaces else "certificate-issued", issued=press)


@page.get("/c/<course_code>/certificate/making")
@rule(MEMBER)
def making(course_code: str) -> Response:
    """Return to a script how the PDF of each print stands."""
    mine = _mine(course_code)
    stands = mine.holding.prints if mine.holding else {}
    return Response(json.dumps({"making": dict(stands)}), mimetype="application/json")


@page.post("/c/<course_code>/certificate/print")
@rule(MEMBER)
def another_print(course_code: str) -> Response:
    """Have the certificate printed in another language; its number stays."""
    mine = _mine(course_code)
    wanted = request.form.get("locales", "")
    if wanted not in dict(_languages(mine.release.course)):
        abort(400)
    made = printing.print_mine(context(), actor(), course_code, wanted)
    return _back(course_code, "certificate-printed", printed=made)


@page.get("/c/<course_code>/certificate/pdf")
@rule(MEMBER)
def pdf(course_code: str) -> Response:
    """Hand out a PDF, the same bytes each time."""
    printed = printing.my_pdf(context(), actor(), course_code, request.args.get("in", ""))
    name = file_name(printed.number, printed.locales)
    response = Response(printed.content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
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
    certifying.erase_mine(context(), actor(), course_code)
    return _back(course_code, "certificate-erased", erased=context().new_id())
