"""Signing in with a password, a mailed code or a recovery code, and signing out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, PasswordField, StringField

from lms.actions.people import codes, sessions, signing_in
from lms.core.errors import Invalid, NotAllowed, ParvisError
from lms.web.shell.browser import (
    begin_waiting,
    browser,
    go_in,
    local_path,
    only_draws,
    see,
    where_next,
)
from lms.web.shell.cookies import end_session
from lms.web.shell.current import actor, context, known
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule
from lms.web.words.refusals import status_of, words_of

page = Blueprint("sign_in", __name__)
OWN_DEVICE = lazy_gettext("This is my own device. Keep me signed in for 30 days.")


class SignIn(Form):
    """Who, and the password; or who alone, for a code."""

    who = StringField(lazy_gettext("Email address or sign-in name"))
    password = PasswordField(lazy_gettext("Password"))
    next = HiddenField()
    own_device = BooleanField(OWN_DEVICE)


class CodeForm(Form):
    """The mailed code; and a password, if a new account wants one."""

    code = StringField(lazy_gettext("Code from the email"))
    password = PasswordField(lazy_gettext("Password"))
    own_device = BooleanField(OWN_DEVICE)


class Recovery(Form):
    """Who, and a recovery code."""

    who = StringField(lazy_gettext("Email address or sign-in name"))
    code = StringField(lazy_gettext("Recovery code"))
    next = HiddenField()


def put_into(form: Form, problem: ParvisError) -> int:
    """Put a refusal into the form, and return the status that goes with it."""
    if isinstance(problem, Invalid):
        form.take(problem)
    else:
        form.form_errors.append(words_of(problem.code, problem.params))
    return status_of(problem)


@page.get("/sign-in")
@rule(ANYONE)
def sign_in() -> str:
    """Show the form."""
    form = SignIn(next=local_path(request.args.get("next", "")))
    return render_template("pages/sign_in/sign_in.html", form=form)


@page.post("/sign-in")
@rule(ANYONE, hashes=True, redraws=True)
def send_sign_in() -> Response | tuple[str, int] | str:
    """Sign in with a password, or ask for a code."""
    form = SignIn(request.form)
    if only_draws():
        return render_template("pages/sign_in/sign_in.html", form=form)
    who, here = form.who.data or "", browser(form.next.data or "")
    try:
        if request.form.get("do") == "code":
            token = codes.ask_to_sign_in(context(), actor(), who, locale=current_locale(), browser=here)
            return begin_waiting(see("sign_in.code"), token)
        return go_in(signing_in.sign_in(context(), actor(), who, form.password.data or "", here))
    except (Invalid, NotAllowed) as problem:
        status = put_into(form, problem)
    return render_template("pages/sign_in/sign_in.html", form=form, problems=1), status


def _code_page(form: CodeForm, problems: int = 0) -> str:
    return render_template(
        "pages/sign_in/code.html",
        form=form,
        waits=known().notes.pending,
        problems=problems,
        on_disk=context().settings.mail_url is None,
    )


@page.get("/sign-in/code")
@rule(ANYONE)
def code() -> str | Response:
    """Show where to type the mailed code; without one to wait for, the way back to the start."""
    waits = known().notes.pending
    if waits is None:
        return see("sign_in.sign_in")
    return _code_page(CodeForm(own_device=waits.own))


@page.post("/sign-in/code")
@rule(ANYONE, hashes=True)
def send_code() -> Response | tuple[str, int] | str:
    """Sign in, or make the account, with the mailed code."""
    form = CodeForm(request.form)
    if only_draws():
        return _code_page(form)
    try:
        entered = codes.confirm(
            context(), actor(), form.code.data or "", browser(), password=form.password.data or ""
        )
    except ParvisError as problem:
        if problem.code == "code.none" and actor().is_member:  # the first press has let them in
            return redirect(where_next(known().notes.next, known().waiting), 303)
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
@rule(ANYONE, redraws=True)
def send_recovery() -> Response | tuple[str, int] | str:
    """Sign in with a recovery code."""
    form = Recovery(request.form)
    if only_draws():
        return render_template("pages/sign_in/recovery.html", form=form)
    here = browser(form.next.data or "")
    try:
        return go_in(signing_in.recover(context(), actor(), form.who.data or "", form.code.data or "", here))
    except (Invalid, NotAllowed) as problem:
        status = put_into(form, problem)
    return render_template("pages/sign_in/recovery.html", form=form, problems=1), status


@page.post("/sign-out")
@rule(ANYONE)
def sign_out() -> Response:
    """End this session and leave nothing in the browser."""
    sessions.sign_out(context(), actor())
    response = see("sign_in.sign_in", done="signed-out")
    end_session(response)
    return response
