"""States of the pages of versions: what differs, translations, review, publishing, as of a date."""

from __future__ import annotations

from lms.actions.context import Context
from lms.core.people.actors import Actor, Role
from tests.builders_learning import SAMPLE, a_member
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import member
from tests.pages.states_public import COURSE

HOME = f"/workspace/{SAMPLE}"


def publisher(context: Context) -> Actor:
    """Bring somebody who writes, reviews and publishes."""
    return a_member(context, "Robin", Role.ADMIN, Role.AUTHOR, Role.REVIEWER)


def author(context: Context) -> Actor:
    """Bring somebody who writes, and no more."""
    return a_member(context, "Alex", Role.AUTHOR)


def _confirmed(hands: Hands, _: Actor) -> None:
    hands.open(f"{HOME}/translation")
    hands.press("form.act button")


STATES = [
    State("differences", f"{HOME}/differences", who=author, world="drafted", has=".change del"),
    State("differences, none", f"{HOME}/differences", who=author, has=".empty"),
    State("translation", f"{HOME}/translation", who=author, world="drafted", has=".change form"),
    State("translation, confirmed", _confirmed, who=author, world="drafted", has=".notice.done"),
    State("review", f"{HOME}/review", who=publisher, world="drafted", has=".notice.caution"),
    State("publish", f"{HOME}/publish", who=publisher, world="drafted", has="#seal-form"),
    State("publish, as an author", f"{HOME}/publish", who=author, world="drafted", has="#activate .change"),
    State("error 403, workspace", f"{HOME}/publish", who=member),
    State("versions", f"{COURSE}/versions", has="ol.stack"),
    State("as of", f"{COURSE}/as-of?lesson=m1/l1", has="article.lesson"),
    State("as of, a day that has not come", f"{COURSE}/as-of?on=2099-01-01", has=".errors"),
]
