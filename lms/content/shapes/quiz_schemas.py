"""The shape of a quiz file: one strict model per kind of question.

Holds pydantic models and no meaning; `quizzes` turns them into core questions.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lms.content.shapes.schemas import Decimal, Ident, LanguageTag, Slug, Strict, Text, Words


class OptionEntry(Strict):
    """One thing to choose."""

    id: Ident
    correct: bool = False
    text: Words
    feedback: Words


class BranchOptionEntry(OptionEntry):
    """One thing to do, and what happens then."""

    then: Words


Options = Annotated[tuple[OptionEntry, ...], Field(min_length=2, max_length=8)]


class VerdictEntry(Strict):
    """Feedback on a reply as a whole."""

    right: Words
    wrong: Words


class TruthEntry(Strict):
    """Feedback for each of the two answers."""

    true: Words
    false: Words


class InsteadEntry(Strict):
    """The equivalent choice item, offered on request."""

    prompt: Words
    options: Options


class QuestionSchema(Strict):
    """What every question has."""

    id: Ident
    outcome: Ident
    rests_on: tuple[Slug, ...] = ()
    prompt: Words
    hint: Words | None = None


class ChoiceItem(QuestionSchema):
    """One right option."""

    kind: Literal["choice"]
    options: Options


class ChoicesItem(QuestionSchema):
    """One or more right options."""

    kind: Literal["choices"]
    options: Options


class BranchItem(QuestionSchema):
    """A decision in a situation."""

    kind: Literal["branch"]
    options: Annotated[tuple[BranchOptionEntry, ...], Field(min_length=2, max_length=8)]


class TrueFalseItem(QuestionSchema):
    """A statement to judge."""

    kind: Literal["true-false"]
    answer: bool
    feedback: TruthEntry


class PairEntry(Strict):
    """Two things that belong together."""

    id: Ident
    left: Words
    right: Words
    feedback: Words


class DistractorEntry(Strict):
    """Something on the right that belongs to nothing."""

    id: Ident
    text: Words


class MatchItem(QuestionSchema):
    """Pairs to put together."""

    kind: Literal["match"]
    pairs: Annotated[tuple[PairEntry, ...], Field(min_length=3, max_length=5)]
    distractors: tuple[DistractorEntry, ...] = ()
    instead: InsteadEntry


class StepEntry(Strict):
    """A step, in its right place."""

    id: Ident
    text: Words


class OrderItem(QuestionSchema):
    """Steps to put in order."""

    kind: Literal["order"]
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=3, max_length=6)]
    feedback: VerdictEntry
    instead: InsteadEntry


class TextItem(QuestionSchema):
    """A word or two."""

    kind: Literal["text"]
    accept: Annotated[
        dict[LanguageTag, Annotated[tuple[Text, ...], Field(min_length=1)]], Field(min_length=1)
    ]
    feedback: VerdictEntry
    instead: InsteadEntry


class NumberItem(QuestionSchema):
    """A number."""

    kind: Literal["number"]
    answer: Decimal
    tolerance: Decimal = "0"
    unit: Words | None = None
    feedback: VerdictEntry
    instead: InsteadEntry


class GapEntry(Strict):
    """A hole with its list."""

    id: Ident
    options: Options


class GapsItem(QuestionSchema):
    """A text with holes."""

    kind: Literal["gaps"]
    text: Words
    gaps: Annotated[tuple[GapEntry, ...], Field(min_length=1, max_length=8)]


class ReflectionItem(QuestionSchema):
    """Never graded."""

    kind: Literal["reflection"]
    sample: Words | None = None


class EndsEntry(Strict):
    """The two ends of a scale."""

    low: Words
    high: Words


class LikertItem(QuestionSchema):
    """Never graded."""

    kind: Literal["likert"]
    points: Annotated[int, Field(ge=2, le=11)]
    ends: EndsEntry


AnyItem = Annotated[
    ChoiceItem
    | ChoicesItem
    | BranchItem
    | TrueFalseItem
    | MatchItem
    | OrderItem
    | TextItem
    | NumberItem
    | GapsItem
    | ReflectionItem
    | LikertItem,
    Field(discriminator="kind"),
]


class QuizFile(Strict):
    """`quizzes/<course>/<module>/draft.yaml`."""

    id: Slug
    draw: Annotated[int, Field(ge=1, le=50)]
    comments: Literal["end", "each"] = "end"
    items: Annotated[tuple[AnyItem, ...], Field(min_length=1)]
