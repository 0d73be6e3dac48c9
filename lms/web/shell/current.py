"""What a view has at hand: the context, and who is asking.

The session row is read once per request and only when a view wants the actor; pages that join the session
in their own statement take the `ticket` instead.
"""

from __future__ import annotations

from typing import cast

from flask import g

from lms.actions.context import Context
from lms.actions.people.sessions import Known, recognise
from lms.core.people.actors import Actor
from lms.web.shell.cookies import earlier_ticket, session_ticket, the_context


def context() -> Context:
    """Return the context that the application was built with."""
    return the_context()


def ticket() -> str:
    """Return the hashed value of the session cookie; empty when there is none or it has idled out."""
    return session_ticket()


def known() -> Known:
    """Return what the session says: actor, name to be called, reader settings (one statement a request)."""
    if "known" not in g:
        g.known = recognise(context(), ticket())
    return cast("Known", g.known)


def idled_out() -> Actor:
    """Return who was signed in here until nothing was done for a while; nobody for others (one statement)."""
    earlier = "" if ticket() else earlier_ticket()
    return recognise(context(), earlier).actor


def actor() -> Actor:
    """Return who is asking."""
    return known().actor
