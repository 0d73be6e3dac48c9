"""A pinned quiz as native controls, and what was sent as replies: shapes only, no rule.

A field is named `<question id>:<part>`; each question on the page sends a marker `seen`, so that an empty
answer differs from a question that was not there. `macros/quiz.html` draws what is built here. Called by
`views.quiz`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from lms.actions.papers import Asked, Paper
from lms.core.locales import Words
from lms.core.marking import HasInstead, asked, order_given
from lms.core.quiz import (
    UNGRADED,
    Answers,
    ChoiceQuestion,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    Reply,
)
from lms.web.quiz_words import Said, Speaker

SEEN = "seen"
_TAG = re.compile(r"<[^>]*>")
_HOLE = re.compile(r"\{(g[0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to choose: a radio, a box, or an entry of a list."""

    id: str
    value: str
    words: Markup
    chosen: bool

    @property
    def text(self) -> Markup:
        """The words without markup, for a list; no-break spaces stay (`striptags` would lose them)."""
        return Markup(_TAG.sub("", self.words))  # noqa: S704  # escaped before, and shorter now


@dataclass(frozen=True, slots=True)
class Row:
    """One list to choose from, with its own label: a pair, a step, a gap."""

    id: str
    name: str
    part: str
    label: Markup
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Controls:
    """The controls of one question: marks, or rows of lists, or a box to type in.

    `kind` is radios, boxes, rows, order, gaps, text, number or thought; `pieces` is a text with its gaps.
    """

    kind: str
    name: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[Row, ...] = ()
    pieces: tuple[Markup | Row, ...] = ()
    typed: str = ""
    unit: Markup | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question on the page, counted from 1."""

    number: int
    question: str
    said: Said
    hint: Markup | None
    signed: Markup
    controls: Controls
    is_instead: bool
    has_instead: bool
    ungraded: bool

    @property
    def id(self) -> str:
        """The id of the question’s group."""
        return f"q{self.number}"

    @property
    def first(self) -> str:
        """The control that an error leads to."""
        marks, rows = self.controls.marks, self.controls.rows
        return marks[0].id if marks else rows[0].id if rows else f"{self.id}-text"


def field_name(question: str, part: str) -> str:
    """Name a field.

    >>> field_name("m1-q01", "choice")
    'm1-q01:choice'
    """
    return f"{question}:{part}"


def read_answers(sent: MultiDict[str, str]) -> Answers:
    """Give the replies in what was sent: every question that was on the page, answered or not.

    Which questions and parts there are is judged by the action, which leaves out whatever else was sent.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {question: {} for question in sent.getlist(SEEN)}
    for name, values in sent.lists():
        question, colon, part = name.partition(":")
        if colon and any(values):
            found.setdefault(question, {})[part] = tuple(values)
    return found


def moved(question: OrderQuestion, entry: Asked, reply: Reply, step: str, *, up: bool) -> Reply:
    """Move a step one place up or down in the order that the page shows."""
    order = list(_shown_order(question, entry, reply))
    if step in order:
        here = order.index(step)
        there = max(0, min(len(order) - 1, here + (-1 if up else 1)))
        order.insert(there, order.pop(here))
    return {name: (str(place),) for place, name in enumerate(order, start=1)}


def _shown_order(question: OrderQuestion, entry: Asked, reply: Reply) -> Sequence[str]:
    given = order_given(question, reply)
    return given if len(given) == len(question.steps) else entry.drawn.order["step"]


def fields_of(paper: Paper, answers: Answers, speaker_of: Callable[[Asked], Speaker]) -> tuple[Field, ...]:
    """Build the controls of all questions, with what was answered so far."""
    return tuple(
        _field(number, entry, answers.get(entry.question.id, {}), speaker_of(entry))
        for number, entry in enumerate(paper.asked, start=1)
    )


