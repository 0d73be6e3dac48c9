"""States of the pages on which authors write quizzes and courses, look at findings and replace words."""

from __future__ import annotations

from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.states_desk import author

ROOT = f"/workspace/{SAMPLE}"
QUIZ = f"{ROOT}/welcome/quiz"


def _tried(hands: Hands, _: Actor) -> None:
    hands.open(f"{QUIZ}/try")
    hands.press("#check .acts button")


def _explained(hands: Hands, _: Actor) -> None:
    hands.open(f"{ROOT}/findings")
    hands.follow('.questions .acts a:not([href*="fix"])')


FIX = f"{ROOT}/findings/fix?file=courses/{SAMPLE}/forms/draft/01-first-form.fr.md&rule=french-apostrophe"
STATES = [
    State("quiz editor", QUIZ, who=author, has=".questions"),
    State("quiz editor, one question", f"{QUIZ}/w-q01", who=author, has=".row-card"),
    State("quiz editor, a text with blanks", f"{QUIZ}/w-q08", who=author, has=".row-card .row-card"),
    State("quiz editor, new question", f"{QUIZ}/new", who=author, has=".choice .hint"),
    State("quiz editor, remove", f"{QUIZ}/w-q01/remove", who=author, has="button.grave"),
    State("quiz editor, try", f"{QUIZ}/try", who=author, has=".question"),
    State("quiz editor, tried", _tried, who=author, has=".question"),
    State("draft findings", f"{ROOT}/findings", who=author, world="drafting", has=".questions"),
    State("draft findings, explained", _explained, who=author, world="drafting", has="#reason"),
    State("draft findings, automatic fix", FIX, who=author, world="drafting", has="tbody tr"),
    State("find and replace", f"{ROOT}/replace", who=author, has="#find"),
    State("find and replace, places", f"{ROOT}/replace?find=hello&put=good+day", who=author, has="mark"),
    State("new course", "/workspace/new", who=author, has="#title-en"),
    State("new module", f"{ROOT}/new", who=author, has="#module"),
    State("new lesson", f"{ROOT}/welcome/new", who=author, has="#title-en"),
]
