"""States of the pages of authors and admins."""

from __future__ import annotations

from lms.actions import reporting
from lms.actions.desk import Desk
from lms.core.people import NOBODY, Actor, Role
from tests.builders_learning import SAMPLE_CODE, a_member
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import member, nobody

MESSAGES = (
    ("barrier", "The second picture has no description that my reader finds.", "amina@example.org"),
    ("unclear", "Who decides what a safe place is?", ""),
)


def author(desk: Desk) -> Actor:
    """Bring somebody who writes courses."""
    return a_member(desk, "Alex", Role.AUTHOR)


def admin(desk: Desk) -> Actor:
    """Bring somebody who looks after the site."""
    return a_member(desk, "Robin", Role.ADMIN)


def told(desk: Desk) -> Actor:
    """Bring an author whom two learners have told something."""
    for kind, text, contact in MESSAGES:
        said = reporting.Told(
            desk.new_id(), SAMPLE_CODE, "m1/l1#s1", kind=kind, text=text, contact=contact, anonymous=False
        )
        reporting.report_barrier(desk, NOBODY, said, locale="en", origin=desk.new_id())
    return author(desk)


def told_admin(desk: Desk) -> Actor:
    """Bring an admin for whom something waits."""
    told(desk)
    return admin(desk)


def _closed(hands: Hands, _: Actor) -> None:
    hands.open("/desk")
    hands.press("main .stack form.act button")


STATES = [
    State("desk", "/desk", who=told, has=".stack .told"),
    State("desk, nothing waits", "/desk", who=author, world="bare", has=".empty"),
    State("desk, a message closed", _closed, who=told, has=".notice.done"),
    State("administration", "/admin", who=told_admin, has="tbody tr"),
    State("administration, nothing waits", "/admin", who=admin, world="bare", has=".empty"),
    State("error 403, not for this account", "/desk", who=member),
    State("sign in, asked to at the desk", "/desk", who=nobody, has=".notice.done"),
]
