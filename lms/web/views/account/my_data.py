"""Everything about me, to read and to take away; and: delete me."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField

from lms.actions.operations import personal_data
from lms.actions.operations.personal_data import is_time
from lms.actions.people import accounts, granting
from lms.core.errors import ParvisError
from lms.web.shell.browser import see
from lms.web.shell.cookies import end_session, forget_device
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import voice
from lms.web.shell.security import MEMBER, rule
from lms.web.views.account.overview import Proof
from lms.web.views.account.sign_in import put_into
from lms.web.words.my_data_values import said
from lms.web.words.my_data_words import DATES, heading_of, label_of

page = Blueprint("my_data", __name__)


class DeleteMe(Proof):
    """Being sure, and what becomes of certificates."""

    is_sure = BooleanField(lazy_gettext("Yes, delete my account"))
    keep_certificates = BooleanField(lazy_gettext("Keep my name on my certificates"))
    even_last = BooleanField(lazy_gettext("Yes, leave this site without an administrator"))


@page.get("/account/everything")
@rule(MEMBER)
def everything() -> str:
    """Show everything that is kept about this person."""
    found = personal_data.everything(context(), actor())
    return render_template(
        "pages/account/everything.html",
        found={table: [said(_in_words(row)) for row in rows] for table, rows in found.items()},
        heading_of=heading_of,
        label_of=label_of,
    )


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its dates and times as people read them; the file keeps them for programs."""
    return {name: _time_in_words(name, value) for name, value in row.items()}


def _time_in_words(name: str, value: Any) -> Any:
    if not isinstance(value, str) or not (is_time(name) or name in DATES):
        return value
    if name in DATES:
        return voice().date(value)
    return voice().moment(datetime.fromisoformat(value).astimezone(context().settings.calendar))


@page.get("/account/everything.json")
@rule(MEMBER)
def everything_as_file() -> Response:
    """Return everything as a file that other programs can read."""
    found = personal_data.everything(context(), actor())
    response = Response(json.dumps(found, ensure_ascii=False, indent=2), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="everything-about-me.json"'
    return response


def _shown(form: DeleteMe, problems: int = 0) -> str:
    mine = accounts.my_account(context(), actor())
    return render_template(
        "pages/account/delete_me.html",
        form=form,
        account=mine,
        is_last_admin=granting.am_last_admin(context(), actor()),
        problems=problems,
    )


@page.get("/account/delete")
@rule(MEMBER)
def delete_me() -> str:
    """Return what deleting means, and ask whether one is sure."""
    return _shown(DeleteMe())


@page.post("/account/delete")
@rule(MEMBER, hashes=True)
def send_delete_me() -> Response | tuple[str, int]:
    """Delete the account, and leave nothing in this browser."""
    form = DeleteMe(request.form)
    try:
        personal_data.delete_me(
            context(),
            actor(),
            is_sure=form.is_sure.data,
            keep_certificates=form.keep_certificates.data,
            current=form.current.data or "",
            even_last=form.even_last.data,
        )
    except ParvisError as problem:
        status = put_into(form, problem)
        return _shown(form, 1), status
    response = see("sign_in.sign_in", "deleted")
    end_session(response)
    forget_device(response)
    return response
