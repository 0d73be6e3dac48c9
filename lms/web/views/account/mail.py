"""Messages that can be done without: turned on or off in one's account, or by the link in each of them."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.people import mail_choice
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import ANYONE, MEMBER, rule

page = Blueprint("mail", __name__)


def _shown(action: str, *, is_on: bool, is_mine: bool) -> str:
    return render_template("pages/account/mail.html", is_on=is_on, action=action, is_mine=is_mine)


def _done(action: str) -> Response:
    tell("saved")
    return redirect(action, 303)


def _wanted() -> bool:
    return request.form.get("wanted") == "yes"


@page.get("/account/mail")
@rule(MEMBER)
def mine() -> str:
    """Show which messages one gets."""
    here = f"/{current_locale()}/account/mail"
    return _shown(here, is_on=mail_choice.mine(context(), actor()), is_mine=True)


@page.post("/account/mail")
@rule(MEMBER)
def send_mine() -> Response:
    """Turn optional messages on or off."""
    mail_choice.choose(context(), actor(), wanted=_wanted())
    return _done(f"/{current_locale()}/account/mail")


@page.get("/mail/<key>")
@rule(ANYONE)
def by_link(key: str) -> str:
    """Show the same to whoever holds the link of a message, signed in or not; it names nobody."""
    is_on = mail_choice.by_link(context(), actor(), key)
    return _shown(f"/{current_locale()}/mail/{key}", is_on=is_on, is_mine=False)


@page.post("/mail/<key>")
@rule(ANYONE)
def send_by_link(key: str) -> Response:
    """Turn optional messages on or off by the link."""
    mail_choice.choose_by_link(context(), actor(), key, wanted=_wanted())
    return _done(f"/{current_locale()}/mail/{key}")
