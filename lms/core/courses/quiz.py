"""Questions and answers: the shapes of a quiz file and of a reply.

Each kind maps one to one to a QTI 3 interaction (named in its docstring). Holds no mark (see `marking`),
no rendering and no randomness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.courses.document import Block, Paragraph, Text
from lms.core.locales import Words

#: Where a part of a text with holes stands: its id in braces. Whoever reads such a text reads it with this.
HOLE = re.compile(r"\{([A-Za-z0-9][A-Za-z0-9_-]*)\}")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, with feedback that answers the misconception behind it."""

    id: str
    text: Words
    feedback: Words
    correct: bool = False
    then: Words | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that belong together."""

    id: str
    left: Words
    right: Words
    feedback: Words


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in a text, filled from a list."""

    id: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Feedback for kinds whose reply is right or wrong as a whole."""

    right: Words
    wrong: Words


@dataclass(frozen=True, slots=True)
class _Question:
    id: str
    prompt: Words
    outcome: str
    rests_on: tuple[str, ...]
    hint: Words | None


@dataclass(frozen=True, slots=True)
class ChoiceQuestion(_Question):
    """One or several options. QTI choiceInteraction; `then` on options makes a scenario branch."""

    kind: str  # choice | choices | true-false | branch
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class MatchQuestion(_Question):
    """Pairs to put together, with optional distractors. QTI matchInteraction."""

    pairs: tuple[Pair, ...]
    distractors: tuple[Option, ...]
    instead: ChoiceQuestion
    kind: str = "match"


@dataclass(frozen=True, slots=True)
class OrderQuestion(_Question):
    """Steps in their right order. QTI orderInteraction."""

    steps: tuple[Option, ...]
    feedback: Verdict
    instead: ChoiceQuestion
    kind: str = "order"


@dataclass(frozen=True, slots=True)
class TextQuestion(_Question):
    """A word or two; accents, case and spaces are forgiven. QTI textEntryInteraction."""

    accept: Mapping[str, tuple[str, ...]]
    feedback: Verdict
    instead: ChoiceQuestion
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class NumberQuestion(_Question):
    """A number (decimal strings); a decimal comma is forgiven. QTI textEntryInteraction."""

    answer: str
    tolerance: str
    unit: Words | None
    feedback: Verdict
    instead: ChoiceQuestion
    kind: str = "number"


@dataclass(frozen=True, slots=True)
class GapsQuestion(_Question):
    """A text with holes such as `{g1}` (see `HOLE`), each filled from a list. QTI inlineChoiceInteraction."""

    text: Words
    gaps: tuple[Gap, ...]
    kind: str = "gaps"


@dataclass(frozen=True, slots=True)
class ReflectionQuestion(_Question):
    """An ungraded answer in one's own words. QTI extendedTextInteraction."""

    sample: Words | None
    kind: str = "reflection"


@dataclass(frozen=True, slots=True)
class LikertQuestion(_Question):
    """An ungraded place on a scale. QTI choiceInteraction."""

    points: int
    low: Words
    high: Words
    kind: str = "likert"


Question = (
    ChoiceQuestion
    | MatchQuestion
    | OrderQuestion
    | TextQuestion
    | NumberQuestion
    | GapsQuestion
    | ReflectionQuestion
    | LikertQuestion
)

UNGRADED = frozenset({"reflection", "likert"})


@dataclass(frozen=True, slots=True)
class Quiz:
    """A bank of questions; `draw` of them are asked.

    `comments` says when a module check comments: at the `end`, or on `each` answer as one goes.
    """

    id: str
    version: str
    draw: int
    questions: tuple[Question, ...]
    digest: str = ""
    marked: Mapping[str, tuple[Block, ...]] = field(
        default_factory=dict
    )  # texts that hold Markdown, read once
    comments: str = "end"

    def blocks(self, text: str) -> tuple[Block, ...]:
        """Return a prompt, an option or feedback as blocks; a text without Markdown is one paragraph."""
        return self.marked.get(text) or (Paragraph((Text(text),)),)

    @property
    def graded(self) -> tuple[Question, ...]:
        """Return the questions that count."""
        return tuple(question for question in self.questions if question.kind not in UNGRADED)

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return next((question for question in self.questions if question.id == question_id), None)


#: A reply to one question: field name -> values as typed or chosen.
#: choice kinds: {"choice": (option ids)}; match: {pair id: (right-hand pair or distractor id,)};
#: order: {"order": (step ids in the order given)}; text, number, reflection: {"text": (typed,)};
#: gaps: {gap id: (option id,)}; likert: {"point": ("1".."n",)}.
#: A reply to the equivalent choice item carries {"instead": ("1",), "choice": (option id,)}.
Reply = Mapping[str, tuple[str, ...]]
#: A reply that was commented on while the attempt was open carries {TOLD: ("1",)}: it stays as it is.
TOLD = ".told"  # no id that an author gives begins with a point
#: The names of fields above: no pair, step, distractor or gap may have one of them as its id.
REPLY_FIELDS = frozenset({"choice", "instead", "order", "point", "text"})
Answers = Mapping[str, Reply]
