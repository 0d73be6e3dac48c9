"""What a question can take as a reply, and putting what was typed beside what was kept.

Whatever else a browser sends is left out before it is kept. Holds no mark. Called by `actions.quizzing`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.core.marking import HasInstead, is_instead
from lms.core.quiz import (
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

LONGEST_TYPED, LONGEST_THOUGHT = 200, 4000  # characters
Takes = Mapping[str, frozenset[str] | int]  # field -> what may be chosen, or how much may be typed


def takes(question: Question) -> Takes:
    """Give the fields of a reply to this question: allowed values, or a number of characters."""
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


def _takes_several(question: Question, name: str) -> bool:
    return name == "order" or (question.kind == "choices" and name == "choice")


def is_blank(reply: Reply) -> bool:
    """Say whether nothing was chosen or typed."""
    return not any(values for name, values in reply.items() if name != "instead")


def merged(kept: Answers, saves: Mapping[str, int], sent: Answers, known: int) -> dict[str, Reply]:
    """Give what a page that was sent changes: the page sent last counts.

    An empty field erases nothing that was saved after the page was fetched (`known` is the newest save that
    the page has seen), so that a second tab never wipes out the first one's answers. Asking for a choice
    question instead keeps what was typed, for whoever asks for the first question again.
    """
    changed: dict[str, Reply] = {}
    for question, reply in sent.items():
        before = kept.get(question, {})
        if is_instead(reply):
            reply = {**before, "choice": (), **reply}  # noqa: PLW2901  # the reply as it will be kept
        if _same(reply, before) or (is_blank(reply) and saves.get(question, 0) > known):
            continue
        changed[question] = reply
    return changed


def _same(one: Reply, other: Reply) -> bool:
    return {k: v for k, v in one.items() if v} == {k: v for k, v in other.items() if v}
