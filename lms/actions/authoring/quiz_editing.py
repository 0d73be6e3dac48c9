"""The quiz of a draft, changed question by question: fill in, add, move, take out, settings.

A question is saved with the digest at which it was read. Two people on different questions merge; on the
same one the second is refused and loses nothing. What is wrong with the words never keeps anybody from
saving. Ids are made here, of chance: none comes twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from lms.actions.action import Who, command, query
from lms.actions.context import Context
from lms.actions.publishing.preparing import save_draft
from lms.actions.publishing.reach import require_course
from lms.content.editing.rewriting import fresh, rewritten
from lms.core import ids
from lms.core.authoring.quizzes.question_forms import QuestionForm, Sent, digest_of, taken
from lms.core.authoring.quizzes.question_shapes import PARTS
from lms.core.authoring.quizzes.quiz_draft import QuizDraft
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.people.actors import Actor
from lms.rendering.words.subjects.question_templates import question_template

TIMES = 5  # another question of the same file may be saved in between so many times
MOST_ASKED = 50
_LETTERS = 10  # of an id: 50 random bits
_COUNT = re.compile("[1-9][0-9]?")

Edit = Callable[[QuizDraft, bytes], bytes]


def _read(context: Context, course: str, module: str) -> QuizDraft:
    return context.library.quiz_draft(course, module, context.today())


@query("authoring.quiz", by=Who.STAFF, scoped=True)
def quiz(context: Context, actor: Actor, course: str, module: str) -> QuizDraft:
    """Return the quiz of a draft with its findings.

    Raises: NotFound `course.unknown`, `module.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, course)
    return _read(context, course, module)


def settings_of(value: Mapping[str, Any]) -> str:
    """Return the settings of a quiz on one line, as a page holds them until they are saved.

    >>> settings_of({"draw": 3}), settings_of({"draw": 5, "comments": "each"})
    ('3 end', '5 each')
    """
    return _settings(value.get("draw", ""), value.get("comments", "end"))


def _settings(draw: object, comments: object) -> str:
    return f"{draw} {'each' if comments == 'each' else 'end'}"


def _new_id(context: Context) -> str:
    return ids.secret(context.random(ids.RANDOM_BYTES))[-_LETTERS:]


def _edit(context: Context, actor: Actor, course: str, module: str, edit: Edit) -> None:
    """Change the file of a quiz as it stands; once more when another part of it was saved meanwhile."""
    left = TIMES
    while True:
        draft = _read(context, course, module)
        raw = context.library.draft_file(course, draft.file)
        made = edit(draft, raw)
        if made == raw:
            return
        try:
            save_draft(context, actor, course, draft.file, made, expected=draft.digest)
        except Conflict as problem:
            left -= 1
            if problem.code != "draft.changed" or not left:
                raise
        else:
            return


def _found(draft: QuizDraft, question: str, expected: str) -> tuple[int, Mapping[str, Any]]:
    entry, place = draft.entry(question), draft.place_of(question)
    if entry is None or place is None:
        raise NotFound("question.gone", question=question)
    if expected and digest_of(entry) != expected:
        raise Conflict("question.changed", question=question)
    return place, entry


@command("authoring.save_question", by=Who.AUTHOR)
def save_question(
    context: Context, actor: Actor, course: str, module: str, question: str, *, sent: Sent, expected: str
) -> str:
    """Save what was filled in for one question if nobody changed that question; return its new digest.

    Raises: NotFound `course.unknown`, `module.unknown`, `question.gone`; Conflict `question.changed`,
    `draft.by-hand`, `draft.changed`; Invalid `draft.not-whole`; Unavailable `disk.write-failed`.
    """
    digests: list[str] = []

    def edit(draft: QuizDraft, raw: bytes) -> bytes:
        place, entry = _found(draft, question, expected)
        made = taken(entry, QuestionForm(sent, draft.locales, lambda: _new_id(context)))
        digests.append(digest_of(made))
        return rewritten(raw, ("items", place), made)

    _edit(context, actor, course, module, edit)
    return digests[-1]


@command("authoring.add_question", by=Who.AUTHOR)
def add_question(context: Context, actor: Actor, course: str, module: str, *, kind: str, outcome: str) -> str:
    """Add a question of a kind at the end, from its template; return its id.

    Raises: as `save_question`; Invalid `question.kind-unknown`, `question.outcome-unknown`.
    """
    if kind not in PARTS:
        raise Invalid("question.kind-unknown", kind=kind)
    made = _new_id(context)

    def edit(draft: QuizDraft, raw: bytes) -> bytes:
        if outcome not in {one.id for one in draft.outcomes}:
            raise Invalid("question.outcome-unknown", outcome=outcome)
        entry = question_template(
            kind, made, outcome, draft.course.required_locales, lambda: _new_id(context)
        )
        if not raw:
            return fresh({"id": module, "draw": 1, "items": (entry,)}).encode()
        items = draft.value.get("items")
        listed = items if isinstance(items, tuple) else ()
        return rewritten(raw, ("items",), (*listed, entry))

    _edit(context, actor, course, module, edit)
    return made


@command("authoring.move_question", by=Who.AUTHOR)
def move_question(
    context: Context, actor: Actor, course: str, module: str, question: str, *, by: int
) -> None:
    """Move a question up (-1) or down (1) in the list; at its end it stays where it is.

    Raises: as `save_question`.
    """

    def edit(draft: QuizDraft, raw: bytes) -> bytes:
        place, _ = _found(draft, question, "")
        items = list(draft.value["items"])
        there = min(max(place + by, 0), len(items) - 1)
        items.insert(there, items.pop(place))
        return rewritten(raw, ("items",), tuple(items))

    _edit(context, actor, course, module, edit)


@command("authoring.remove_question", by=Who.AUTHOR)
def remove_question(
    context: Context, actor: Actor, course: str, module: str, question: str, *, expected: str
) -> None:
    """Take a question out of the draft if nobody changed it since it was read. Its id never comes again.

    Raises: as `save_question`.
    """

    def edit(draft: QuizDraft, raw: bytes) -> bytes:
        place, _ = _found(draft, question, expected)
        items = draft.value["items"]
        return rewritten(raw, ("items",), (*items[:place], *items[place + 1 :]))

    _edit(context, actor, course, module, edit)


@command("authoring.set_quiz", by=Who.AUTHOR)
def set_quiz(
    context: Context, actor: Actor, course: str, module: str, *, draw: str, comments: str, expected: str
) -> None:
    """Save how many questions are asked, and when answers are commented on: at the `end` or on `each`.

    `expected` is the state of both as they were read (`settings_of`).

    Raises: as `save_question`; Invalid `quiz.draw-shape`; Conflict `quiz.settings-changed`.
    """
    if not _COUNT.fullmatch(draw) or int(draw) > MOST_ASKED:
        raise Invalid("quiz.draw-shape")

    def edit(draft: QuizDraft, raw: bytes) -> bytes:
        if not raw:
            raise NotFound("question.gone", question="")
        if settings_of(draft.value) not in {expected, _settings(draw, comments)}:
            raise Conflict("quiz.settings-changed")
        raw = rewritten(raw, ("draw",), int(draw))
        if comments == draft.value.get("comments", "end"):
            return raw
        return rewritten(raw, ("comments",), "each" if comments == "each" else None)

    _edit(context, actor, course, module, edit)
