"""Everything about me, to read and to take away; and: delete me."""

from __future__ import annotations

import json

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField

from lms.actions import accounts, my_data
from lms.core.errors import ParvisError
from lms.web.browser import see
from lms.web.cookies import end_session
from lms.web.desk import actor, desk, known
from lms.web.my_data_words import heading_of, label_of
from lms.web.security import MEMBER, rule
from lms.web.views.account import Proof
from lms.web.views.sign_in import put_into

page = Blueprint("my_data", __name__)


class DeleteMe(Proof):
    """Being sure, and what becomes of certificates."""

    is_sure = BooleanField(lazy_gettext("Yes, delete my account"))
    keep_certificates = BooleanField(lazy_gettext("Keep my name on my certificates"))


@page.get("/account/everything")
@rule(MEMBER)
def everything() -> str:
    """Show everything that is kept about this person."""
    found = my_data.everything(desk(), actor())
    return render_template(
        "pages/account/everything.html", found=found, heading_of=heading_of, label_of=label_of
    )


@page.get("/account/everything.json")
@rule(MEMBER)
def everything_as_file() -> Response:
    """Give everything as a file that other programs can read."""
    found = my_data.everything(desk(), actor())
    response = Response(json.dumps(found, ensure_ascii=False, indent=2), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="everything-about-me.json"'
    return response


def _shown(form: DeleteMe, problems: int = 0) -> str:
    mine = accounts.my_account(desk(), actor(), known())
    return render_template("pages/account/delete_me.html", form=form, account=mine, problems=problems)


@page.get("/account/delete")
@rule(MEMBER)
def delete_me() -> str:
    """Say what deleting means, and ask whether one is sure."""
    return _shown(DeleteMe())


@page.post("/account/delete")
@rule(MEMBER)
def send_delete_me() -> Response | tuple[str, int]:
    """Delete the account, and leave nothing in this browser."""
    form = DeleteMe(request.form)
    try:
        my_data.delete_me(
            desk(),
            actor(),
            known(),
            is_sure=form.is_sure.data,
            keep_certificates=form.keep_certificates.data,
            current=form.current.data or "",
        )
    except ParvisError as problem:
        status = put_into(form, problem)
        return _shown(form, 1), status
    response = see("sign_in.sign_in", "deleted")
    end_session(response)
    return response