def _field(number: int, entry: Asked, reply: Reply, speaker: Speaker) -> Field:
    question = asked(entry.question, reply)
    return Field(
        number=number,
        question=entry.question.id,
        said=speaker.asked(question.prompt),
        hint=speaker.told(question.hint) if question.hint else None,
        signed=speaker.signed(entry.question.id, gettext("Question %(number)s", number=number)),
        controls=_Builder(f"q{number}", entry, reply, speaker).controls(question),
        is_instead=question is not entry.question,
        has_instead=isinstance(entry.question, HasInstead),
        ungraded=question.kind in UNGRADED,
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds the controls of one question."""

    id: str
    entry: Asked
    reply: Reply
    speaker: Speaker

    def controls(self, question: Question) -> Controls:
        match question:
            case ChoiceQuestion():
                return self._choice(question)
            case MatchQuestion():
                return Controls("rows", rows=tuple(self._match(question)))
            case OrderQuestion():
                return Controls("order", rows=tuple(self._order(question)))
            case GapsQuestion():
                rows = {row.part: row for row in self._gaps(question)}
                return Controls("gaps", rows=tuple(rows.values()), pieces=self._holes(question, rows))
            case LikertQuestion():
                return self._likert(question)
            case _:
                return self._typed(question)

    def _name(self, part: str) -> str:
        return field_name(self.entry.question.id, part)

    def _given(self, part: str) -> tuple[str, ...]:
        return self.reply.get(part, ())

    def _mark(self, part: str, value: str, words: Markup) -> Mark:
        return Mark(f"{self.id}-{part}-{value}", value, words, value in self._given(part))

    def _choice(self, question: ChoiceQuestion) -> Controls:
        options = {option.id: option for option in question.options}
        order = self.entry.drawn.order["choice" if question is self.entry.question else "instead"]
        marks = tuple(self._mark("choice", one, self.speaker.line(options[one].text)) for one in order)
        return Controls("boxes" if question.kind == "choices" else "radios", self._name("choice"), marks)

    def _row(self, part: str, label: Markup, choices: Sequence[tuple[str, Markup]]) -> Row:
        marks = tuple(self._mark(part, value, words) for value, words in choices)
        return Row(f"{self.id}-{part}", self._name(part), part, label, marks)

    def _match(self, question: MatchQuestion) -> Iterator[Row]:
        rights: dict[str, Words] = {pair.id: pair.right for pair in question.pairs}
        rights |= {trap.id: trap.text for trap in question.distractors}
        choices = [(one, self.speaker.line(rights[one])) for one in self.entry.drawn.order["right"]]
        for pair in question.pairs:
            yield self._row(pair.id, self.speaker.line(pair.left), choices)

    def _order(self, question: OrderQuestion) -> Iterator[Row]:
        steps = {step.id: step for step in question.steps}
        places = [(str(place), escape(place)) for place in range(1, len(steps) + 1)]
        given = order_given(question, self.reply)
        reply = self.reply
        if "order" in reply:
            reply = {name: (str(place),) for place, name in enumerate(given, start=1)}
        rows = _Builder(self.id, self.entry, reply, self.speaker)
        for step in _shown_order(question, self.entry, self.reply):
            yield rows._row(step, self.speaker.line(steps[step].text), places)

    def _gaps(self, question: GapsQuestion) -> Iterator[Row]:
        for number, gap in enumerate(question.gaps, start=1):
            options = {option.id: option for option in gap.options}
            choices = [(one, self.speaker.line(options[one].text)) for one in self.entry.drawn.order[gap.id]]
            label = escape(gettext("Gap %(number)s of %(count)s", number=number, count=len(question.gaps)))
            yield self._row(gap.id, label, choices)

    def _holes(self, question: GapsQuestion, rows: dict[str, Row]) -> tuple[Markup | Row, ...]:
        cut = _HOLE.split(question.text.text(self.speaker.locale))
        said = [
            self.speaker.line(Words({question.text.best(self.speaker.locale)[0]: text})) for text in cut[::2]
        ]
        holes = [rows[name] for name in cut[1::2]]
        return tuple(
            piece for pair in zip(said, [*holes, None], strict=True) for piece in pair if piece is not None
        )

    def _likert(self, question: LikertQuestion) -> Controls:
        ends = {1: question.low, question.points: question.high}
        marks = []
        for point in range(1, question.points + 1):
            end = Markup(" – {}").format(self.speaker.line(ends[point])) if point in ends else Markup("")
            marks.append(self._mark("point", str(point), escape(point) + end))
        return Controls("radios", self._name("point"), tuple(marks))

    def _typed(self, question: Question) -> Controls:
        kind = {"number": "number", "reflection": "thought"}.get(question.kind, "text")
        typed = next(iter(self._given("text")), "")
        unit = question.unit if isinstance(question, NumberQuestion) else None
        said = self.speaker.line(unit) if unit else None
        return Controls(kind, self._name("text"), typed=typed, unit=said)
