"""States of checks, results, one's own learning and "tell us"."""

from __future__ import annotations

from collections.abc import Callable

from lms.core.people.actors import Actor
from tests.pages.hands import Hands
from tests.pages.looks import Deeds, State
from tests.pages.people import (
    answering,
    at_check,
    at_final,
    at_final_check,
    at_second_check,
    begun,
    enrolled,
    failing,
    graduate,
    halfway,
    member,
    moved,
    on_the_old_version,
    one_by_one,
    reviewing,
    staying,
    visitor,
)
from tests.pages.states_public import COURSE

CHECK = f"{COURSE}/m1/check"
FINAL = f"{COURSE}/check"


def _ready(hands: Hands) -> None:
    """Wait until the script has put its buttons beside the steps."""
    hands.appears(".steps .nudge")


def _every_kind(hands: Hands, _: Actor) -> None:
    hands.open(CHECK)
    _ready(hands)


def _some_missing(hands: Hands, _: Actor) -> None:
    hands.open(CHECK)
    answer_something(hands)
    hands.press("main button[value=check]")
    _ready(hands)


def _press(path: str, button: str, *, first: Callable[[Hands], None] | None = None) -> Deeds:
    """Open a page, do something in it, press one of its buttons."""

    def way(hands: Hands, _: Actor) -> None:
        hands.open(path)
        if first:
            first(hands)
        hands.press(button)

    return way


def answer_something(hands: Hands) -> None:
    """Touch one control of each kind: enough to be marked, not enough to be right."""
    for box in hands.browser.find_all("main input[type=radio]:not([form]), main input[type=checkbox]")[:3]:
        hands.browser.run("arguments[0].click()", box)
    for field in hands.browser.find_all("main #check input[type=text]"):
        field.send_keys("quiet")


def _moved(hands: Hands, _: Actor) -> None:
    """Put two steps in their places, then one of them earlier: without leaving the page."""
    hands.open(CHECK)
    for button in ("next", "next", "up:not([aria-disabled])"):
        hands.appears(f".steps .{button}:not([hidden])").click()


def _narrow(hands: Hands, _: Actor) -> None:
    hands.browser.device(width=360)
    hands.open(CHECK)
    hands.appears("form.stepped")


def _told_at_once(hands: Hands, _: Actor) -> None:
    hands.open(CHECK)
    answer_something(hands)
    hands.press("main .question:has(input:checked:not([form])) button[name=tell]")


def _marked(hands: Hands, _: Actor) -> None:
    hands.open(CHECK)
    answer_something(hands)
    hands.press("main button[value=check]")
    if hands.browser.find_all("main button[value=check-anyway]"):
        hands.press("main button[value=check-anyway]")


def _last_result(path: str) -> Deeds:
    def way(hands: Hands, _: Actor) -> None:
        hands.open(f"{COURSE}/results")
        hands.follow(f'main a[href*="{path}"]')

    return way


def _told(hands: Hands, _: Actor) -> None:
    hands.open("/tell-us?course=s4mp&place=m1/l1%23s1")
    hands.browser.run("arguments[0].click()", hands.browser.find("main input[type=radio]:not([form])"))
    hands.fill("text", "The second picture has no description.")
    hands.press("#tell button:not([name])")


