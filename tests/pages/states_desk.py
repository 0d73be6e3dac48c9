"""States of the pages of authors and admins."""

from __future__ import annotations

from lms.actions.context import Context
from lms.actions.learning import feedback
from lms.core.people.actors import NOBODY, Actor, Role
from tests.builders_learning import SAMPLE_CODE, a_member
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import member, nobody

MESSAGES = (
    ("barrier", "The second picture has no description that my reader finds.", "amina@example.org"),
    ("unclear", "Who decides what a safe place is?", ""),
)


def author(context: Context) -> Actor:
    """Bring somebody who writes courses."""
    return a_member(context, "Alex", Role.AUTHOR)


def admin(context: Context) -> Actor:
    """Bring somebody who looks after the site."""
    return a_member(context, "Robin", Role.ADMIN)


def told(context: Context) -> Actor:
    """Bring an author whom two learners have told something."""
    for kind, text, contact in MESSAGES:
        said = feedback.FeedbackReceipt(
            context.new_id(), SAMPLE_CODE, "m1/l1#s1", kind=kind, text=text, contact=contact, anonymous=False
        )
        feedback.report_barrier(context, NOBODY, said, locale="en", origin=context.new_id())
    return author(context)


def told_admin(context: Context) -> Actor:
    """Bring an admin for whom something waits."""
    told(context)
    return admin(context)


def _closed(hands: Hands, _: Actor) -> None:
    hands.open("/desk")
    hands.press("main .stack form.act button")


STATES = [
    State("my work", "/workspace", who=told, world="drafted", has=".work"),
    State("my work, nothing waits", "/workspace?course=none&mine=y", who=author, has=".empty"),
    State("desk", "/desk", who=told, has=".stack .told"),
    State("desk, nothing waits", "/desk", who=author, world="bare", has=".empty"),
    State("desk, a message closed", _closed, who=told, has=".notice.done"),
    State("administration", "/admin", who=told_admin, has="tbody tr"),
    State("administration, nothing waits", "/admin", who=admin, world="unpublished", has=".empty"),
    State("error 403, not for this account", "/desk", who=member),
    State("sign in, asked to at the desk", "/desk", who=nobody, has=".notice.done"),
]
