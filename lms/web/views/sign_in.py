"""Signing in with a password, a mailed code or a recovery code, and signing out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField

from lms.actions import codes, sessions, signing_in
from lms.core.errors import Invalid, NotAllowed, ParvisError
from lms.web.browser import begin_waiting, browser, go_in, local_path, see, wants_language, way_back
from lms.web.cookies import earlier_ticket, end_session
from lms.web.desk import actor, desk, known
from lms.web.forms import Form
from lms.web.i18n import current_locale
from lms.web.messages import words_of
from lms.web.security import ANYONE, rule

page = Blueprint("sign_in", __name__)

UNPROCESSABLE, TOO_MANY = 422, 429


class SignIn(Form):
    """Who, and the password; or who alone, for a code."""

    who = StringField(lazy_gettext("E-mail address or sign-in name"))
    password = PasswordField(lazy_gettext("Password"))
    next = HiddenField()


class Code(Form):
    """The mailed code; and a password, if a new account wants one."""

    code = StringField(lazy_gettext("Code from the message"))
    password = PasswordField(lazy_gettext("Password"))


class Recovery(Form):
    """Who, and a recovery code."""

    who = StringField(lazy_gettext("E-mail address or sign-in name"))
    code = StringField(lazy_gettext("Recovery code"))
    next = HiddenField()


def put_into(form: Form, problem: ParvisError) -> int:
    """Put a refusal into the form, and give the status that goes with it."""
    if isinstance(problem, Invalid):
        form.take(problem)
        return UNPROCESSABLE
    form.form_errors.append(words_of(problem.code, problem.params))
    return TOO_MANY if problem.code.endswith(".too-often") else problem.status


def ask_to_sign_in() -> Response:
    """Send somebody to the sign-in page and keep where they were and what they sent."""
    back = way_back()
    done = "sign-in-first"
    if request.method == "POST":
        typed = list(request.form.items(multi=True))
        if sessions.keep_typed(desk(), actor(), earlier_ticket(), back, typed):
            done = "kept"
    return redirect(url_for("sign_in.sign_in", next=back or None, done=done), 303)


@page.get("/sign-in")
@rule(ANYONE)
def sign_in() -> str:
    """Show the form."""
    form = SignIn(next=local_path(request.args.get("next", "")))
    return render_template("pages/sign_in/sign_in.html", form=form)


@page.post("/sign-in")
@rule(ANYONE)
def send_sign_in() -> Response | tuple[str, int] | str:
    """Sign in with a password, or ask for a code."""
    form = SignIn(request.form)
    if wants_language():
        return render_template("pages/sign_in/sign_in.html", form=form)
    who, here = form.who.data or "", browser(form.next.data or "")
    try:
        if request.form.get("do") == "code":
            token = codes.ask_to_sign_in(desk(), actor(), who, locale=current_locale(), browser=here)
            return begin_waiting(see("sign_in.code"), token)
        return go_in(signing_in.sign_in(desk(), actor(), who, form.password.data or "", here))
    except (Invalid, NotAllowed) as problem:
        status = put_into(form, problem)
    return render_template("pages/sign_in/sign_in.html", form=form, problems=1), status


def _code_page(form: Code, problems: int = 0) -> str:
    return render_template(
        "pages/sign_in/code.html",
        form=form,
        waits=codes.pending(known()),
        problems=problems,
        on_disk=desk().settings.mail_url is None,
    )


@page.get("/sign-in/code")
@rule(ANYONE)
def code() -> str | Response:
    """Show where to type the mailed code; without one to wait for, the way back to the start."""
    if codes.pending(known()) is None:
        return see("sign_in.sign_in")
    return _code_page(Code())


@page.post("/sign-in/code")
@rule(ANYONE)
def send_code() -> Response | tuple[str, int] | str:
    """Sign in, or make the account, with the mailed code."""
    form = Code(request.form)
    if wants_language():
        return _code_page(form)
    try:
        entered = codes.confirm(
            desk(), actor(), known(), form.code.data or "", browser(), password=form.password.data or ""
        )
    except ParvisError as problem:
        status = put_into(form, problem)
        return _code_page(form, 1), status
    return go_in(entered)


@page.get("/sign-in/recovery")
@rule(ANYONE)
def recovery() -> str:
    """Show where to type a recovery code."""
    form = Recovery(next=local_path(request.args.get("next", "")))
    return render_template("pages/sign_in/recovery.html", form=form)


@page.post("/sign-in/recovery")
@rule(ANYONE)
def send_recovery() -> Response | tuple[str, int] | str:
    """Sign in with a recovery code."""
    form = Recovery(request.form)
    if wants_language():
        return render_template("pages/sign_in/recovery.html", form=form)
    here = browser(form.next.data or "")
    try:
        return go_in(signing_in.recover(desk(), actor(), form.who.data or "", form.code.data or "", here))
    except (Invalid, NotAllowed) as problem:
        status = put_into(form, problem)
    return render_template("pages/sign_in/recovery.html", form=form, problems=1), status


@page.post("/sign-out")
@rule(ANYONE)
def sign_out() -> Response:
    """End this session and leave nothing in the browser."""
    sessions.sign_out(desk(), actor())
    response = see("sign_in.sign_in", done="signed-out")
    end_session(response)
    return response
