"""What an answer is worth, and which words answer it.

Partial credit throughout; ticking everything gives nothing; an unanswered question gives nothing and takes
nothing away. Reflections and scales are never marked. Holds no pass rule of a course (see `progress`) and no
HTML: `Feedback` names the words, whoever shows them renders them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from lms.core.courses.quiz import (
    UNGRADED,
    Answers,
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
    Verdict,
)
from lms.core.learning.answer_matching import is_same
from lms.core.learning.typed_numbers import TypedNumber, numbers, read_number
from lms.core.locales import Words

HasInstead = MatchQuestion | OrderQuestion | TextQuestion | NumberQuestion
Graded = ChoiceQuestion | GapsQuestion | HasInstead
NOTHING, FULL = Fraction(0), Fraction(1)


class Result(StrEnum):
    """How an answer did, for a word and a shape beside it."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback on one part of a reply.

    `part` is the id of an option, a pair or a gap, empty for the question as a whole; `state` is `right`,
    `wrong`, `unit` (the number was right, but not what stood beside it) or `missed` (a right option that was
    not chosen); `about` is what was asked (the left-hand side of
    a pair), `chosen` what was answered, `then` what happens next in a scenario.
    """

    part: str
    state: str
    words: Words
    about: Words | None = None
    chosen: Words | None = None
    then: Words | None = None


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """One question, marked; `instead` says that the equivalent choice question was answered."""

    question: str
    result: Result
    points: Fraction
    remarks: tuple[Feedback, ...]
    instead: bool = False

    @property
    def graded(self) -> bool:
        """Return whether the question counts."""
        return self.result is not Result.UNGRADED


@dataclass(frozen=True, slots=True)
class Marked:
    """All questions of an attempt, marked; `out_of` counts those that count."""

    items: tuple[MarkedItem, ...]

    @property
    def points(self) -> Fraction:
        """Add up the points."""
        return sum((item.points for item in self.items), NOTHING)

    @property
    def out_of(self) -> int:
        """Count the questions that count."""
        return sum(item.graded for item in self.items)

    @property
    def by_question(self) -> dict[str, str]:
        """Return the points of each question that counts, as exact text ("1", "1/2", "0")."""
        return {item.question: str(item.points) for item in self.items if item.graded}

    def passes(self, pass_mark: int) -> bool:
        """Return whether `pass_mark` per cent is reached, without rounding in anybody's disfavour.

        A check whose questions do not count is passed by answering it.
        """
        return self.points * 100 >= pass_mark * self.out_of


@dataclass(frozen=True, slots=True)
class Counted:
    """What of an attempt counts: all of its questions, or all but those on hold, which `left_out` names."""

    points: Fraction
    out_of: int
    passed: bool
    left_out: frozenset[str] = frozenset()


def count(marked: Marked, held: Collection[str], pass_mark: int) -> Counted:
    """Return the better of two results: with the questions that are on hold, and without them.

    Where both are worth the same, nothing is left out. Nobody loses by a hold: see `waits` for an attempt of
    which nothing else is left.
    """
    everything = Counted(marked.points, marked.out_of, marked.passes(pass_mark))
    rest = Marked(tuple(item for item in marked.items if item.question not in held))
    out = frozenset(item.question for item in marked.items if item.graded and item.question in held)
    if rest.points * marked.out_of <= marked.points * rest.out_of:
        return everything
    return Counted(rest.points, rest.out_of, rest.passes(pass_mark), out)


def waits(questions: Iterable[Question], held: Collection[str]) -> bool:
    """Return whether a check has to wait: it has questions that count, and every one of them is on hold."""
    counted = [question.id for question in questions if question.kind not in UNGRADED]
    return bool(counted) and all(name in held for name in counted)


def per_cent(points: Fraction, out_of: int) -> int:
    """Return whole per cents, rounded down so that 79.9 never looks like 80.

    >>> per_cent(Fraction(799, 100), 10)
    79
    """
    return int(points * 100 / out_of) if out_of else 100


def is_instead(reply: Reply) -> bool:
    """Return whether the equivalent choice question was asked for."""
    return bool(reply.get("instead"))


def asked(question: Question, reply: Reply) -> Question:
    """Return the question that a reply answers: itself, or its equivalent choice question."""
    return question.instead if is_instead(reply) and isinstance(question, HasInstead) else question


def is_answered(question: Question, reply: Reply) -> bool:
    """Return whether the whole question has an answer, so that nobody sends half of one by mistake."""
    question = asked(question, reply)
    if isinstance(question, MatchQuestion):
        return all(_first(reply, pair.id) for pair in question.pairs)
    if isinstance(question, GapsQuestion):
        return all(_first(reply, gap.id) for gap in question.gaps)
    if isinstance(question, OrderQuestion):
        return len(order_given(question, reply)) == len(question.steps)
    if isinstance(question, ChoiceQuestion):
        return bool(_first(reply, "choice"))
    return bool(_first(reply, "point" if isinstance(question, LikertQuestion) else "text"))


def order_given(question: OrderQuestion, reply: Reply) -> tuple[str, ...]:
    """Return the steps in the order in which they were put, leaving out those without a place of their own.

    The reply says {"order": ids}, or {step id: ("2",)} while places are still being chosen.
    """
    known = [step.id for step in question.steps]
    if "order" in reply:
        return tuple(step for step in dict.fromkeys(reply["order"]) if step in known)
    at: dict[str, str] = {}
    for step in known:
        at.setdefault(_first(reply, step), step)
    return tuple(at[place] for place in (str(n + 1) for n in range(len(known))) if place in at)


def mark(questions: Iterable[Question], answers: Answers, given: Mapping[str, str] | None = None) -> Marked:
    """Mark an attempt; `given` holds the points that were given already, and they stay.

    The language plays no part: whoever switches language in the middle keeps what they typed, and it counts.
    """
    return Marked(
        tuple(
            mark_one(question, answers.get(question.id, {}), (given or {}).get(question.id, ""))
            for question in questions
        )
    )


def mark_one(question: Question, reply: Reply, given: str = "") -> MarkedItem:
    """Mark one question; a reply to the equivalent choice question is marked by that one.

    `given` is what a typed answer got when it was marked: it may have been read in another way then.
    """
    instead = asked(question, reply)
    if isinstance(instead, ReflectionQuestion | LikertQuestion):
        return MarkedItem(question.id, Result.UNGRADED, NOTHING, _sample(question, reply))
    points, remarks = _marked(instead, reply, given)
    result = {NOTHING: Result.WRONG, FULL: Result.RIGHT}.get(points, Result.PARTLY)
    if not points and not _touched(reply, instead=instead is not question):
        result, remarks = Result.UNANSWERED, ()
    return MarkedItem(question.id, result, points, remarks, instead is not question)


def _sample(question: Question, reply: Reply) -> tuple[Feedback, ...]:
    if isinstance(question, ReflectionQuestion) and question.sample and _first(reply, "text"):
        return (Feedback("", "right", question.sample),)
    return ()


def _marked(question: Graded, reply: Reply, given: str) -> tuple[Fraction, tuple[Feedback, ...]]:
    if isinstance(question, ChoiceQuestion):
        several = question.kind == "choices"
        return _mark_choices(question, reply) if several else _mark_choice(question.options, reply)
    if isinstance(question, MatchQuestion):
        return _mark_match(question, reply)
    if isinstance(question, OrderQuestion):
        return _mark_order(question, reply)
    if isinstance(question, GapsQuestion):
        return _mark_gaps(question, reply)
    return _mark_typed(question, _first(reply, "text"), given)


def _first(reply: Reply, name: str) -> str:
    return next(iter(reply.get(name, ())), "").strip()


def _touched(reply: Reply, *, instead: bool) -> bool:
    return any(_first(reply, name) for name in (("choice",) if instead else reply))


def _verdict(feedback: Verdict, *, right: bool) -> Feedback:
    return Feedback("", "right" if right else "wrong", feedback.right if right else feedback.wrong)


def on_option(option: Option, part: str = "", state: str = "") -> Feedback:
    """Return what answers an option that was chosen, or should have been."""
    state = state or ("right" if option.correct else "wrong")
    return Feedback(part or option.id, state, option.feedback, None, option.text, option.then)


def _mark_choice(
    options: tuple[Option, ...], reply: Reply, part: str = ""
) -> tuple[Fraction, tuple[Feedback, ...]]:
    wanted = _first(reply, part or "choice")
    chosen = next((option for option in options if option.id == wanted), None)
    if chosen is None:
        return NOTHING, ()
    return Fraction(int(chosen.correct)), (on_option(chosen, part),)


def _mark_choices(question: ChoiceQuestion, reply: Reply) -> tuple[Fraction, tuple[Feedback, ...]]:
    """Return the share of right options less the share of wrong ones: ticking everything gives nothing."""
    ticked = set(reply.get("choice", ()))
    right = [option for option in question.options if option.correct]
    wrong = [option for option in question.options if not option.correct]
    hits = sum(option.id in ticked for option in right)
    slips = sum(option.id in ticked for option in wrong)
    points = Fraction(hits, len(right) or 1) - Fraction(slips, len(wrong) or 1)
    remarks = (
        on_option(option, state="" if option.id in ticked else "missed")
        for option in question.options
        if option.id in ticked or option.correct
    )
    return max(NOTHING, points), tuple(remarks)


def _mark_match(question: MatchQuestion, reply: Reply) -> tuple[Fraction, tuple[Feedback, ...]]:
    rights: Mapping[str, Words] = {pair.id: pair.right for pair in question.pairs}
    traps = {option.id: option for option in question.distractors}
    remarks = []
    hits = 0
    for pair in question.pairs:
        given = _first(reply, pair.id)
        if given not in rights and given not in traps:
            continue
        hits += given == pair.id
        state = "right" if given == pair.id else "wrong"
        trap = traps.get(given)
        words = trap.feedback if trap and any(trap.feedback.by_locale.values()) else pair.feedback
        remarks.append(Feedback(pair.id, state, words, pair.left, trap.text if trap else rights[given]))
    return Fraction(hits, len(question.pairs)), tuple(remarks)


def _mark_order(question: OrderQuestion, reply: Reply) -> tuple[Fraction, tuple[Feedback, ...]]:
    """Return the share of steps that may stay where they are: one step out of place costs one step."""
    position = {step.id: place for place, step in enumerate(question.steps)}
    staying: list[int] = []  # longest rising run, by patience
    for place in (position[step] for step in order_given(question, reply)):
        at = bisect_left(staying, place)
        staying[at : at + 1] = [place]
    points = max(NOTHING, Fraction(len(staying) - 1, max(1, len(question.steps) - 1)))
    return points, (_verdict(question.feedback, right=points == FULL),)


def _mark_gaps(question: GapsQuestion, reply: Reply) -> tuple[Fraction, tuple[Feedback, ...]]:
    each = [_mark_choice(gap.options, reply, gap.id) for gap in question.gaps]
    points = sum((points for points, _ in each), NOTHING) / len(each)
    return points, tuple(remark for _, remarks in each for remark in remarks)


def _mark_typed(
    question: TextQuestion | NumberQuestion, typed: str, given: str
) -> tuple[Fraction, tuple[Feedback, ...]]:
    if isinstance(question, TextQuestion):
        accepted = (word for words in question.accept.values() for word in words)
        right, near = any(is_same(typed, word) for word in accepted), False
    else:
        found = read_number(typed)
        near = _is_near(question, found)
        right = near and found.fits(question.unit.by_locale.values() if question.unit else ())
    right = given == str(FULL) if given else right
    verdict = _verdict(question.feedback, right=right)
    return Fraction(int(right)), (replace(verdict, state="unit") if near and not right else verdict,)


def _is_near(question: NumberQuestion, found: TypedNumber) -> bool:
    """Return whether the number is right, whatever stands beside it."""
    (answer,), (tolerance,) = numbers(question.answer)[-1:], numbers(question.tolerance)[-1:]
    return any(abs(value - answer) <= tolerance for value in found.values)
