"""A bank of questions on paper: what is asked, how it is answered with a pen, and the key with its comments.

Holds how the parts of a question become letters, numbers and lines to write on; the parts and the key come
from `core.learning.presenting`, their order from `core.learning.draw`, so that it gives nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from lms.core.courses.course import Module
from lms.core.courses.quiz import HOLE, Question, Quiz
from lms.core.learning.draw import order_of
from lms.core.learning.presenting import (
    AnswerKey,
    Comment,
    Interaction,
    Presented,
    ShownPart,
    TaggedText,
    key_of,
    present,
)
from lms.rendering.lessons.blocks import Drawing
from lms.rendering.lessons.blocks_law import LawFacts
from lms.rendering.lessons.inline import in_its_language

_NOTHING = Markup("")
_NUMBERED = frozenset({Interaction.MATCH, Interaction.GAPS})  # parts have numbers, their options letters

Say = Callable[[TaggedText | None], Markup]
Marks = Mapping[tuple[str, str], str]  # part, option -> what names it on paper


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """One thing to choose, to match or to number, with its letter or number."""

    mark: str
    words: Markup


@dataclass(frozen=True, slots=True)
class PrintedComment:
    """One line of the key: `state` is right, wrong or note; `mark` and `about` say which part is meant."""

    state: str
    mark: str
    about: Markup
    words: Markup
    then: Markup


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """One question on paper, counted from 1.

    `lists` are what is chosen from, with a pair of lists to match and one list for each gap; `answer` says
    what is right in letters, numbers or words.
    """

    number: int
    kind: Interaction
    ungraded: bool
    prompt: Markup
    hint: Markup
    text: Markup
    lists: tuple[tuple[PrintedEntry, ...], ...]
    unit: Markup
    answer: tuple[str, ...]
    remarks: tuple[PrintedComment, ...]
    laws: tuple[LawFacts, ...]
    held: tuple[Markup, ...] = ()  # on hold: not to be relied on


def letter(place: int) -> str:
    """Return the letter of an entry, counted from 0.

    >>> letter(0), letter(3)
    ('A', 'D')
    """
    return chr(ord("A") + place)


def speaking(quiz: Quiz, drawing_of: Callable[[str], Drawing], locale: str) -> Say:
    """Return what says a text of the quiz as blocks, marked where it is in another language (WCAG 3.1.2)."""

    def say(told: TaggedText | None) -> Markup:
        if not told or not told.text:
            return _NOTHING
        html = drawing_of(told.lang).blocks(quiz.blocks(told.text))
        return in_its_language(html, told.lang, locale, "div") if html else html

    return say


def sheets(module: Module, say: Say, drawing: Drawing, as_of: str) -> tuple[PrintedQuestion, ...]:
    """Return every question of a module’s bank, in the order of the bank; `as_of`: when its law was read."""

    def sheet(number: int, question: Question) -> PrintedQuestion:
        order, locale = order_of(question, f"{module.id}/paper"), drawing.voice.locale
        shown, key = present(question, locale, order), key_of(question, locale, order)
        facts = (drawing.law(name, as_of) for name in shown.rests_on)
        marks = _marks(shown)
        return PrintedQuestion(
            number=number,
            kind=shown.interaction,
            ungraded=not shown.graded,
            prompt=say(shown.prompt),
            hint=say(shown.hint),
            text=_with_holes(shown, say),
            lists=tuple(_lists(shown, say)),
            unit=say(shown.unit),
            answer=_answer(shown, key, marks, locale),
            remarks=tuple(_remark(comment, marks, say) for comment in key.comments),
            laws=tuple(one for one in facts if one),
            held=tuple(drawing.cautions(drawing.held.on_item(module.id, question.id, question.rests_on))),
        )

    return tuple(sheet(number, question) for number, question in enumerate(module.quiz.questions, start=1))


def _marks(shown: Presented) -> Marks:
    numbered = shown.interaction in _NUMBERED
    return {
        (part.id, option.id): f"{number} – {letter(place)}" if numbered else letter(place)
        for number, part in enumerate(shown.parts, start=1)
        for place, option in enumerate(part.options)
    }


def _with_holes(shown: Presented, say: Say) -> Markup:
    numbers = {part.id: number for number, part in enumerate(shown.parts, start=1)}
    holed = HOLE.sub(
        lambda found: (
            f'<span class="hole">({numbers[found[1]]}) ………</span>' if found[1] in numbers else found[0]
        ),
        say(shown.text),
    )
    return Markup(holed)  # noqa: S704  # escaped by `say`


def _lists(shown: Presented, say: Say) -> Iterable[tuple[PrintedEntry, ...]]:
    labels = [part.label for part in shown.parts]
    if shown.interaction is Interaction.ORDER:
        return [tuple(PrintedEntry(letter(place), say(label)) for place, label in enumerate(labels))]
    if shown.interaction is Interaction.SCALE:
        points = (option for part in shown.parts for option in part.options)
        return [tuple(PrintedEntry(point.id, say(point.text)) for point in points)]
    if shown.interaction is Interaction.MATCH:
        lefts = tuple(PrintedEntry(str(number), say(label)) for number, label in enumerate(labels, start=1))
        return [lefts, _lettered(shown.parts[0], say)]
    return [_lettered(part, say) for part in shown.parts if part.options]


def _lettered(part: ShownPart, say: Say) -> tuple[PrintedEntry, ...]:
    return tuple(PrintedEntry(letter(place), say(one.text)) for place, one in enumerate(part.options))


def _answer(shown: Presented, key: AnswerKey, marks: Marks, locale: str) -> tuple[str, ...]:
    if shown.interaction is Interaction.ORDER:
        letters = {part.id: letter(place) for place, part in enumerate(shown.parts)}
        return tuple(letters[step] for step in key.right)
    if key.accepted:
        spread = f" ± {key.tolerance}" if key.tolerance else ""
        return tuple(in_its_language(escape(one.text + spread), one.lang, locale) for one in key.accepted)
    return tuple(mark for (part, option), mark in marks.items() if option in key.right.get(part, ()))


def _remark(comment: Comment, marks: Marks, say: Say) -> PrintedComment:
    return PrintedComment(
        state=comment.state,
        mark=marks.get((comment.part, comment.option), ""),
        about=say(comment.about or comment.chosen),
        words=say(comment.text),
        then=say(comment.then),
    )
