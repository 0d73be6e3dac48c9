"""A pinned quiz as native controls, and what was sent as replies: shapes only, no rule.

A field is named `<question id>:<part>`; each question on the page sends a marker `seen`, so that an empty
answer differs from a question that was not there. The parts come from `core.learning.presenting`;
`macros/quiz.html` draws what is built here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from lms.actions.learning.attempt_views import AskedQuestion, AttemptView
from lms.core.courses.course import Release
from lms.core.courses.quiz import TOLD, UNGRADED, Answers, Question
from lms.core.learning.marking import mark_one
from lms.core.learning.presenting import (
    Interaction,
    Presented,
    ShownOption,
    ShownPart,
    TaggedText,
    present,
)
from lms.core.legislation.held import Hold
from lms.web.quizzes.quiz_results import ResultLine, line_of
from lms.web.quizzes.quiz_words import MarkedText, Speaker
from lms.web.shell.forms import SEEN

MARKED = "."  # how the names of our own marks in a reply begin
_TAG = re.compile(r"<[^>]*>")
_CLOSING = re.compile("[\u00a0\u202f]?[.,;:!?…»”’)]+")
MARKED_ONE_BY_ONE = frozenset({Interaction.ONE, Interaction.SEVERAL, Interaction.SCALE})


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
        return Markup(_TAG.sub("", self.words.replace("<br>", " ")))  # noqa: S704  # escaped before, and shorter now


@dataclass(frozen=True, slots=True)
class FormRow:
    """The control of one part: marks or a list to choose from, or without any a box to type in.

    `tail` is what closes the word right behind it: a full stop, a quotation mark.
    """

    id: str
    name: str
    part: str
    label: Markup
    marks: tuple[Mark, ...]
    typed: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question on the page, counted from 1; `pieces` is a text with its gaps.

    `told` is the comment on an answer that was asked for already, and stays; `held` what is said of a
    question that is on hold.
    """

    number: int
    title: str
    question: str
    kind: Interaction
    said: MarkedText
    hint: Markup | None
    signed: Markup
    rows: tuple[FormRow, ...]
    pieces: tuple[Markup | FormRow, ...]
    unit: Markup | None
    is_instead: bool
    has_instead: bool
    ungraded: bool
    told: ResultLine | None
    held: tuple[Markup, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether a part of the question is answered."""
        return any(row.typed or any(mark.chosen for mark in row.marks) for row in self.rows)

    @property
    def id(self) -> str:
        """The id of the question’s group."""
        return f"q{self.number}"

    @property
    def first(self) -> str:
        """The control that an error leads to."""
        row = self.rows[0]
        return row.marks[0].id if self.kind in MARKED_ONE_BY_ONE else row.id


def field_name(question: str, part: str) -> str:
    """Name a field.

    >>> field_name("m1-q01", "choice")
    'm1-q01:choice'
    """
    return f"{question}:{part}"


def read_answers(sent: MultiDict[str, str]) -> Answers:
    """Return the replies in what was sent: every question that was on the page, answered or not.

    Which questions and parts there are is judged by the action, which leaves out whatever else was sent. What
    begins with a point is a mark of ours (`TOLD`), which nobody sends.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {question: {} for question in sent.getlist(SEEN)}
    for name, values in sent.lists():
        question, colon, part = name.partition(":")
        if colon and any(values) and not part.startswith(MARKED):
            found.setdefault(question, {})[part] = tuple(values)
    return found


def fields_of(
    paper: AttemptView, answers: Answers, speaker_of: Callable[[AskedQuestion], Speaker], only: int = 0
) -> tuple[Field, ...]:
    """Build the controls of all questions, or of `only` one of them, with what was answered so far."""
    counted = sum(one.question.kind not in UNGRADED for one in paper.asked)
    return tuple(
        _field(
            title_of(number, entry.question, counted),
            number,
            replace(entry, reply=answers.get(entry.question.id, {})),
            speaker_of(entry),
            paper.release,
            told=paper.comments_now and TOLD in entry.reply,
            holds=paper.holds_on(entry),
        )
        for number, entry in enumerate(paper.asked, start=1)
        if only in {0, number}
    )


def title_of(number: int, question: Question, counted: int = 0) -> str:
    """Return what a question is called: its number, of so many where told; what does not count has none."""
    if question.kind in UNGRADED:
        return str(gettext("One more question"))
    if counted:
        return str(gettext("Question %(number)s of %(count)s", number=number, count=counted))
    return str(gettext("Question %(number)s", number=number))


def _field(
    title: str,
    number: int,
    entry: AskedQuestion,
    speaker: Speaker,
    release: Release,
    *,
    told: bool,
    holds: tuple[Hold, ...],
) -> Field:
    """Build one question; `told` says whether the answer that was kept has been commented on."""
    reply = entry.reply
    question = present(entry.question, speaker.locale, entry.drawn.order, reply)
    shown = question.asked
    rows = {row.part: row for row in _rows(number, question.id, shown, speaker)}
    marked = mark_one(entry.question, reply) if told else None
    return Field(
        number=number,
        title=title,
        question=question.id,
        kind=shown.interaction,
        said=speaker.asked(shown.prompt),
        hint=speaker.told(shown.hint) if shown.hint else None,
        signed=speaker.signed(question.id, number),
        rows=tuple(rows.values()),
        pieces=tuple(_pieces(shown, rows, speaker)),
        unit=speaker.line(shown.unit) if shown.unit else None,
        is_instead=shown is not question,
        has_instead=question.instead is not None,
        ungraded=not shown.graded,
        told=line_of(entry, marked, speaker, release) if marked else None,
        held=speaker.cautions(holds),
    )


def _pieces(shown: Presented, rows: Mapping[str, FormRow], speaker: Speaker) -> Iterator[Markup | FormRow]:
    """Return a text with its blanks; what closes a word right behind one stays on its line."""
    row: FormRow | None = None
    for piece in shown.pieces:
        if isinstance(piece, ShownPart):
            if row:
                yield row
            row = rows[piece.id]
            continue
        closing = _CLOSING.match(piece.text) if row else None
        tail = closing[0] if closing else ""
        if row:
            yield replace(row, tail=tail)
            row = None
        yield speaker.line(TaggedText(piece.lang, piece.text.removeprefix(tail)))
    if row:
        yield row


def _rows(number: int, question: str, shown: Presented, speaker: Speaker) -> Iterator[FormRow]:
    options: tuple[ShownOption, ...] = ()
    said: list[tuple[str, Markup]] = []
    for place, part in enumerate(shown.parts, start=1):
        if part.options is not options:  # a match and an order say what is chosen from once
            options = part.options
            said = [(option.id, _words(option, shown, speaker)) for option in options]
        name = f"q{number}-{part.id}"
        yield FormRow(
            id=name,
            name=field_name(question, part.id),
            part=part.id,
            label=_label(part, place, shown, speaker),
            marks=tuple(Mark(f"{name}-{value}", value, words, value in part.given) for value, words in said),
            typed="" if part.options else next(iter(part.given), ""),
        )


def _words(option: ShownOption, shown: Presented, speaker: Speaker) -> Markup:
    if option.text is None:
        return escape(option.id)
    said = speaker.line(option.text)
    return Markup("{} – {}").format(option.id, said) if shown.interaction is Interaction.SCALE else said


def _label(part: ShownPart, place: int, shown: Presented, speaker: Speaker) -> Markup:
    if shown.interaction is Interaction.GAPS:
        return escape(gettext("Blank %(number)s of %(count)s", number=place, count=len(shown.parts)))
    return speaker.line(part.label) if part.label else Markup("")
