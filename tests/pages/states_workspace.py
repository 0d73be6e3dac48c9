"""States of the pages on which lessons are written. Each begins anew from the files of the sample site."""

from __future__ import annotations

from itertools import count

from lms.actions.authoring import editing
from lms.actions.context import Context
from lms.core.authoring.lessons.changes import SetText
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.edits import Edit
from lms.core.authoring.lessons.pieces import PARAGRAPH, walk
from lms.core.people.actors import Actor, Role
from tests.builders_learning import SAMPLE, a_member
from tests.pages.hands import Hands
from tests.pages.looks import State
from tests.pages.states_desk import author

AT = LessonPlace(SAMPLE, "welcome", "greeting")
BASE = f"/workspace/{SAMPLE}/welcome/greeting"
NUMBERS = count(2)  # what is saved again says something else each time, or it would change nothing


def reviewer(context: Context) -> Actor:
    """Bring somebody who approves drafts, and writes none."""
    return a_member(context, "Kim", Role.REVIEWER)


def _saved(context: Context, actor: Actor, words: str) -> None:
    """Save other words in the first paragraph."""
    draft = editing.open_lesson(context, actor, AT)
    text = draft.texts["en"]
    place = next(place for place, piece in walk(text.root) if piece.kind == PARAGRAPH)
    editing.save_lesson(context, actor, AT, [Edit("en", text.digest, SetText(place, words))])


def _history(hands: Hands, who: Actor) -> None:
    _saved(hands.context, who, f"A good welcome takes {next(NUMBERS)} seconds.")
    hands.open(f"{BASE}/history")


def _past(hands: Hands, who: Actor) -> None:
    _history(hands, who)
    hands.follow("main tbody td a")


def _clash(hands: Hands, who: Actor) -> None:
    hands.open(BASE)
    _saved(hands.context, who, f"Somebody else wrote {next(NUMBERS)} words.")
    hands.fill("t:en:2", "Mine, typed meanwhile.")
    hands.press("main .save-bar button")


STATES = [
    State("workspace, course", f"/workspace/{SAMPLE}", who=author, has="tbody tr", world="workspace"),
    State("workspace, lesson", BASE, who=author, has=".block textarea", world="workspace"),
    State("workspace, source", f"{BASE}/source", who=author, has="textarea.markdown", world="workspace"),
    State("workspace, preview", f"{BASE}/preview", who=author, has=".lesson section", world="workspace"),
    State("workspace, history", _history, who=author, has="tbody tr", world="workspace"),
    State("workspace, an earlier text", _past, who=author, has=".past", world="workspace"),
    State("workspace, which type of block", f"{BASE}/add", who=author, has=".kinds", world="workspace"),
    State("workspace, a new picture", f"{BASE}/add?kind=figure", who=author, has="#file", world="workspace"),
    State("workspace, words marked", f"{BASE}/mark?mark=en:2", who=author, has="#marked", world="workspace"),
    State(
        "workspace, another file", f"{BASE}/file?file=en:8,fr:8", who=author, has="#alt-en", world="workspace"
    ),
    State("workspace, sign language", f"{BASE}/signing", who=author, has="#part", world="workspace"),
    State("workspace, read by a reviewer", "/workspace", who=reviewer, has=".links", world="workspace"),
    State("workspace, course read", f"/workspace/{SAMPLE}", who=reviewer, has="tbody tr", world="workspace"),
    State("workspace, two texts", _clash, who=author, has=".clash", world="workspace"),
]
