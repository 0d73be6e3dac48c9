"""Making an account: with an address that a code is mailed to, or with a chosen sign-in name."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField

from lms.actions.people import codes, visitors
from lms.core.errors import Invalid, NotAllowed
from lms.web.shell.browser import begin_waiting, browser, go_in, local_path, only_draws, see
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule
from lms.web.views.account.sign_in import put_into

page = Blueprint("sign_up", __name__)


class SignUp(Form):
    """What to be called, and where to mail the code."""

    name = StringField(lazy_gettext("Name"))
    email = StringField(lazy_gettext("Email address"))
    next = HiddenField()


class SignUpWithoutMail(Form):
    """What to be called, and how to sign in without any address."""

    name = StringField(lazy_gettext("Name"))
    sign_in_name = StringField(lazy_gettext("Sign-in name"))
    password = PasswordField(lazy_gettext("Password"))
    next = HiddenField()


@page.get("/sign-up")
@rule(ANYONE)
def sign_up() -> str:
    """Show the form."""
    form = SignUp(next=local_path(request.args.get("next", "")))
    return render_template("pages/sign_up/sign_up.html", form=form)


@page.post("/sign-up")
@rule(ANYONE, redraws=True)
def send_sign_up() -> Response | tuple[str, int] | str:
    """Mail the code that makes the account."""
    form = SignUp(request.form)
    if only_draws():
        return render_template("pages/sign_up/sign_up.html", form=form)
    here = browser(form.next.data or "")
    name, email = form.name.data or "", form.email.data or ""
    try:
        token = codes.ask_to_sign_up(context(), actor(), name, email, locale=current_locale(), browser=here)
    except (Invalid, NotAllowed) as problem:
        status = put_into(form, problem)
        return render_template("pages/sign_up/sign_up.html", form=form, problems=1), status
    return begin_waiting(see("sign_in.code"), token)


@page.get("/sign-up/without-email")
@rule(ANYONE)
def without_email() -> str:
    """Show the form for people who have no address that only they read."""
    form = SignUpWithoutMail(next=local_path(request.args.get("next", "")))
    return render_template("pages/sign_up/without_email.html", form=form)


@page.post("/sign-up/without-email")
@rule(ANYONE, hashes=True, redraws=True)
def send_without_email() -> Response | tuple[str, int] | str:
    """Make the account, and show its recovery codes."""
    form = SignUpWithoutMail(request.form)
    if only_draws():
        return render_template("pages/sign_up/without_email.html", form=form)
    try:
        entered = visitors.sign_up(
            context(),
            actor(),
            form.name.data or "",
            form.sign_in_name.data or "",
            form.password.data or "",
            locale=current_locale(),
            browser=browser(form.next.data or ""),
        )
    except (Invalid, NotAllowed) as problem:
        status = put_into(form, problem)
        return render_template("pages/sign_up/without_email.html", form=form, problems=1), status
    return go_in(entered, recovery=True)
