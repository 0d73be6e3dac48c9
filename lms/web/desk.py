"""What a view has at hand: the desk, and who is asking.

The session row is read once per request and only when a view wants the actor; pages that join the session
in their own statement take the `ticket` instead.
"""

from __future__ import annotations

from typing import cast

from flask import g

from lms.actions.desk import Desk
from lms.actions.sessions import Known, recognise
from lms.core.people import Actor
from lms.web.cookies import session_ticket, the_desk


def desk() -> Desk:
    """Give the desk that the application was built with."""
    return the_desk()


def ticket() -> str:
    """Give the hashed value of the session cookie; empty when there is none or it has idled out."""
    return session_ticket()


def known() -> Known:
    """Give what the session says: actor, name to be called, reader settings (one statement a request)."""
    if "known" not in g:
        g.known = recognise(desk(), ticket())
    return cast("Known", g.known)


def actor() -> Actor:
    """Give who is asking."""
    return known().actor
