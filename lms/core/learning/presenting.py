"""One question as everybody draws it: what is asked, in which parts, what is right, which words answer.

The form, the result, the paper and every exported format draw these descriptions, so that nobody else needs
to know the kinds of question. Each text is plain or Markdown (see `Quiz.blocks`) and says which language it
really is in. Holds no mark (see `marking`), no word of the interface and no HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from lms.core.courses.quiz import (
    HOLE,
    ChoiceQuestion,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    Question,
    ReflectionQuestion,
    Reply,
    TextQuestion,
)
from lms.core.learning.draw import Order
from lms.core.learning.marking import (
    Feedback,
    HasInstead,
    MarkedItem,
    asked,
    is_instead,
    on_option,
    order_given,
)
from lms.core.locales import Words

AS_WRITTEN: Order = {}
NO_REPLY: Reply = {}


class Interaction(StrEnum):
    """How a question is answered; the comment names the interaction of QTI 3."""

    ONE = "one"  # choiceInteraction, one option
    SEVERAL = "several"  # choiceInteraction, any number of options
    SCALE = "scale"  # choiceInteraction, never marked
    MATCH = "match"  # matchInteraction
    ORDER = "order"  # orderInteraction
    GAPS = "gaps"  # inlineChoiceInteraction
    TEXT = "text"  # textEntryInteraction
    NUMBER = "number"  # textEntryInteraction
    THOUGHT = "thought"  # extendedTextInteraction, never marked


INTERACTIONS: Mapping[str, Interaction] = {
    "choice": Interaction.ONE,
    "true-false": Interaction.ONE,
    "branch": Interaction.ONE,
    "choices": Interaction.SEVERAL,
    "match": Interaction.MATCH,
    "order": Interaction.ORDER,
    "text": Interaction.TEXT,
    "number": Interaction.NUMBER,
    "gaps": Interaction.GAPS,
    "reflection": Interaction.THOUGHT,
    "likert": Interaction.SCALE,
}


_COMMENTED_PART_BY_PART = frozenset(
    {Interaction.ONE, Interaction.SEVERAL, Interaction.MATCH, Interaction.GAPS}
)


class TaggedText(NamedTuple):
    """A text and its language; `lang` is empty for what has none: a number, or what a learner typed."""

    lang: str
    text: str


class ShownOption(NamedTuple):
    """One thing to choose; without a text its id is what people read: a place, a point of a scale."""

    id: str
    text: TaggedText | None = None


class ShownPart(NamedTuple):
    """One thing to fill in: `id` is its field in the reply, `given` what the reply says there.

    Without a label the prompt is the label; without options it is typed.
    """

    id: str
    label: TaggedText | None
    options: tuple[ShownOption, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer in words; `about` is the left-hand side of a pair."""

    about: TaggedText | None
    text: TaggedText


@dataclass(frozen=True, slots=True)
class Presented:
    """A question: its parts in the order of their draw, with the reply so far, and without its key.

    `text` is a text with holes, `steps` the order that the reply gives, `instead` the equivalent choice
    question, and `turned` says that the reply answers that one.
    """

    id: str
    interaction: Interaction
    prompt: TaggedText
    hint: TaggedText | None
    parts: tuple[ShownPart, ...]
    rests_on: tuple[str, ...]
    text: TaggedText | None = None
    unit: TaggedText | None = None
    steps: tuple[str, ...] = ()
    instead: Presented | None = None
    turned: bool = False

    @property
    def asked(self) -> Presented:
        """Return what the reply answers: the question itself, or its equivalent choice question."""
        return self.instead if self.instead and self.turned else self

    @property
    def graded(self) -> bool:
        """Return whether the question counts."""
        return self.interaction not in {Interaction.SCALE, Interaction.THOUGHT}

    @property
    def comments_repeat(self) -> bool:
        """Return whether the comments on a reply repeat what was chosen."""
        return self.interaction in _COMMENTED_PART_BY_PART

    @property
    def pieces(self) -> tuple[TaggedText | ShownPart, ...]:
        """Return the text with its parts where its holes are; braces around anything else stay words."""
        if self.text is None:
            return ()
        parts = {part.id: part for part in self.parts}
        cut = HOLE.split(self.text.text)
        said = [TaggedText(self.text.lang, piece) for piece in cut[::2]]
        holes = (parts.get(name) or TaggedText(self.text.lang, f"{{{name}}}") for name in cut[1::2])
        pairs = zip_longest(said, holes)
        return tuple(piece for pair in pairs for piece in pair if piece is not None)

    @property
    def answers(self) -> tuple[GivenAnswer, ...]:
        """Return the reply in words, part by part; steps in the order in which they were put."""
        if self.interaction is Interaction.ORDER:
            labels = {part.id: part.label for part in self.parts}
            return tuple(GivenAnswer(None, label) for step in self.steps if (label := labels[step]))
        return tuple(GivenAnswer(part.label, text) for part in self.parts for text in self._given(part))

    def _given(self, part: ShownPart) -> Iterator[TaggedText]:
        if not part.options or self.interaction is Interaction.SCALE:
            return (TaggedText("", typed) for typed in part.given)
        return (option.text for option in part.options if option.id in part.given and option.text)


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said to an answer: `state` is right, wrong, missed or note.

    `part` and `option` say what it belongs to, empty for the question as a whole; `about` is what was asked
    there, `chosen` what was answered, `then` what happens next in a scenario.
    """

    part: str
    option: str
    state: str
    text: TaggedText
    about: TaggedText | None = None
    chosen: TaggedText | None = None
    then: TaggedText | None = None


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What is right, and what is said to each answer.

    `right` gives the ids of the right options of each part, and of a step its place, in the right order;
    `accepted` what may be typed; `tolerance` is empty where a number has none.
    """

    right: Mapping[str, tuple[str, ...]]
    accepted: tuple[TaggedText, ...]
    tolerance: str
    comments: tuple[Comment, ...]


