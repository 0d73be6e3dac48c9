"""States of a course that builds on another one, and of asking to have earlier learning recognised."""

from __future__ import annotations

from lms.actions.context import Context
from lms.actions.learning import learning, recognition
from lms.core.learning.prerequisites import RecognitionRequest
from lms.core.people.actors import SYSTEM, Actor
from tests.builders_learning import SAMPLE_CODE, pass_check, read_all
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import Who, graduate, member
from tests.pages.worlds import NEXT_CODE

WORLD = "building"
COURSE = f"/c/{NEXT_CODE}"
ASK = f"{COURSE}/earlier-learning/{SAMPLE_CODE}"
SEND = "#earlier button:not([name])"
TOLD = RecognitionRequest("Welcome at the desk, a workshop of two days", "Lakeside school", "2024")


def _tried(context: Context) -> Actor:
    """Somebody who has tried the first module and cannot go on yet."""
    who = member(context)
    learning.try_first_module(context, who, NEXT_CODE, "en")
    read_all(context, who, NEXT_CODE, only="m1")
    pass_check(context, who, "m1", NEXT_CODE)
    return who


def _two_at_once(context: Context) -> Actor:
    """Somebody with two courses under way."""
    who = _tried(context)
    learning.enrol(context, who, SAMPLE_CODE, "en")
    return who


def asked(context: Context) -> Actor:
    """Somebody whose request waits."""
    who = member(context)
    assert recognition.ask(context, who, NEXT_CODE, SAMPLE_CODE, TOLD)
    return who


def _answered(*, granted: bool, reason: str = "") -> Who:
    """Somebody whose request has an answer."""

    def who(context: Context) -> Actor:
        found = asked(context)
        waiting = (line.request for line in recognition.waiting(context, SYSTEM))
        mine = next(one.id for one in waiting if one.person == found.person)
        recognition.answer(context, SYSTEM, mine, granted=granted, reason=reason)
        return found

    return who


granted = _answered(granted=True)
declined = _answered(granted=False, reason="The workshop was about another law. The course takes five hours.")


def _nothing_typed(hands: Hands, _: Actor) -> None:
    hands.open(ASK)
    hands.press(SEND)


def _sent(hands: Hands, _: Actor) -> None:
    hands.open(ASK)
    hands.fill("learned", TOLD.learned)
    hands.fill("provider", TOLD.provider)
    hands.fill("period", TOLD.period)
    hands.press(SEND)


FIRST = "#first"
TRY, SEE = "form[action$='/try']", "a[href$='#first']"
STATES = [
    State("course that builds on another", COURSE, world=WORLD, has=FIRST),
    State("course that builds on another, member", COURSE, who=member, world=WORLD, has=TRY),
    State("course that builds on another, tried", COURSE, who=_tried, world=WORLD, has=FIRST),
    State("course that builds on another, asked", COURSE, who=asked, world=WORLD, has=".state.due"),
    State("course that builds on another, declined", COURSE, who=declined, world=WORLD, has=".state.left"),
    State("course that builds on another, recognised", COURSE, who=granted, world=WORLD, has=".state.done"),
    State("course that builds on another, done", COURSE, who=graduate, world=WORLD, has=".state.done"),
    State("lesson beyond the first module", f"{COURSE}/m2/l1", who=_tried, world=WORLD, has=FIRST),
    State("check beyond the first module", f"{COURSE}/m2/check", who=_tried, world=WORLD, has=FIRST),
    State("my learning, another course first", "/my-learning", who=_tried, world=WORLD, has=SEE),
    State("my learning, two courses", "/my-learning", who=_two_at_once, world=WORLD, has="section + section"),
    State("glossary, two courses", "/glossary", world=WORLD),
    State("my learning, recognition asked", "/my-learning", who=asked, world=WORLD, has="#earlier"),
    State("my learning, recognised", "/my-learning", who=granted, world=WORLD, has="#earlier"),
    State("my learning, not recognised", "/my-learning", who=declined, world=WORLD, has="#earlier"),
    State("earlier learning", ASK, who=member, world=WORLD),
    State("earlier learning, nothing typed", _nothing_typed, who=member, world=WORLD, has=".errors"),
    State("earlier learning, sent", _sent, who=member, world=WORLD, has=".notice.done"),
]
