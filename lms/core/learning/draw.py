"""Which questions are asked, and in what order their parts stand.

A draw is balanced over modules and outcomes, asks what was least recently seen first, and asks again about
outcomes that were missed. The same seed gives the same draw; nothing here rolls dice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from lms.core.courses.quiz import (
    ChoiceQuestion,
    GapsQuestion,
    MatchQuestion,
    NumberQuestion,
    OrderQuestion,
    Question,
    Quiz,
    TextQuestion,
)

KEPT_ORDER = frozenset({"true-false"})
AGAIN = 2  # questions asked about an outcome that was missed, before the rest is drawn

Order = Mapping[str, tuple[str, ...]]
Aim = tuple[str, str]  # module id, outcome id


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of an attempt: where it comes from and how its parts stand.

    `order` says {"choice": option ids}, {"right": right-hand ids}, {"step": step ids}, {gap id: option ids},
    and {"instead": option ids} for the equivalent choice question.
    """

    module: str
    question: str
    order: Order = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """What this learner was asked before.

    `seen` gives, per question, the number of the latest draw that asked it (1 = the first draw ever);
    `missed` the outcomes of which the last attempt at this check missed anything; `just_asked`
    what the newest attempts at the checks of modules have asked; `held` what is on hold now.
    """

    seen: Mapping[str, int] = field(default_factory=dict)
    missed: frozenset[Aim] = frozenset()
    just_asked: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


NEW = History()


def draw_module(module: str, quiz: Quiz, seed: str, history: History = NEW) -> tuple[Drawn, ...]:
    """Draw a module check: `quiz.draw` questions that count, and one that does not where the bank has any."""
    counted = _pick({module: quiz.graded}, quiz.draw, seed, history)
    others = tuple(question for question in quiz.questions if question not in quiz.graded)
    return _laid_out([*counted, *_pick({module: others}, 1, seed, history)], seed)


def draw_final(banks: Mapping[str, Quiz], count: int, seed: str, history: History = NEW) -> tuple[Drawn, ...]:
    """Draw the final check in balance from all modules, in the order of the modules.

    What the check of a module has just asked is asked again only where its bank has nothing else left; what
    is on hold, only where no bank has.
    """
    counted = _pick({module: quiz.graded for module, quiz in banks.items()}, count, seed, history)
    return _laid_out(counted, seed)


def asked_of(quiz: Quiz) -> tuple[int, int]:
    """Return how many questions a module check asks: those that count, and those that do not.

    It is what `draw_module` draws, so that the number announced is the number asked.
    """
    counted = len(quiz.graded)
    return min(quiz.draw, counted), min(1, len(quiz.questions) - counted)


def asked_at_the_end(banks: Iterable[Quiz], count: int) -> int:
    """Return how many questions the final check asks: what `draw_final` draws."""
    return min(count, sum(len(quiz.graded) for quiz in banks))


def missed_outcomes(asked: Iterable[tuple[str, Question]], points: Mapping[str, str]) -> frozenset[Aim]:
    """Return the outcomes of which an attempt missed anything; `asked` pairs question and module."""
    return frozenset(
        (module, question.outcome) for module, question in asked if points.get(question.id, "1") != "1"
    )


def _chance(seed: str, *parts: str) -> bytes:
    return sha256("/".join((seed, *parts)).encode()).digest()


def _pick(
    banks: Mapping[str, Sequence[Question]], count: int, seed: str, history: History
) -> list[tuple[str, Question]]:
    """Take, one by one, the question that keeps the balance best; chance decides only between equals."""
    left = {question.id: (module, question) for module, bank in banks.items() for question in bank}
    chance = {name: _chance(seed, module, name) for name, (module, _) in left.items()}
    modules: Counter[str] = Counter()
    aims: Counter[Aim] = Counter()
    picked = []

    def weight(name: str) -> tuple[bool, bool, int, bool, int, int, bytes]:
        module, question = left[name]
        aim, just = (module, question.outcome), name in history.just_asked
        again = aim in history.missed and aims[aim] < AGAIN and not just
        held, seen = name in history.held, history.seen.get(name, 0)
        return (held, not again, modules[module], just, aims[aim], seen, chance[name])

    for _ in range(min(count, len(left))):
        module, question = left.pop(min(left, key=weight))
        modules[module] += 1
        aims[module, question.outcome] += 1
        picked.append((module, question))
    places = {module: place for place, module in enumerate(banks)}
    return sorted(picked, key=lambda pick: (places[pick[0]], chance[pick[1].id]))


def _laid_out(picked: Iterable[tuple[str, Question]], seed: str) -> tuple[Drawn, ...]:
    return tuple(Drawn(module, question.id, order_of(question, seed)) for module, question in picked)


def _shuffled(ids: Iterable[str], seed: str, *where: str) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda one: _chance(seed, *where, one)))


def order_of(question: Question, seed: str) -> Order:
    """Return in which order the parts of a question stand, outside a draw as well: on paper.

    The same seed gives the same order; steps never stand in their right one.
    """
    order: dict[str, tuple[str, ...]] = {}
    if isinstance(question, ChoiceQuestion):
        ids = [option.id for option in question.options]
        order["choice"] = tuple(ids) if question.kind in KEPT_ORDER else _shuffled(ids, seed, question.id)
    if isinstance(question, MatchQuestion):
        ids = [pair.id for pair in question.pairs] + [trap.id for trap in question.distractors]
        order["right"] = _shuffled(ids, seed, question.id)
    if isinstance(question, OrderQuestion):
        order["step"] = _disordered(tuple(step.id for step in question.steps), seed, question.id)
    if isinstance(question, GapsQuestion):
        for gap in question.gaps:
            order[gap.id] = _shuffled([option.id for option in gap.options], seed, question.id, gap.id)
    if isinstance(question, MatchQuestion | OrderQuestion | TextQuestion | NumberQuestion):
        ids = [option.id for option in question.instead.options]
        order["instead"] = _shuffled(ids, seed, question.id, "instead")
    return order


def _disordered(right: tuple[str, ...], seed: str, *where: str) -> tuple[str, ...]:
    """Shuffle steps so that they never start in their right order."""
    shuffled = _shuffled(right, seed, *where)
    return (*shuffled[1:], shuffled[0]) if shuffled == right else shuffled
