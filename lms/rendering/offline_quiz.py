"""A bank of questions on paper: what is asked, how it is answered with a pen, and the key with its comments.

Holds how each kind becomes letters, numbers and lines to write on; the order of the parts comes from
`core.draw`, so that it gives nothing away. Holds no control and no mark. Called by `offline`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lms.core.course import Module
from lms.core.draw import Order, order_of
from lms.core.locales import Words, direction
from lms.core.quiz import (
    UNGRADED,
    ChoiceQuestion,
    Gap,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Question,
    Quiz,
    ReflectionQuestion,
    TextQuestion,
    Verdict,
)
from lms.rendering.blocks import Drawing
from lms.rendering.blocks_law import LawFacts

_HOLE = re.compile(r"\{(g[0-9]+)\}")
_NOTHING = Markup("")

Say = Callable[[Words], Markup]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose, to match or to number; `mark` is its letter or number, empty where it gets one."""

    mark: str
    words: Markup


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the key: `state` is right, wrong or note; `mark` and `about` say which part is meant."""

    state: str
    mark: str
    about: Markup
    words: Markup
    then: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Body:
    """How a question is answered: `kind` is one, several, match, order, gaps, word, number, thought or scale.

    `entries` are what is asked about, `choices` what is chosen from; `answer` says what is right in letters,
    numbers or words.
    """

    kind: str
    entries: tuple[Entry, ...] = ()
    choices: tuple[Entry, ...] = ()
    gaps: tuple[tuple[Entry, ...], ...] = ()
    text: Markup = _NOTHING
    unit: Markup = _NOTHING
    answer: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question on paper, counted from 1."""

    number: int
    ungraded: bool
    prompt: Markup
    hint: Markup
    body: Body
    laws: tuple[LawFacts, ...]


def letter(place: int) -> str:
    """Give the letter of an entry, counted from 0.

    >>> letter(0), letter(3)
    ('A', 'D')
    """
    return chr(ord("A") + place)


def speaking(quiz: Quiz, drawing_of: Callable[[str], Drawing], locale: str) -> Say:
    """Give what says a text of the quiz as blocks, marked where it is in another language (WCAG 3.1.2)."""

    def say(words: Words) -> Markup:
        lang, text = words.best(locale)
        html = drawing_of(lang).blocks(quiz.blocks(text)) if text else _NOTHING
        if not html or lang in {locale, locale.split("-", maxsplit=1)[0]}:
            return html
        return Markup('<div lang="{}" dir="{}">{}</div>').format(lang, direction(lang), html)

    return say


def sheets(module: Module, say: Say, drawing: Drawing, as_of: str) -> tuple[Sheet, ...]:
    """Give every question of a module’s bank, in the order of the bank; `as_of` is when its law was read."""

    def sheet(number: int, question: Question) -> Sheet:
        facts = (drawing.law(name, as_of) for name in question.rests_on)
        return Sheet(
            number=number,
            ungraded=question.kind in UNGRADED,
            prompt=say(question.prompt),
            hint=say(question.hint) if question.hint else _NOTHING,
            body=_body(question, say, order_of(question, f"{module.id}/paper"), drawing.voice.locale),
            laws=tuple(one for one in facts if one),
        )

    return tuple(sheet(number, question) for number, question in enumerate(module.quiz.questions, start=1))


def _body(question: Question, say: Say, order: Order, locale: str) -> Body:
    match question:
        case ChoiceQuestion():
            return _choice(question, say, order)
        case MatchQuestion():
            return _match(question, say, order)
        case OrderQuestion():
            return _order(question, say, order)
        case GapsQuestion():
            return _gaps(question, say, order)
        case TextQuestion() | NumberQuestion():
            return _typed(question, say, locale)
        case _:
            return _open(question, say)


def _open(question: ReflectionQuestion | LikertQuestion, say: Say) -> Body:
    if isinstance(question, LikertQuestion):
        return _scale(question, say)
    sample = (Remark("note", "", _NOTHING, say(question.sample)),) if question.sample else ()
    return Body("thought", remarks=sample)


def _lettered(options: Sequence[Option], order: Sequence[str]) -> list[tuple[str, Option]]:
    found = {option.id: option for option in options}
    return [(letter(place), found[name]) for place, name in enumerate(order)]


