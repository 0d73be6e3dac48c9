"""States of what is on hold: the pages of authors, and what learners see of it."""

from __future__ import annotations

from lms.core.courses.opaque import opaque
from lms.core.people.actors import Actor
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import answering, enrolled, failing, halfway
from tests.pages.states_desk import author
from tests.pages.states_public import COURSE

HOLDS = "/workspace/holds"
WHICH = f"{HOLDS}/new?course=sample-course"
FORM = f"{HOLDS}/new?course=sample-course&kind=box&item=welcome/st1"


def _open_one(hands: Hands, _: Actor) -> None:
    hands.open(HOLDS)
    hands.press("main .stack p:last-child a")


def _wrong(hands: Hands, _: Actor) -> None:
    hands.open(FORM)
    hands.browser.run("for (const one of document.querySelectorAll('main textarea, #since')) one.value = ''")
    hands.press("main button[value=hold]")


def _previewed(hands: Hands, _: Actor) -> None:
    hands.open(FORM)
    hands.press("main button[value=preview]")


def _result(hands: Hands, _: Actor) -> None:
    hands.open(f"{COURSE}/results")
    hands.press("main tbody a")


STATES = [
    State("holds", HOLDS, who=author, world="held", has=".stack .state.due"),
    State("holds, nothing is on hold", HOLDS, who=author, has=".empty"),
    State("a hold", _open_one, who=author, world="held", has="#why"),
    State("a hold, which course", f"{HOLDS}/new", who=author, has="#course"),
    State(
        "a hold, which statement", f"{HOLDS}/new?course=sample-course", who=author, world="held", has=".stack"
    ),
    State("a hold, the form", FORM, who=author, has=".notice.held"),
    State("a hold, the form once more", _previewed, who=author, has=".notice.held"),
    State("a hold, the form with faults", _wrong, who=author, has=".errors"),
    State("lesson, a statement on hold", f"{COURSE}/m1/l1", who=enrolled, world="held", has=".law .held"),
    State(
        "lesson, a law of a place on hold",
        f"{COURSE}/m2/l2?place=ca-on",
        who=enrolled,
        world="held",
        has=".place .held",
    ),
    State(
        "check, a question on hold", f"{COURSE}/m1/check", who=answering, world="held", has=".question .held"
    ),
    State(
        "check, it has to wait",
        f"{COURSE}/m2/check",
        who=halfway,
        world="held",
        has=".notice.caution",
    ),
    State("result, a question left out", _result, who=failing, world="held", has=".comments .held"),
    State("law on hold", f"/register/{opaque('sample-access-act')}", world="held", has=".notice.caution"),
]
