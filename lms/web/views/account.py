"""One's own account: the overview, and one short page for each thing that can be changed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, g, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField, StringField

from lms.actions import accounts, codes, joining
from lms.actions.accounts import Account
from lms.core.errors import ParvisError
from lms.web.browser import browser, see, wants_language, where_next
from lms.web.desk import actor, desk, known
from lms.web.forms import Form
from lms.web.i18n import current_locale, shipped
from lms.web.security import MEMBER, rule
from lms.web.views.sign_in import put_into

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


class Email(Proof):
    """A new address."""

    email = StringField(lazy_gettext("E-mail address"))


class EmailCode(Form):
    """The code that was mailed to the new address."""

    code = StringField(lazy_gettext("Code from the message"))


class Language(Form):
    """The language in which one is written to."""

    locale = RadioField(lazy_gettext("Language"), validate_choice=False)


def _mine() -> Account:
    return accounts.my_account(desk(), actor(), known())


def _shown(name: str, form: Form, problems: int = 0) -> str:
    return render_template(f"pages/account/{name}.html", form=form, account=_mine(), problems=problems)


def _changed(
    name: str, form: Form, change: Callable[[], None], done: str
) -> Response | tuple[str, int] | str:
    """Make a change, and show the account; or the form again with what was wrong."""
    if wants_language():
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
        "name", form, lambda: accounts.change_name(desk(), actor(), form.name.data or ""), "saved"
    )


@page.get("/account/sign-in-name")
@rule(MEMBER)
def sign_in_name() -> str:
    """Show the sign-in name."""
    return _shown("sign_in_name", SignInName(sign_in_name=_mine().sign_in_name))


@page.post("/account/sign-in-name")
@rule(MEMBER)
def send_sign_in_name() -> Response | tuple[str, int] | str:
    """Change the sign-in name."""
    form = SignInName(request.form)
    chosen, current = form.sign_in_name.data or "", form.current.data or ""
    return _changed(
        "sign_in_name",
        form,
        lambda: accounts.change_sign_in_name(desk(), actor(), known(), chosen, current),
        "saved",
    )


@page.get("/account/password")
@rule(MEMBER)
def password() -> str:
    """Show where to set a password."""
    return _shown("password", Password())


@page.post("/account/password")
@rule(MEMBER)
def send_password() -> Response | tuple[str, int] | str:
    """Set a password."""
    form = Password(request.form)
    chosen, current = form.password.data or "", form.current.data or ""
    return _changed(
        "password",
        form,
        lambda: accounts.change_password(desk(), actor(), known(), chosen, current),
        "password-changed",
    )


@page.get("/account/email")
@rule(MEMBER)
def email() -> str:
    """Show the address."""
    return _shown("email", Email(email=_mine().email))


def _ask_for_address(form: Email) -> None:
    accounts.prove(desk(), actor(), known(), form.current.data or "")
    wanted = form.email.data or ""
    codes.ask_for_address(desk(), actor(), wanted, locale=current_locale(), browser=browser())


@page.post("/account/email")
@rule(MEMBER)
def send_email() -> Response | tuple[str, int] | str:
    """Mail a code to the new address, or take the address out of the account."""
    form = Email(request.form)
    if request.form.get("do") == "remove":
        current = form.current.data or ""
        return _changed(
            "email", form, lambda: accounts.drop_email(desk(), actor(), known(), current), "saved"
        )
    answer = _changed("email", form, lambda: _ask_for_address(form), "saved")
    return see("account.email_code") if isinstance(answer, Response) else answer


@page.get("/account/email/code")
@rule(MEMBER)
def email_code() -> str | Response:
    """Show where to type the code that confirms an address."""
    waits = codes.pending(known())
    if waits is None or waits.purpose != "address":
        return see("account.email")
    return render_template(
        "pages/account/email_code.html",
        form=EmailCode(),
        waits=waits,
        on_disk=desk().settings.mail_url is None,
    )


@page.post("/account/email/code")
@rule(MEMBER)
def send_email_code() -> Response | tuple[str, int] | str:
    """Make the confirmed address the account's own."""
    form = EmailCode(request.form)
    waits, on_disk, status = codes.pending(known()), desk().settings.mail_url is None, 200
    if not wants_language():
        try:
            codes.confirm_address(desk(), actor(), known(), form.code.data or "")
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
    form = Language(locale=_mine().locale)
    form.locale.choices = [(tag, one.name) for tag, one in shipped().items()]
    return _shown("language", form)


@page.post("/account/language")
@rule(MEMBER)
def send_language() -> Response:
    """Change the language in which one is written to, and go on in it."""
    form = Language(request.form)
    form.locale.choices = [(tag, one.name) for tag, one in shipped().items()]
    chosen = form.locale.data if form.locale.data in shipped() else current_locale()
    accounts.change_locale(desk(), actor(), chosen or "")
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
    joining.answer(desk(), actor(), known(), was_me=was_me)
    target = where_next(str(known().keep.get("next", "")), "")
    mark = "&" if "?" in target else "?"
    response = see("account.account")
    response.location = f"{target}{mark}done={'joined' if was_me else 'not-joined'}"
    return response
