"""Marking is fair: partial credit, nothing for ticking everything, forgiving of how things are typed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.core.courses.quiz import Question, Reply
from lms.core.learning.answer_matching import folded
from lms.core.learning.marking import (
    FULL,
    NOTHING,
    Marked,
    MarkedItem,
    Result,
    is_answered,
    mark,
    mark_one,
    order_given,
    per_cent,
)
from lms.core.learning.typed_numbers import numbers
from lms.core.people.letters import visible
from tests import builders_learning as make

KINDS = {question.id: question for question in make.every_kind()}
GRADED = [question for question in KINDS.values() if question.kind not in {"reflection", "likert"}]

values = st.lists(
    st.sampled_from(
        ["a", "b", "c", "d", "x", "y", "z", "trap0", "s1", "s2", "s3", "s4", "1", "2", "3", "4", ""]
    )
    | st.text(max_size=6),
    max_size=5,
).map(tuple)
fields = st.sampled_from(
    ["choice", "text", "order", "point", "instead", "x", "y", "z", "s1", "s2", "s3", "s4", "g1", "g2", "?"]
)
replies = st.dictionaries(fields, values, max_size=5)


@pytest.mark.parametrize("question", GRADED, ids=lambda question: question.kind)
def test_the_right_answer_gets_the_point(question: Question) -> None:
    item = mark_one(question, make.right_reply(question))
    assert (item.points, item.result) == (FULL, Result.RIGHT)
    assert all(remark.state == "right" for remark in item.remarks)
    assert item.remarks


@pytest.mark.parametrize("question", KINDS.values(), ids=lambda question: question.kind)
def test_no_answer_gets_nothing_and_no_remark(question: Question) -> None:
    item = mark_one(question, {})
    assert (item.points, item.remarks) == (NOTHING, ())
    assert item.result in {Result.UNANSWERED, Result.UNGRADED}
    assert not is_answered(question, {})


@pytest.mark.parametrize("question", KINDS.values(), ids=lambda question: question.kind)
def test_a_right_answer_is_a_whole_one(question: Question) -> None:
    assert is_answered(question, make.right_reply(question))


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), replies), max_size=11, unique_by=lambda pair: pair[0])
)
def test_whatever_is_sent_the_total_stays_within_bounds(sent: list[tuple[str, Reply]]) -> None:
    marked = mark([KINDS[name] for name, _ in sent], dict(sent))
    assert 0 <= marked.points <= marked.out_of <= len(sent)
    assert all(0 <= item.points <= 1 for item in marked.items)
    assert all(Fraction(points) <= 1 for points in marked.by_question.values())


@given(st.sampled_from(GRADED), replies)
def test_half_an_answer_is_never_full_marks(question: Question, reply: Reply) -> None:
    if mark_one(question, reply).points == 1:
        assert is_answered(question, reply)


def test_ticking_everything_gives_nothing() -> None:
    question = make.choice(right="ac", kind="choices")
    assert mark_one(question, {"choice": tuple("abcd")}).points == 0
    assert mark_one(question, {"choice": ("a",)}).points == Fraction(1, 2)
    assert mark_one(question, {"choice": ("a", "c", "d")}).points == Fraction(1, 2)
    assert mark_one(question, {"choice": ("b", "d")}).points == 0


def test_several_options_that_are_all_right_can_be_all_ticked() -> None:
    assert mark_one(make.choice(right="abcd", kind="choices"), {"choice": tuple("abcd")}).points == 1


def test_a_right_option_left_out_is_named() -> None:
    item = mark_one(make.choice(right="ac", kind="choices"), {"choice": ("a", "b")})
    assert [(remark.part, remark.state) for remark in item.remarks] == [
        ("a", "right"),
        ("b", "wrong"),
        ("c", "missed"),
    ]


def test_a_single_choice_takes_one_option_even_if_two_are_sent() -> None:
    item = mark_one(make.choice(right="b"), {"choice": ("a", "b")})
    assert item.points == 0
    assert [remark.part for remark in item.remarks] == ["a"]


def test_each_pair_counts_and_each_gets_its_own_remark() -> None:
    item = mark_one(make.match(), {"x": ("x",), "y": ("trap0",), "z": ("nonsense",)})
    assert (item.points, item.result) == (Fraction(1, 3), Result.PARTLY)
    assert [(remark.part, remark.state, remark.chosen) for remark in item.remarks] == [
        ("x", "right", make.words("Right x")),
        ("y", "wrong", make.words("Trap 0")),
    ]
    assert item.remarks[1].words == make.words("About y")


def test_a_trap_with_words_of_its_own_uses_them() -> None:
    question = make.match()
    trap = make.options("", "t")[0]
    telling = type(question)(**{name: getattr(question, name) for name in question.__dataclass_fields__})
    object.__setattr__(telling, "distractors", (trap,))
    assert mark_one(telling, {"x": ("t",)}).remarks[0].words == trap.feedback


@pytest.mark.parametrize(
    ("given_order", "points"),
    [
        (("s1", "s2", "s3", "s4"), Fraction(1)),
        (("s2", "s1", "s3", "s4"), Fraction(2, 3)),
        (("s4", "s1", "s2", "s3"), Fraction(2, 3)),
        (("s4", "s3", "s2", "s1"), Fraction(0)),
        (("s1", "s1", "s1", "s1"), Fraction(0)),
        (("s1", "?", "s2"), Fraction(1, 3)),
    ],
)
def test_a_step_out_of_place_costs_one_step(given_order: tuple[str, ...], points: Fraction) -> None:
    assert mark_one(make.order(), {"order": given_order}).points == points


def test_places_that_are_still_being_chosen_are_an_order_too() -> None:
    question = make.order()
    reply = {"s1": ("1",), "s2": ("2",), "s3": ("4",), "s4": ("3",)}
    assert order_given(question, reply) == ("s1", "s2", "s4", "s3")
    assert is_answered(question, reply)
    doubled = {**reply, "s4": ("4",)}
    assert order_given(question, doubled) == ("s1", "s2", "s3")
    assert not is_answered(question, doubled)


def test_gaps_count_one_by_one() -> None:
    item = mark_one(make.gaps(), {"g1": ("a",), "g2": ("b",)})
    assert item.points == Fraction(1, 2)
    assert [(remark.part, remark.state) for remark in item.remarks] == [("g1", "right"), ("g2", "wrong")]


@pytest.mark.parametrize(
    "typed", ["Consent", "  consent ", "con-sent", "CONSENTEMENT", "le  consentement", "cönsent."]
)
def test_typed_words_are_read_kindly_in_either_language(typed: str) -> None:
    assert mark_one(make.text(), {"text": (typed,)}).points == 1


def test_other_words_are_wrong_and_say_so() -> None:
    item = mark_one(make.text(), {"text": ("assent",)})
    assert (item.result, item.remarks[0].words) == (Result.WRONG, make.VERDICT.wrong)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l'égalité", "L’ÉGALITÉ"),
        ("coming-out", "coming out"),
        ("2 ELGBTQI+", "2elgbtqi+"),
        ("sœur", "soeur"),
    ],
)
def test_what_is_forgiven(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_marks_that_are_letters_are_not_forgiven() -> None:
    assert folded("कि") != folded("का")
    assert folded("مُحَمَّد") == folded("محمد")


def test_signs_alone_are_compared_as_they_stand() -> None:
    assert folded("+") != folded("-")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("30", ["30"]),
        ("12,5", ["12.5"]),
        ("12.50", ["12.50"]),
        (",5", [".5"]),
        ("1 500", ["1500"]),
        ("1\u202f500,5", ["1500.5"]),
        ("1,500.5", ["1500.5"]),
        ("1.500,5", ["1500.5"]),
        ("1,500,000", ["1500000"]),
        ("1,500", ["1500", "1.500"]),
        ("−3", ["-3"]),
        ("٣٠", ["30"]),
        ("$30", ["30"]),
        ("30 $", ["30"]),
        ("30 days", ["30"]),
        ("30 DAY", ["30"]),
        ("30.", ["30"]),
        ("1,2,3", []),
        ("1.2.3,4", []),
        ("12,34,5", []),
        ("30 years", []),
        ("thirty", []),
        ("", []),
        ("3e5", []),
        ("...", []),
    ],
)
def test_numbers_as_people_type_them(typed: str, found: list[str]) -> None:
    assert numbers(typed, ("days", "jours", "$")) == tuple(map(Decimal, found))


@example("🄐")
@example("\u00ad")
@given(st.text(max_size=250))
def test_any_text_can_be_compared(typed: str) -> None:
    assert folded(typed) or not visible(typed).strip()
    assert all(number.is_finite() for number in numbers(typed))


def test_a_number_within_its_tolerance_is_right() -> None:
    question = make.number(answer="12.5", tolerance="0.5", unit=make.words("days", "jours"))
    assert mark_one(question, {"text": ("13 jours",)}).points == 1
    assert mark_one(question, {"text": ("13,01",)}).points == 0


@pytest.mark.parametrize(
    ("typed", "result", "state"),
    [
        ("30 mins", Result.RIGHT, "right"),
        ("30 h", Result.WRONG, "unit"),
        ("31 h", Result.WRONG, "wrong"),
        ("31", Result.WRONG, "wrong"),
    ],
)
def test_a_right_number_with_another_unit_is_told_so(typed: str, result: Result, state: str) -> None:
    item = mark_one(make.number(unit=make.words("minutes")), {"text": (typed,)})
    assert (item.result, item.remarks[0].state) == (result, state)


def test_what_was_given_once_stays() -> None:
    """Another program may have read typed answers in another way; its marks are not taken back."""
    question, reply = make.text("q1", "3.5"), {"text": ("35",)}
    assert mark_one(question, reply).points == 0
    before = mark([question], {"q1": reply}, {"q1": "1"})
    assert (before.points, before.items[0].result) == (FULL, Result.RIGHT)
    assert before.items[0].remarks[0].words == make.VERDICT.right
    reply = {"text": ("30 min",)}
    item = mark_one(make.number(unit=make.words("minutes")), reply, "0")
    assert (item.points, item.remarks[0].state) == (NOTHING, "unit")


def test_asking_for_a_choice_instead_is_worth_the_same() -> None:
    for question in (make.match(), make.order(), make.text(), make.number()):
        reply = {"instead": ("1",), "choice": ("b",), "text": ("rubbish",)}
        item = mark_one(question, reply)
        assert (item.points, item.instead, item.question) == (FULL, True, question.id)
        assert is_answered(question, reply)
        empty = {"instead": ("1",), "text": ("rubbish",)}
        assert mark_one(question, empty).result is Result.UNANSWERED
        assert not is_answered(question, empty)


def test_a_choice_question_has_nothing_instead_of_it() -> None:
    assert not mark_one(make.choice(), {"instead": ("1",), "choice": ("b",)}).instead


def test_thoughts_and_scales_are_never_marked() -> None:
    marked = mark(
        [make.reflection("r"), make.likert("l")], {"r": {"text": ("Well",)}, "l": {"point": ("2",)}}
    )
    assert (marked.points, marked.out_of, marked.by_question) == (NOTHING, 0, {})
    assert marked.items[0].remarks[0].words == make.words("A sample")
    assert marked.passes(80)


def test_four_of_five_is_eighty_per_cent_and_not_a_hair_less() -> None:
    def marked(*points: Fraction) -> Marked:
        return Marked(tuple(MarkedItem(str(n), Result.PARTLY, worth, ()) for n, worth in enumerate(points)))

    third = Fraction(1, 3)
    assert marked(*[Fraction(1)] * 3, third, 2 * third).passes(80)
    assert not marked(*[Fraction(1)] * 3, third, Fraction(1, 2)).passes(80)
    assert per_cent(Fraction(4), 5) == 80
    assert per_cent(Fraction(0), 0) == 100
