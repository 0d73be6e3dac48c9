"""Refusals: each status that a page can end with, met on the way that leads to it."""

from __future__ import annotations

from lms.actions.learning import quizzing
from lms.core.people.actors import Actor
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.people import answering, enrolled, graduate, member
from tests.pages.states_public import COURSE

START = f"{COURSE}/m1/check/start"


def _not_understood(hands: Hands, _: Actor) -> None:
    hands.open(f"{COURSE}/certificate")
    hands.send(f"{COURSE}/certificate", {"name": "Amina Diallo"})


def _forged(hands: Hands, _: Actor) -> None:
    hands.open("/reading")
    hands.send("/reading", {"size": "large"}, token="of-another-site")  # not a secret: it is wrong


def _taken(hands: Hands, _: Actor) -> None:
    other = answering(hands.context)
    paper = quizzing.open_check(hands.context, other, "s4mp", "m1").paper
    assert paper
    hands.open(f"{COURSE}/m1/check")
    hands.send(START, {"attempt": paper.attempt.id})


def _too_large(hands: Hands, _: Actor) -> None:
    hands.open("/tell-us")
    hands.send("/tell-us", {"text": "far too much " * 90_000})


def _not_usable(hands: Hands, _: Actor) -> None:
    hands.open(f"{COURSE}/m1/check")
    hands.send(START, {"attempt": "no id of ours"})


def _locked(hands: Hands, _: Actor) -> None:
    hands.open("/reading")
    with hands.context.database.writing():
        hands.send("/reading", {"size": "large", "text": "What I typed is still here."})


STATES = [
    State("error 400", _not_understood, who=graduate),
    State("error 403, a form that was not ours", _forged),
    State("error 404", "/nowhere"),
    State("error 404, member", f"{COURSE}/m9/l9", who=enrolled),
    State("error 405", f"{COURSE}/start", who=member),
    State("error 409", _taken, who=enrolled),
    State("error 413", _too_large),
    State("error 422", _not_usable, who=enrolled),
    State("error 429", "/support", world="torn"),
    State("error 500", "/glossary", world="torn"),
    State("error 503", _locked, who=member),
]
