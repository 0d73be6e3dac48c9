"""A draw is balanced, fair over time, the same for the same seed, and comes back to what was missed."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core.courses.quiz import Quiz
from lms.core.learning.draw import (
    NEW,
    Drawn,
    History,
    asked_at_the_end,
    asked_of,
    draw_final,
    draw_module,
    missed_outcomes,
)
from tests import builders_learning as make

BANKS = {f"m{n}": make.quiz(f"m{n}", count=10) for n in range(1, 9)}
OUTCOMES = {
    question.id: (module, question.outcome) for module, bank in BANKS.items() for question in bank.questions
}
seeds = st.text(min_size=1, max_size=8)


def _names(drawn: tuple[Drawn, ...]) -> list[str]:
    return [one.question for one in drawn]


@given(seeds)
def test_the_same_seed_draws_the_same(seed: str) -> None:
    first = draw_final(BANKS, 16, seed)
    random.seed(seed)  # whatever else draws
    assert draw_final(dict(BANKS), 16, seed) == first


@given(seeds)
@settings(max_examples=30)
def test_the_final_check_takes_two_of_each_of_eight_modules_and_of_each_outcome(seed: str) -> None:
    drawn = draw_final(BANKS, 16, seed)
    assert len(set(_names(drawn))) == 16
    assert set(Counter(one.module for one in drawn).values()) == {2}
    assert set(Counter(OUTCOMES[one.question] for one in drawn).values()) == {1}
    assert [one.module for one in drawn] == sorted(one.module for one in drawn)


@given(seeds, st.integers(1, 9))
@settings(max_examples=30)
def test_a_module_check_is_balanced_over_its_outcomes(seed: str, count: int) -> None:
    drawn = draw_module("m1", make.quiz("m1", count=10, draw=count), seed)
    per_outcome = Counter(OUTCOMES[one.question] for one in drawn)
    assert len(drawn) == count
    assert max(per_outcome.values()) - min(per_outcome.get(("m1", o), 0) for o in ("o1", "o2")) <= 1


@given(seeds)
@settings(max_examples=30)
def test_everything_is_asked_once_before_anything_is_asked_twice(seed: str) -> None:
    bank = make.quiz("m1", count=10, draw=5)
    seen: dict[str, int] = {}
    for number in range(1, 5):
        drawn = _names(draw_module("m1", bank, f"{seed}{number}", History(seen)))
        if number == 2:
            assert not set(drawn) & set(seen)
        seen |= dict.fromkeys(drawn, number)
    assert len(seen) == 10


def test_a_retake_asks_about_what_was_missed_first() -> None:
    missed = frozenset({("m3", "o2"), ("m7", "o1")})
    seen = dict.fromkeys(OUTCOMES, 1)
    drawn = draw_final(BANKS, 16, "seed", History(seen, missed))
    per_outcome = Counter(OUTCOMES[one.question] for one in drawn)
    assert per_outcome["m3", "o2"] >= 2
    assert per_outcome["m7", "o1"] >= 2
    assert len({one.module for one in drawn}) == 8


def test_however_much_was_missed_the_number_of_questions_stays() -> None:
    drawn = draw_final(BANKS, 16, "seed", History({}, frozenset(OUTCOMES.values())))
    assert len(drawn) == 16


def _checked(banks: dict[str, Quiz], seed: str) -> History:
    """Return what somebody was asked who has just taken the check of each module."""
    drawn = [_names(draw_module(module, bank, f"{seed}{module}")) for module, bank in banks.items()]
    seen = {name: number for number, names in enumerate(drawn, start=1) for name in names}
    return History(seen, just_asked=frozenset(seen))


@given(seeds)
@settings(max_examples=30)
def test_the_final_check_asks_nothing_that_the_module_checks_have_just_asked(seed: str) -> None:
    banks = {name: make.quiz(name, count=10, draw=8) for name in BANKS}
    history = _checked(banks, seed)
    drawn = draw_final(banks, 16, seed, history)
    assert not set(_names(drawn)) & history.just_asked
    assert set(Counter(one.module for one in drawn).values()) == {2}
    assert draw_final(banks, 16, seed, history) == drawn


@given(seeds, st.integers(1, 8), st.integers(0, 8))
@settings(max_examples=40)
def test_a_small_bank_repeats_only_what_it_must_and_stays_in_balance(
    seed: str, count: int, spare: int
) -> None:
    banks = {name: make.quiz(name, count=8, draw=8 - spare if name == "m1" else 4) for name in ("m1", "m2")}
    history = _checked(banks, seed)
    drawn = draw_final(banks, count * 2, seed, history)
    share = Counter(one.module for one in drawn)
    again = Counter(one.module for one in drawn if one.question in history.just_asked)
    assert set(share.values()) == {count}
    assert again == Counter({"m1": max(0, count - spare), "m2": max(0, count - 4)})


def test_what_was_missed_is_asked_again_with_another_question_first() -> None:
    bank = make.quiz("m1", count=4, draw=2)
    just = frozenset(bank.questions[at].id for at in (0, 1))
    history = History(dict.fromkeys(just, 1), frozenset({("m1", "o1")}), just)
    assert not set(_names(draw_final({"m1": bank}, 2, "seed", history))) & just


def test_the_number_that_is_announced_is_the_number_that_is_asked() -> None:
    kinds = make.every_kind()
    for bank in (
        make.quiz("m1", count=6, draw=3),
        make.quiz("m1", count=2, draw=5),
        make.quiz("m1", draw=4, questions=kinds),
        Quiz("m1", "1.0.0", 5, ()),
    ):
        drawn = draw_module("m1", bank, "seed")
        assert sum(asked_of(bank)) == len(drawn)
        assert asked_of(bank)[0] == len([one for one in drawn if one.question in {q.id for q in bank.graded}])
    assert asked_at_the_end(BANKS.values(), 16) == 16
    assert asked_at_the_end([make.quiz("m1", count=2), make.quiz("m2", count=3)], 16) == 5


def test_a_small_bank_is_asked_whole() -> None:
    assert len(draw_module("m1", make.quiz("m1", count=2, draw=5), "seed")) == 2
    assert draw_module("m1", Quiz("m1", "1.0.0", 5, ()), "seed", NEW) == ()


def test_a_question_that_does_not_count_comes_on_top_and_never_in_the_final_check() -> None:
    bank = make.quiz("m1", count=0, draw=2, questions=(*make.every_kind(),))
    drawn = _names(draw_module("m1", bank, "seed"))
    assert len(drawn) == 3
    assert drawn[-1] in {"reflection", "likert"}
    assert not {"reflection", "likert"} & set(_names(draw_final({"m1": bank}, 20, "seed")))


@given(seeds)
@settings(max_examples=40)
def test_parts_stand_in_a_drawn_order_but_never_in_the_right_one_at_once(seed: str) -> None:
    bank = make.quiz("m1", draw=11, questions=make.every_kind())
    orders = {one.question: one.order for one in draw_module("m1", bank, seed)}
    assert sorted(orders["choice"]["choice"]) == list("abcd")
    assert orders["true-false"]["choice"] == ("true", "false")
    assert sorted(orders["match"]["right"]) == ["trap0", "x", "y", "z"]
    assert sorted(orders["order"]["step"]) == ["s1", "s2", "s3", "s4"]
    assert orders["order"]["step"] != ("s1", "s2", "s3", "s4")
    assert sorted(orders["text"]["instead"]) == list("abcd")
    assert sorted(orders["gaps"]["g1"]) == list("abc")


def test_the_right_option_stands_everywhere() -> None:
    places = Counter(
        draw_module("m1", make.quiz("m1", draw=1, questions=(make.choice(),)), f"seed{n}")[0]
        .order["choice"]
        .index("b")
        for n in range(400)
    )
    assert all(60 < places[place] < 140 for place in range(4))


def test_outcomes_that_were_missed_are_those_without_full_points() -> None:
    asked = [("m1", make.choice("a", outcome="o1")), ("m1", make.choice("b", outcome="o2"))]
    assert missed_outcomes(asked, {"a": "1", "b": "1/2"}) == {("m1", "o2")}
    assert missed_outcomes(asked, {}) == set()