def present(question: Question, locale: str, order: Order = AS_WRITTEN, reply: Reply = NO_REPLY) -> Presented:
    """Describe a question to a reader of one language, with its equivalent choice question."""
    unit = question.unit if isinstance(question, NumberQuestion) else None
    return Presented(
        id=question.id,
        interaction=INTERACTIONS[question.kind],
        prompt=_told(question.prompt, locale),
        hint=_maybe(question.hint, locale),
        parts=tuple(_Parts(locale, order, reply).of(question)),
        rests_on=question.rests_on,
        text=_told(question.text, locale) if isinstance(question, GapsQuestion) else None,
        unit=_maybe(unit, locale),
        steps=order_given(question, reply) if isinstance(question, OrderQuestion) else (),
        instead=_instead(question, locale, order, reply) if isinstance(question, HasInstead) else None,
        turned=is_instead(reply),
    )


def _instead(question: HasInstead, locale: str, order: Order, reply: Reply) -> Presented:
    return present(question.instead, locale, {"choice": order.get("instead", ())}, reply)


def _told(words: Words, locale: str) -> TaggedText:
    return TaggedText(*words.best(locale))


def _maybe(words: Words | None, locale: str) -> TaggedText | None:
    return _told(words, locale) if words else None


def _in_order(options: Sequence[Option], names: Sequence[str]) -> Sequence[Option]:
    """Put options in the order of a draw; without one they stand as they were written."""
    found = {option.id: option for option in options}
    return [found[name] for name in names] if names else options


def _chosen_from(question: Question) -> dict[str, tuple[Option, ...]]:
    """Return the options of each part that has options of its own."""
    if isinstance(question, ChoiceQuestion):
        return {"choice": question.options}
    return {gap.id: gap.options for gap in question.gaps} if isinstance(question, GapsQuestion) else {}


@dataclass(frozen=True, slots=True)
class _Parts:
    """Describes the parts of a question."""

    locale: str
    order: Order
    reply: Reply

    def of(self, question: Question) -> Iterable[ShownPart]:
        """Return the parts in the order in which they are shown."""
        match question:
            case ChoiceQuestion() | GapsQuestion():
                chosen = _chosen_from(question).items()
                return [self._part(name, None, self._options(options, name)) for name, options in chosen]
            case MatchQuestion():
                rights = self._rights(question)
                return [self._part(pair.id, pair.left, rights) for pair in question.pairs]
            case OrderQuestion():
                return self._steps(question)
            case LikertQuestion():
                return [self._part("point", None, self._scale(question))]
            case _:
                return [self._part("text", None, ())]

    def _part(self, name: str, label: Words | None, options: tuple[ShownOption, ...]) -> ShownPart:
        return ShownPart(name, _maybe(label, self.locale), options, self.reply.get(name, ()))

    def _options(self, options: Sequence[Option], name: str) -> tuple[ShownOption, ...]:
        ordered = _in_order(options, self.order.get(name, ()))
        return tuple(ShownOption(option.id, _told(option.text, self.locale)) for option in ordered)

    def _rights(self, question: MatchQuestion) -> tuple[ShownOption, ...]:
        rights: dict[str, Words] = {pair.id: pair.right for pair in question.pairs}
        rights |= {trap.id: trap.text for trap in question.distractors}
        names = self.order.get("right") or tuple(rights)
        return tuple(ShownOption(name, _told(rights[name], self.locale)) for name in names)

    def _steps(self, question: OrderQuestion) -> Iterator[ShownPart]:
        """Show steps as they were put, once all have a place, and as they were drawn until then."""
        labels = {step.id: step.text for step in question.steps}
        put = order_given(question, self.reply)
        places = tuple(ShownOption(str(place)) for place in range(1, len(labels) + 1))
        at = {step: (str(place),) for place, step in enumerate(put, start=1)}
        given = at if "order" in self.reply else self.reply
        for step in put if len(put) == len(labels) else self.order.get("step") or tuple(labels):
            yield ShownPart(step, _told(labels[step], self.locale), places, given.get(step, ()))

    def _scale(self, question: LikertQuestion) -> tuple[ShownOption, ...]:
        ends = {1: question.low, question.points: question.high}
        points = range(1, question.points + 1)
        return tuple(ShownOption(str(point), _maybe(ends.get(point), self.locale)) for point in points)


