"""Questions on hold: nothing that somebody has answered is ever worth less because of one."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.core.learning.draw import History, draw_final, draw_module
from lms.core.learning.marking import Marked, MarkedItem, Result, count, waits
from tests import builders_learning as make

POINTS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
RESULTS = {Fraction(0): Result.WRONG, Fraction(1): Result.RIGHT}
NAMES = [f"q{number}" for number in range(8)]


def attempt(points: dict[str, Fraction], ungraded: frozenset[str] = frozenset()) -> Marked:
    items = (
        MarkedItem(
            name, Result.UNGRADED if name in ungraded else RESULTS.get(worth, Result.PARTLY), worth, ()
        )
        for name, worth in points.items()
    )
    return Marked(tuple(items))


@given(
    points=st.dictionaries(st.sampled_from(NAMES), POINTS, min_size=1),
    held=st.frozensets(st.sampled_from(NAMES)),
    pass_mark=st.integers(1, 100),
)
def test_a_hold_never_lowers_a_result_and_never_fails_anybody(
    points: dict[str, Fraction], held: frozenset[str], pass_mark: int
) -> None:
    marked = attempt(points)
    counted = count(marked, held, pass_mark)
    rest = attempt({name: worth for name, worth in points.items() if name not in held})
    assert counted.points * marked.out_of >= marked.points * counted.out_of
    assert counted.passed == (marked.passes(pass_mark) or (bool(rest.items) and rest.passes(pass_mark)))
    assert counted.left_out <= held
    assert counted.out_of == marked.out_of - len(counted.left_out)
    assert count(marked, frozenset(), pass_mark).left_out == frozenset()


@given(points=st.dictionaries(st.sampled_from(NAMES), POINTS, min_size=1), more=st.sampled_from(NAMES))
def test_holding_one_more_question_that_was_wrong_cannot_hurt(points: dict[str, Fraction], more: str) -> None:
    marked = attempt({**points, more: Fraction(0)})
    before, after = count(marked, frozenset(), 80), count(marked, {more}, 80)
    assert after.points * before.out_of >= before.points * after.out_of
    assert after.passed >= before.passed


def test_what_does_not_count_is_not_left_out() -> None:
    counted = count(attempt({"q1": Fraction(1), "q2": Fraction(0)}, frozenset({"q2"})), {"q2"}, 80)
    assert (counted.points, counted.out_of) == (Fraction(1), 1)
    assert not counted.left_out


def test_a_check_waits_when_nothing_that_counts_is_left() -> None:
    questions = (make.choice("q1"), make.choice("q2"), make.reflection("q3"))
    assert not waits(questions, {"q1", "q3"})
    assert waits(questions, {"q1", "q2"})
    assert not waits((make.reflection("q3"),), {"q3"})


@given(held=st.frozensets(st.sampled_from([f"m1-q{number}" for number in range(1, 7)])), seed=st.text())
def test_what_is_on_hold_is_drawn_only_where_the_bank_has_nothing_else(
    held: frozenset[str], seed: str
) -> None:
    drawn = draw_module("m1", make.quiz("m1", count=6, draw=3), seed, History(held=held))
    asked = {one.question for one in drawn}
    assert len(asked) == 3
    assert len(asked & held) == max(0, 3 - (6 - len(held)))
    banks = {name: make.quiz(name, count=6) for name in ("m1", "m2")}
    final = {one.question for one in draw_final(banks, 6, seed, History(held=held))}
    assert not final & held
