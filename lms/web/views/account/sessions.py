"""Where one is signed in: the list, ending one session, ending all of them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from lms.actions.people import sessions as actions
from lms.core.people.actors import STAFF
from lms.web.shell.browser import see
from lms.web.shell.cookies import end_session
from lms.web.shell.current import actor, context
from lms.web.shell.moments import day_words, moment_words
from lms.web.shell.security import MEMBER, rule

page = Blueprint("sessions", __name__)


@page.get("/account/sessions")
@rule(MEMBER)
def sessions() -> str:
    """List where one is signed in."""
    found = actions.my_sessions(context(), actor())
    return render_template(
        "pages/sessions/sessions.html",
        sessions=found,
        when=moment_words,
        day=day_words,
        idle=context().settings.idle_minutes,
        own_days=actions.OWN_DAYS,
        is_staff=bool(actor().roles & frozenset(STAFF)),
    )


@page.post("/account/sessions/end")
@rule(MEMBER)
def send_end() -> Response:
    """End one session; ending this one is signing out."""
    handle = request.form.get("session", "")
    is_this = any(one.is_this and one.handle == handle for one in actions.my_sessions(context(), actor()))
    actions.end_one(context(), actor(), handle)
    if not is_this:
        return see("sessions.sessions", "session-ended")
    response = see("sign_in.sign_in", "signed-out")
    end_session(response)
    return response


@page.post("/sign-out-everywhere")
@rule(MEMBER)
def send_everywhere() -> Response:
    """End every session of this person, and leave nothing in this browser."""
    actions.sign_out_everywhere(context(), actor())
    response = see("sign_in.sign_in", "signed-out-everywhere")
    end_session(response)
    return response
