"""Where one is signed in: the list, ending one session, ending all of them."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template, request
from flask_babel import format_datetime
from werkzeug.wrappers import Response

from lms.actions import sessions as deeds
from lms.actions.desk import CALENDAR
from lms.web.browser import see
from lms.web.cookies import end_session
from lms.web.desk import actor, desk
from lms.web.security import MEMBER, rule

page = Blueprint("sessions", __name__)


def _when(milliseconds: int) -> str:
    at = datetime.fromtimestamp(milliseconds / 1000, CALENDAR)
    return str(format_datetime(at, "medium", rebase=False))


@page.get("/account/sessions")
@rule(MEMBER)
def sessions() -> str:
    """List where one is signed in."""
    found = deeds.my_sessions(desk(), actor())
    return render_template("pages/sessions/sessions.html", sessions=found, when=_when)


@page.post("/account/sessions/end")
@rule(MEMBER)
def send_end() -> Response:
    """End one session; ending this one is signing out."""
    handle = request.form.get("session", "")
    is_this = any(one.is_this and one.handle == handle for one in deeds.my_sessions(desk(), actor()))
    deeds.end_one(desk(), actor(), handle)
    if not is_this:
        return see("sessions.sessions", "session-ended")
    response = see("sign_in.sign_in", "signed-out")
    end_session(response)
    return response


@page.post("/sign-out-everywhere")
@rule(MEMBER)
def send_everywhere() -> Response:
    """End every session of this person, and leave nothing in this browser."""
    deeds.sign_out_everywhere(desk(), actor())
    response = see("sign_in.sign_in", "signed-out-everywhere")
    end_session(response)
    return response
