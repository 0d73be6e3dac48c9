"""Recovery codes: shown once they are made, for a quarter of an hour, to be printed or written down."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from lms.actions.people import accounts, visitors
from lms.core.errors import ParvisError
from lms.web.shell.browser import see, where_next
from lms.web.shell.current import actor, context, known
from lms.web.shell.security import MEMBER, rule
from lms.web.views.account.overview import Proof
from lms.web.views.account.sign_in import put_into

page = Blueprint("recovery", __name__)


def _shown(form: Proof, problems: int = 0) -> str:
    return render_template(
        "pages/recovery/recovery_codes.html",
        form=form,
        account=accounts.my_account(context(), actor()),
        codes=visitors.fresh_recovery(context(), known()),
        problems=problems,
    )


@page.get("/account/recovery-codes")
@rule(MEMBER)
def recovery_codes() -> str:
    """Show new codes, or how many are left and how to make new ones."""
    return _shown(Proof())


@page.post("/account/recovery-codes")
@rule(MEMBER, hashes=True)
def send_recovery_codes() -> Response | tuple[str, int]:
    """Make ten new codes."""
    form = Proof(request.form)
    try:
        accounts.renew_recovery(context(), actor(), form.current.data or "")
    except ParvisError as problem:
        status = put_into(form, problem)
        return _shown(form, 1), status
    return see("recovery.recovery_codes")


@page.post("/account/recovery-codes/noted")
@rule(MEMBER)
def send_noted() -> Response:
    """Forget the shown codes, and go on to where one was going."""
    accounts.noted_recovery(context(), actor())
    response = see("account.account")
    response.location = where_next(known().notes.next, known().waiting)
    return response