def _entries(lettered: Sequence[tuple[str, Option]], say: Say) -> tuple[Entry, ...]:
    return tuple(Entry(mark, say(option.text)) for mark, option in lettered)


def _comment(mark: str, option: Option, say: Say, before: str = "") -> Remark:
    state = "right" if option.correct else "wrong"
    then = say(option.then) if option.then else _NOTHING
    return Remark(state, before + mark, say(option.text), say(option.feedback), then)


def _choice(question: ChoiceQuestion, say: Say, order: Order) -> Body:
    options = _lettered(question.options, order["choice"])
    return Body(
        "several" if question.kind == "choices" else "one",
        choices=_entries(options, say),
        answer=tuple(mark for mark, option in options if option.correct),
        remarks=tuple(_comment(mark, option, say) for mark, option in options),
    )


def _match(question: MatchQuestion, say: Say, order: Order) -> Body:
    rights = {pair.id: pair.right for pair in question.pairs}
    rights |= {trap.id: trap.text for trap in question.distractors}
    marks = {name: letter(place) for place, name in enumerate(order["right"])}
    pairs = list(enumerate(question.pairs, start=1))
    return Body(
        "match",
        entries=tuple(Entry(str(number), say(pair.left)) for number, pair in pairs),
        choices=tuple(Entry(mark, say(rights[name])) for name, mark in marks.items()),
        answer=tuple(f"{number} – {marks[pair.id]}" for number, pair in pairs),
        remarks=tuple(
            Remark("note", f"{number} – {marks[pair.id]}", say(pair.left), say(pair.feedback))
            for number, pair in pairs
        ),
    )


def _order(question: OrderQuestion, say: Say, order: Order) -> Body:
    steps = _lettered(question.steps, order["step"])
    marks = {step.id: mark for mark, step in steps}
    return Body(
        "order",
        choices=_entries(steps, say),
        answer=tuple(marks[step.id] for step in question.steps),
        remarks=_verdict(question.feedback, say),
    )


def _verdict(verdict: Verdict, say: Say) -> tuple[Remark, ...]:
    return (
        Remark("right", "", _NOTHING, say(verdict.right)),
        Remark("wrong", "", _NOTHING, say(verdict.wrong)),
    )


def _gaps(question: GapsQuestion, say: Say, order: Order) -> Body:
    filled = [(number, gap, _lettered(gap.options, order[gap.id])) for number, gap in _counted(question)]
    numbers = {gap.id: number for number, gap, _ in filled}

    def hole(found: re.Match[str]) -> str:
        return f'<span class="hole">({numbers.get(found[1], "")}) ………</span>'

    return Body(
        "gaps",
        gaps=tuple(_entries(options, say) for _, _, options in filled),
        text=Markup(_HOLE.sub(hole, say(question.text))),  # noqa: S704  # escaped by `say`
        answer=tuple(
            f"{number} – {mark}" for number, _, options in filled for mark, one in options if one.correct
        ),
        remarks=tuple(
            _comment(mark, option, say, f"{number} – ")
            for number, _, options in filled
            for mark, option in options
        ),
    )


def _counted(question: GapsQuestion) -> list[tuple[int, Gap]]:
    return list(enumerate(question.gaps, start=1))


def _typed(question: TextQuestion | NumberQuestion, say: Say, locale: str) -> Body:
    remarks = _verdict(question.feedback, say)
    if isinstance(question, NumberQuestion):
        unit = say(question.unit) if question.unit else _NOTHING
        spread = f" ± {question.tolerance}" if question.tolerance.strip("0.") else ""
        return Body("number", unit=unit, answer=(question.answer + spread,), remarks=remarks)
    accepted = question.accept.get(locale) or next(iter(question.accept.values()))
    return Body("word", answer=tuple(accepted), remarks=remarks)


def _scale(question: LikertQuestion, say: Say) -> Body:
    ends = {1: say(question.low), question.points: say(question.high)}
    points = range(1, question.points + 1)
    return Body("scale", choices=tuple(Entry(str(point), ends.get(point, _NOTHING)) for point in points))
