"""What a question can take as a reply, and putting what was typed beside what was kept.

Whatever else a browser sends is left out before it is kept. Holds no mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType

from lms.core.courses.quiz import (
    TOLD,
    Answers,
    ChoiceQuestion,
    GapsQuestion,
    LikertQuestion,
    MatchQuestion,
    OrderQuestion,
    Question,
    ReflectionQuestion,
    Reply,
)
from lms.core.learning.marking import HasInstead, is_instead

LONGEST_TYPED, LONGEST_THOUGHT = 200, 4000  # characters
MARK_DIGITS = 12
INSTEAD = frozenset({"choice", "instead"})  # what belongs to the choice question that is asked instead
Marks = Mapping[str, str]  # question -> mark
NO_MARKS: Marks = MappingProxyType({})
Takes = Mapping[str, frozenset[str] | int]  # field -> what may be chosen, or how much may be typed


def takes(question: Question) -> Takes:
    """Return the fields of a reply to this question: allowed values, or a number of characters."""
    fields = _own_fields(question)
    if isinstance(question, HasInstead):
        choice = frozenset(option.id for option in question.instead.options)
        return {**fields, "choice": choice, "instead": frozenset("1")}
    return fields


def _own_fields(question: Question) -> Takes:
    match question:
        case ChoiceQuestion():
            return {"choice": frozenset(option.id for option in question.options)}
        case MatchQuestion():
            parts = {pair.id for pair in question.pairs} | {trap.id for trap in question.distractors}
            return {pair.id: frozenset(parts) for pair in question.pairs}
        case OrderQuestion():
            places = frozenset(str(place + 1) for place in range(len(question.steps)))
            steps = frozenset(step.id for step in question.steps)
            return {"order": steps, **dict.fromkeys((step.id for step in question.steps), places)}
        case GapsQuestion():
            return {gap.id: frozenset(option.id for option in gap.options) for gap in question.gaps}
        case LikertQuestion():
            return {"point": frozenset(str(point + 1) for point in range(question.points))}
        case _:
            return {"text": LONGEST_THOUGHT if isinstance(question, ReflectionQuestion) else LONGEST_TYPED}


def fitted(question: Question, reply: Mapping[str, tuple[str, ...]]) -> Reply:
    """Keep of a reply what the question can take; choosing nothing is the empty reply."""
    kept: dict[str, tuple[str, ...]] = {}
    for name, allowed in takes(question).items():
        given = reply.get(name, ())
        if isinstance(allowed, int):
            values = tuple(value[:allowed] for value in given[:1] if value.strip())
        else:
            values = tuple(value for value in dict.fromkeys(given) if value in allowed)
            values = values if _takes_several(question, name) else values[:1]
        if values:
            kept[name] = values
    return kept


def fitted_all(questions: Iterable[Question], sent: Answers) -> dict[str, Reply]:
    """Keep of what was sent what these questions can take: nobody sends a mark of ours (`TOLD`)."""
    return {one.id: fitted(one, sent[one.id]) for one in questions if one.id in sent}


def _takes_several(question: Question, name: str) -> bool:
    return name == "order" or (question.kind == "choices" and name == "choice")


def is_blank(reply: Reply) -> bool:
    """Return whether nothing was chosen or typed."""
    return not any(values for name, values in reply.items() if name != "instead")


def marks_of(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """Return a short mark of each reply, as far as a page shows it: the same for the same reply.

    A page bears the marks of what stood on it when it was fetched, so that it is known what it has changed.
    """
    return {one.id: _mark_of(_as_shown(one, answers[one.id])) for one in questions if one.id in answers}


def _as_shown(question: Question, reply: Reply) -> Reply:
    if not isinstance(question, HasInstead):
        return reply
    return {name: values for name, values in reply.items() if (name in INSTEAD) == is_instead(reply)}


def _mark_of(reply: Reply) -> str:
    shown = sorted((name, values) for name, values in reply.items() if values)
    return sha256(repr(shown).encode()).hexdigest()[:MARK_DIGITS]


def merged(
    kept: Answers, saves: Mapping[str, int], sent: Answers, known: int, was: Marks = NO_MARKS
) -> dict[str, Reply]:
    """Return what a page that was sent changes: the page sent last counts.

    What was saved after the page was fetched (`known` is the newest save that the page has seen) is neither
    erased by an empty field nor put back by one that the page has not changed (`was` are the marks of what
    stood there), so that an old page never wipes out the answers of another one. Asking for a choice question
    instead keeps what was typed, for whoever asks for the first question again. What was commented on stays.
    """
    changed: dict[str, Reply] = {}
    for question, reply in sent.items():
        before = kept.get(question, {})
        if TOLD in before:
            continue
        is_older = saves.get(question, 0) > known
        if is_older and _mark_of(reply) == was.get(question, _mark_of({})):
            continue
        if is_instead(reply):
            reply = {**before, "choice": (), **reply}  # noqa: PLW2901  # the reply as it will be kept
        if _same(reply, before) or (is_blank(reply) and is_older):
            continue
        changed[question] = reply
    return changed


def _same(one: Reply, other: Reply) -> bool:
    return {k: v for k, v in one.items() if v} == {k: v for k, v in other.items() if v}
