"""Whether a certificate stands: for anybody who has its number. No name is ever shown."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms import StringField

from lms.actions.certificates import verifying
from lms.core.certificates.certificate import grouped, ungrouped
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.security import ANYONE, rule
from lms.web.words.refusals import status_of, words_of

page = Blueprint("verify", __name__)
root = Blueprint("verify", __name__)


class NumberForm(Form):
    """The number, in any spelling."""

    number = StringField()


class NameForm(Form):
    """The name to compare."""

    name = StringField()


def _ask(form: NumberForm, status: int = 200) -> tuple[str, int]:
    form.number.label.text = gettext("Certificate number")
    shown = render_template(
        "pages/verify/ask.html", form=form, problems=len(form.number.errors) + len(form.form_errors)
    )
    return shown, status


@page.get("/verify")
@rule(ANYONE)
def ask() -> Response | tuple[str, int]:
    """Ask for a number; one that is given leads on to its own address."""
    form = NumberForm(request.args)
    typed = form.number.data
    if typed is None:
        return _ask(form)
    number = ungrouped(typed)
    if number:
        return _to(number)
    rule_ = "verify.unknown" if typed.strip() else "verify.number-missing"
    form.take(Invalid("verify.unknown", [Finding(rule_, Severity.ERROR, Place("number"))]))
    return _ask(form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _to(number: str) -> Response:
    address = url_for("verify.verify", number=grouped(number))
    return redirect(address, 303)  # type: ignore[return-value]  # werkzeug's response, which Flask takes


def _unknown(typed: str) -> tuple[str, int]:
    form = NumberForm(number=typed)
    form.take(Invalid("verify.unknown", [Finding("verify.unknown", Severity.ERROR, Place("number"))]))
    return _ask(form, HTTPStatus.NOT_FOUND)


def _shown(number: str, form: NameForm, *, matches: bool | None = None, status: int = 200) -> tuple[str, int]:
    try:
        found = verifying.verify(context(), actor(), number)
    except NotFound:
        return _unknown(number)
    g.sensitive = found.sensitive
    form.name.label.text = gettext("Name on the certificate")
    shown = render_template(
        "pages/verify/verify.html",
        found=found,
        number=grouped(found.number),
        form=form,
        matches=matches,
        problems=len(form.name.errors) + len(form.form_errors),
    )
    return shown, status


@page.get("/verify/<number>")
@rule(ANYONE)
def verify(number: str) -> tuple[str, int]:
    """Show whether a certificate stands."""
    return _shown(number, NameForm())


@page.post("/verify/<number>")
@rule(ANYONE, redraws=True)
def check_name(number: str) -> tuple[str, int]:
    """Return whether the name that was typed is the one on the certificate."""
    form = NameForm(request.form)
    if only_draws():
        return _shown(number, form)
    try:
        matches = verifying.check_name(
            context(), actor(), number, form.name.data or "", origin=request.remote_addr or ""
        )
    except Invalid as refusal:
        form.take(refusal)
        return _shown(number, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotAllowed as refusal:
        form.form_errors.append(words_of(refusal.code, refusal.params))
        return _shown(number, form, status=status_of(refusal))
    except NotFound:
        return _unknown(number)
    return _shown(number, form, matches=matches)


@root.get("/verify/")
@root.get("/verify/<number>")
@rule(ANYONE)
def anywhere(number: str = "") -> Response:
    """Lead from the address that is printed to the page in the visitor's language."""
    address = url_for("verify.verify", number=number) if number else url_for("verify.ask")
    return redirect(address, 302)  # type: ignore[return-value]  # as above
