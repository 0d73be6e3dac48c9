"""States of the questions before, after and three months later, and of the pages that invite to them."""

from __future__ import annotations

from lms.core.people.actors import Actor
from tests.builders_surveys import a_letter
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import certified, enrolled, graduate, graduate_of_old
from tests.pages.states_public import COURSE

WORLD = "curious"
QUESTIONS = f"{COURSE}/questions"
SEND = "#questions button:not([name]):not([type=reset])"


def _answered(hands: Hands, _: Actor) -> None:
    hands.open(f"{QUESTIONS}/before")
    hands.browser.run("arguments[0].click()", hands.browser.find("main input[type=radio]:not([form])"))
    hands.press(SEND)


def _later(hands: Hands) -> str:
    """Return the address in the letter of three months later."""
    return f"{QUESTIONS}/later?letter={a_letter(hands.context, 'sample-course')}"


def _made_up(hands: Hands, _: Actor) -> None:
    hands.open(_later(hands))
    hands.browser.run("arguments[0].value = '9'", hands.browser.find("main input[type=radio]:not([form])"))
    hands.browser.run("arguments[0].click()", hands.browser.find("main input[type=radio]:not([form])"))
    hands.press(SEND)


def _nothing_chosen(hands: Hands, _: Actor) -> None:
    hands.open(_later(hands))
    hands.press(SEND)


def _by_letter(hands: Hands, _: Actor) -> None:
    hands.open(_later(hands))


STATES = [
    State("questions, before", f"{QUESTIONS}/before", world=WORLD, has="#confidence-c3"),
    State("questions, after", f"{QUESTIONS}/after", who=graduate, world=WORLD, has="#intention-i1"),
    State("questions, later", _by_letter, world=WORLD, has="#obstacles"),
    State("questions, a reply that nobody offered", _made_up, world=WORLD, has=".errors"),
    State("questions, answered", _answered, who=enrolled, world=WORLD, has=".notice.done"),
    State("questions, nothing chosen", _nothing_chosen, world=WORLD, has=".notice.done"),
    State("course that asks", COURSE, world=WORLD, has="a[href$='/questions/before']"),
    State("course that asks, begun", COURSE, who=enrolled, world=WORLD, has="a[href$='/questions/before']"),
    State("course that asks, complete", COURSE, who=graduate, world=WORLD, has="a[href$='/questions/after']"),
    State(
        "certificate of a course that asks",
        f"{COURSE}/certificate",
        who=certified,
        world=WORLD,
        has="a[href$='/questions/after']",
    ),
    State(
        "my learning, three months later",
        "/my-learning",
        who=graduate_of_old,
        world=WORLD,
        has="a[href$='/questions/later']",
    ),
]
