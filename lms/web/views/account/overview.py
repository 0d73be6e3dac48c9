"""One's own account: the overview, and one short page for each thing that can be changed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, g, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField, StringField

from lms.actions import visits
from lms.actions.people import accounts, codes
from lms.actions.people.accounts import Account
from lms.core.errors import ParvisError
from lms.web.shell.browser import browser, only_draws, see, where_next
from lms.web.shell.current import actor, context, known
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale, shipped
from lms.web.shell.notices import tell
from lms.web.shell.security import MEMBER, rule
from lms.web.views.account.sign_in import put_into

page = Blueprint("account", __name__)


class Proof(Form):
    """What proves that this is still the same person, when signing in was a while ago."""

    current = PasswordField(lazy_gettext("Current password"))


class Name(Form):
    """The name to be called."""

    name = StringField(lazy_gettext("Name"))


class SignInName(Proof):
    """The chosen sign-in name."""

    sign_in_name = StringField(lazy_gettext("Sign-in name"))


class Password(Proof):
    """A new password."""

    password = PasswordField(lazy_gettext("New password"))


class EmailForm(Proof):
    """A new address."""

    email = StringField(lazy_gettext("Email address"))


class EmailCode(Form):
    """The code that was mailed to the new address."""

    code = StringField(lazy_gettext("Code from the email"))


class LanguageForm(Form):
    """The language in which one is written to."""

    locale = RadioField(lazy_gettext("Language"), validate_choice=False)


def _mine() -> Account:
    return accounts.my_account(context(), actor())


def _shown(name: str, form: Form, problems: int = 0) -> str:
    return render_template(f"pages/account/{name}.html", form=form, account=_mine(), problems=problems)


def _changed(
    name: str, form: Form, change: Callable[[], None], done: str
) -> Response | tuple[str, int] | str:
    """Make a change, and show the account; or the form again with what was wrong."""
    if only_draws():
        return _shown(name, form)
    try:
        change()
    except ParvisError as problem:
        status = put_into(form, problem)
        return _shown(name, form, 1), status
    return see("account.account", done)


@page.get("/account")
@rule(MEMBER)
def account() -> str:
    """Show what the account holds, and what can be changed."""
    return render_template(
        "pages/account/account.html", account=_mine(), language=shipped().get(_mine().locale)
    )


@page.get("/account/name")
@rule(MEMBER)
def name() -> str:
    """Show the name to be called."""
    return _shown("name", Name(name=_mine().name))


@page.post("/account/name")
@rule(MEMBER)
def send_name() -> Response | tuple[str, int] | str:
    """Change the name to be called."""
    form = Name(request.form)
    return _changed(
        "name", form, lambda: accounts.change_name(context(), actor(), form.name.data or ""), "saved"
    )


@page.get("/account/sign-in-name")
@rule(MEMBER)
def sign_in_name() -> str:
    """Show the sign-in name."""
    return _shown("sign_in_name", SignInName(sign_in_name=_mine().sign_in_name))


@page.post("/account/sign-in-name")
@rule(MEMBER, hashes=True)
def send_sign_in_name() -> Response | tuple[str, int] | str:
    """Change the sign-in name."""
    form = SignInName(request.form)
    chosen, current = form.sign_in_name.data or "", form.current.data or ""
    return _changed(
        "sign_in_name",
        form,
        lambda: accounts.change_sign_in_name(context(), actor(), chosen, current),
        "saved",
    )


@page.get("/account/password")
@rule(MEMBER)
def password() -> str:
    """Show where to set a password."""
    return _shown("password", Password())


@page.post("/account/password")
@rule(MEMBER, hashes=True)
def send_password() -> Response | tuple[str, int] | str:
    """Set a password."""
    form = Password(request.form)
    chosen, current = form.password.data or "", form.current.data or ""
    return _changed(
        "password",
        form,
        lambda: accounts.change_password(context(), actor(), chosen, current),
        "password-changed",
    )


@page.get("/account/email")
@rule(MEMBER)
def email() -> str:
    """Show the address."""
    return _shown("email", EmailForm(email=_mine().email))


def _ask_for_address(form: EmailForm) -> None:
    wanted, current = form.email.data or "", form.current.data or ""
    codes.ask_for_address(
        context(), actor(), wanted, locale=current_locale(), browser=browser(), current=current
    )


@page.post("/account/email")
@rule(MEMBER, hashes=True)
def send_email() -> Response | tuple[str, int] | str:
    """Mail a code to the new address, or take the address out of the account."""
    form = EmailForm(request.form)
    if request.form.get("do") == "remove":
        current = form.current.data or ""
        return _changed("email", form, lambda: accounts.drop_email(context(), actor(), current), "saved")
    answer = _changed("email", form, lambda: _ask_for_address(form), "address-asked")
    return see("account.email_code") if isinstance(answer, Response) else answer


@page.get("/account/email/code")
@rule(MEMBER)
def email_code() -> str | Response:
    """Show where to type the code that confirms an address."""
    waits = known().notes.pending
    if waits is None or waits.purpose != "address":
        return see("account.email")
    return render_template(
        "pages/account/email_code.html",
        form=EmailCode(),
        waits=waits,
        on_disk=context().settings.mail_url is None,
    )


@page.post("/account/email/code")
@rule(MEMBER)
def send_email_code() -> Response | tuple[str, int] | str:
    """Make the confirmed address the account's own."""
    form = EmailCode(request.form)
    waits, on_disk, status = known().notes.pending, context().settings.mail_url is None, 200
    if not only_draws():
        try:
            codes.confirm_address(context(), actor(), form.code.data or "")
        except ParvisError as problem:
            status = put_into(form, problem)
        else:
            return see("account.account", "email-changed")
    shown = render_template(
        "pages/account/email_code.html",
        form=form,
        waits=waits,
        on_disk=on_disk,
        problems=int(status > 200),  # noqa: PLR2004
    )
    return shown, status


@page.get("/account/language")
@rule(MEMBER)
def language() -> str:
    """Show the languages."""
    form = LanguageForm(locale=_mine().locale)
    form.locale.choices = [(tag, one.name) for tag, one in shipped().items()]
    return _shown("language", form)


@page.post("/account/language")
@rule(MEMBER)
def send_language() -> Response:
    """Change the language in which one is written to, and go on in it."""
    form = LanguageForm(request.form)
    form.locale.choices = [(tag, one.name) for tag, one in shipped().items()]
    chosen = form.locale.data if form.locale.data in shipped() else current_locale()
    accounts.change_locale(context(), actor(), chosen or "")
    g.locale = chosen
    return see("account.account", "saved")


@page.get("/account/was-this-you")
@rule(MEMBER)
def was_this_you() -> str | Response:
    """Ask whether the progress made without an account belongs to this person."""
    if not known().waiting:
        return see("account.account")
    return render_template("pages/account/was_this_you.html")


@page.post("/account/was-this-you")
@rule(MEMBER)
def send_was_this_you() -> Response:
    """Join that progress, or leave it alone, and go on to where one was going."""
    was_me = request.form.get("answer") == "yes"
    visits.answer(context(), actor(), was_me=was_me)
    target = where_next(known().notes.next, "")
    tell("joined" if was_me else "not-joined")
    response = see("account.account")
    response.location = target
    return response