# --- the key ------------------------------------------------------------------------------------------------
def key_of(question: Question, locale: str, order: Order = AS_WRITTEN) -> AnswerKey:
    """Return what is right, and a comment on every answer, in the order in which the options stand."""
    tolerance = question.tolerance if isinstance(question, NumberQuestion) else ""
    return AnswerKey(
        right=_right(question),
        accepted=_accepted(question, locale),
        tolerance=tolerance if tolerance.strip("0.") else "",
        comments=tuple(_comments(question, locale, order)),
    )


def _right(question: Question) -> dict[str, tuple[str, ...]]:
    if isinstance(question, MatchQuestion):
        return {pair.id: (pair.id,) for pair in question.pairs}
    if isinstance(question, OrderQuestion):
        return {step.id: (str(place),) for place, step in enumerate(question.steps, start=1)}
    chosen = _chosen_from(question).items()
    return {part: tuple(option.id for option in options if option.correct) for part, options in chosen}


def _accepted(question: Question, locale: str) -> tuple[TaggedText, ...]:
    if isinstance(question, NumberQuestion):
        return (TaggedText("", question.answer),)
    if not isinstance(question, TextQuestion):
        return ()
    near = (tag for tag in (locale, locale.split("-", maxsplit=1)[0]) if tag in question.accept)
    lang = next(near, next(iter(question.accept)))
    return tuple(TaggedText(lang, word) for word in question.accept[lang])


def _comments(question: Question, locale: str, order: Order) -> Iterator[Comment]:
    match question:
        case ChoiceQuestion() | GapsQuestion():
            for part, options in _chosen_from(question).items():
                for option in _in_order(options, order.get(part, ())):
                    yield _comment(on_option(option), part, option.id, locale)
        case MatchQuestion():
            for pair in question.pairs:
                together = Feedback(pair.id, "note", pair.feedback, pair.left, pair.right)
                yield _comment(together, pair.id, pair.id, locale)
        case OrderQuestion() | TextQuestion() | NumberQuestion():
            yield Comment("", "", "right", _told(question.feedback.right, locale))
            yield Comment("", "", "wrong", _told(question.feedback.wrong, locale))
        case ReflectionQuestion(sample=Words() as sample):
            yield Comment("", "", "note", _told(sample, locale))


# --- the marking --------------------------------------------------------------------------------------------
def comments_on(question: Question, item: MarkedItem, reply: Reply, locale: str) -> tuple[Comment, ...]:
    """Return the comments on a reply that was marked, in the order of the marking."""
    return tuple(_on_reply(asked(question, reply), remark, reply, locale) for remark in item.remarks)


def _on_reply(question: Question, remark: Feedback, reply: Reply, locale: str) -> Comment:
    if isinstance(question, ChoiceQuestion):
        return _comment(remark, "choice", remark.part, locale)
    if isinstance(question, ReflectionQuestion):
        return Comment("", "", "note", _told(remark.words, locale))
    return _comment(remark, remark.part, next(iter(reply.get(remark.part, ())), ""), locale)


def _comment(remark: Feedback, part: str, option: str, locale: str) -> Comment:
    return Comment(
        part=part,
        option=option,
        state=remark.state,
        text=_told(remark.words, locale),
        about=_maybe(remark.about, locale),
        chosen=_maybe(remark.chosen, locale),
        then=_maybe(remark.then, locale),
    )