CHECKS = [
    State("check, before it begins", CHECK, who=at_check),
    State("check, lessons left", CHECK, who=enrolled, has=".notice.caution"),
    State("check, visitor", CHECK, who=visitor),
    State("check, after a try", CHECK, who=failing, has="main a[href*='/result/']"),
    State("check, questions", CHECK, who=answering, has="#check .question"),
    State("check, every kind of question", _every_kind, who=answering, world="thorough", has="#q10"),
    State(
        "check, every answer missing",
        _press(CHECK, "main button[value=check]"),
        who=answering,
        world="thorough",
        has=".errors li + li",
    ),
    State(
        "check, some answers missing",
        _some_missing,
        who=answering,
        world="thorough",
        has=".errors",
    ),
    State("check, a step moved", _moved, who=answering, world="thorough", has=".steps .moved"),
    State("check, one question a screen, first", CHECK, who=one_by_one, has="progress.thin"),
    State(
        "check, one question a screen, middle",
        _press(CHECK, "main button[value=next]", first=answer_something),
        who=one_by_one,
        world="thorough",
        has="button[value=previous]",
    ),
    State(
        "check, one question a screen, last",
        f"{CHECK}?question=99",
        who=one_by_one,
        world="thorough",
        has="button[value=check]",
    ),
    State(
        "check, one question a screen, answers missing",
        _press(f"{CHECK}?question=99", "main button[value=check]"),
        who=one_by_one,
        world="thorough",
        has=".errors li + li",
    ),
    State("check, one at a time because it is narrow", _narrow, who=answering, has="form.stepped"),
    State("check, an answer told", _told_at_once, who=answering, world="telling", has=".remark"),
    State(
        "check, an answer that cannot be told yet",
        _press(CHECK, "main button[name=tell]"),
        who=answering,
        world="telling",
        has=".errors",
    ),
    State(
        "check, asked in another way",
        _press(CHECK, "main button[name=instead]"),
        who=answering,
        world="thorough",
        has="button[name=first]",
    ),
    State("check, a scale", f"{COURSE}/m2/check", who=at_second_check, world="thorough", has="#q6"),
    State(
        "check, kept for later",
        _press(CHECK, "main button[value=leave]", first=answer_something),
        who=answering,
        has=".notice.done",
    ),
    State("check, sensitive", CHECK, who=answering, world="discreet", has=".leave"),
    State("result, every kind of question", _marked, who=answering, world="thorough", has="#r10"),
    State("result, nothing answered", _last_result("m1/check/result"), who=failing, has=".again"),
    State("result, passed", _last_result("m1/check/result"), who=halfway, has=".outcome.passed"),
    State("final check, before it begins", FINAL, who=at_final),
    State("final check, not yet", FINAL, who=begun),
    State("final check, questions", FINAL, who=at_final_check, has="#check .question"),
    State("final check, look over", f"{FINAL}/review", who=reviewing, has="#send"),
    State("final check, look over with gaps", f"{FINAL}/review", who=at_final_check, has=".notice.caution"),
    State("final check, passed", _last_result("s4mp/check/result"), who=graduate, has=".little-sheet"),
]

MY_LEARNING = [
    State("my learning", "/my-learning", who=halfway),
    State("my learning, nothing", "/my-learning", who=member, has=".empty"),
    State("my learning, visitor", "/my-learning", who=visitor, has=".notice"),
    State("my learning, complete", "/my-learning", who=graduate, has="a[href$='/certificate']"),
    State(
        "my learning, a new version",
        "/my-learning",
        who=on_the_old_version,
        world="renewed",
        has="form[action$='/stay']",
    ),
    State(
        "my learning, finishing the old version",
        "/my-learning",
        who=staying,
        world="renewed",
        has="form[action$='/move']",
    ),
    State("my learning, moved", "/my-learning", who=moved, world="renewed", has=".state.updated"),
    State("course, a new version", COURSE, who=on_the_old_version, world="renewed"),
    State("lesson, changed since", f"{COURSE}/m1/l1", who=moved, world="renewed", has=".notice.caution"),
    State("results", f"{COURSE}/results", who=graduate, has="tbody tr"),
    State("results, none", f"{COURSE}/results", who=enrolled, has=".empty"),
]

TELL_US = [
    State("tell us", "/tell-us"),
    State("tell us, member, about a section", "/tell-us?course=s4mp&place=m1/l1%23s1", who=enrolled),
    State("tell us, nothing typed", _press("/tell-us", "#tell button:not([name])"), has=".errors"),
    State("tell us, done", _told, who=enrolled, has=".notice.done"),
]

STATES = [*CHECKS, *MY_LEARNING, *TELL_US]
