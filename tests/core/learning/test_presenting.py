"""Every kind of question is described once: what is asked, what is right, what is said to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.courses.quiz import GapsQuestion, Question, Reply
from lms.core.learning.draw import Order, order_of
from lms.core.learning.marking import FULL, HasInstead, mark_one, order_given
from lms.core.learning.presenting import (
    INTERACTIONS,
    Comment,
    Interaction,
    Presented,
    ShownPart,
    TaggedText,
    comments_on,
    key_of,
    present,
)
from lms.core.locales import Words
from tests import builders_learning as make

KINDS = {question.id: question for question in make.every_kind()}


@dataclass(frozen=True)
class Row:
    """One kind: how it is drawn, what its parts are, what its key is, and what a reply to it is told.

    Parts are written `field: label [options] = reply`, comments `part/option state: text`.
    """

    kind: str
    order: Order
    reply: Reply
    interaction: Interaction
    parts: tuple[str, ...]
    answers: tuple[str, ...]
    right: Mapping[str, tuple[str, ...]]
    key: tuple[str, ...]
    marked: tuple[str, ...]


CHOSEN = tuple(f"choice/{one} {'right' if one == 'b' else 'wrong'}: About {one}" for one in "dbca")
TABLE = (
    Row(
        kind="choice",
        order={"choice": ("d", "b", "c", "a")},
        reply={"choice": ("c",)},
        interaction=Interaction.ONE,
        parts=("choice: [d=Option d, b=Option b, c=Option c, a=Option a] = c",),
        answers=("Option c",),
        right={"choice": ("b",)},
        key=CHOSEN,
        marked=("choice/c wrong: About c",),
    ),
    Row(
        kind="choices",
        order={"choice": ("d", "c", "b", "a")},
        reply={"choice": ("a", "b")},
        interaction=Interaction.SEVERAL,
        parts=("choice: [d=Option d, c=Option c, b=Option b, a=Option a] = a b",),
        answers=("Option b", "Option a"),
        right={"choice": ("a", "c")},
        key=(
            "choice/d wrong: About d",
            "choice/c right: About c",
            "choice/b wrong: About b",
            "choice/a right: About a",
        ),
        marked=("choice/a right: About a", "choice/b wrong: About b", "choice/c missed: About c"),
    ),
    Row(
        kind="true-false",
        order={"choice": ("true", "false")},
        reply={"choice": ("true",)},
        interaction=Interaction.ONE,
        parts=("choice: [true=true, false=false] = true",),
        answers=("true",),
        right={"choice": ("false",)},
        key=("choice/true wrong: About true", "choice/false right: About false"),
        marked=("choice/true wrong: About true",),
    ),
    Row(
        kind="branch",
        order={"choice": ("d", "b", "c", "a")},
        reply={"choice": ("b",)},
        interaction=Interaction.ONE,
        parts=("choice: [d=Option d, b=Option b, c=Option c, a=Option a] = b",),
        answers=("Option b",),
        right={"choice": ("b",)},
        key=CHOSEN,
        marked=("choice/b right: About b",),
    ),
    Row(
        kind="match",
        order={"right": ("trap0", "z", "x", "y")},
        reply={"x": ("x",), "y": ("trap0",)},
        interaction=Interaction.MATCH,
        parts=tuple(
            f"{one}: Left {one} [trap0=Trap 0, z=Right z, x=Right x, y=Right y] = {reply}".strip()
            for one, reply in (("x", "x"), ("y", "trap0"), ("z", ""))
        ),
        answers=("Left x – Right x", "Left y – Trap 0"),
        right={"x": ("x",), "y": ("y",), "z": ("z",)},
        key=tuple(f"{one}/{one} note: About {one}" for one in "xyz"),
        marked=("x/x right: About x", "y/trap0 wrong: About y"),
    ),
    Row(
        kind="order",
        order={"step": ("s3", "s1", "s4", "s2")},
        reply={"s1": ("2",), "s4": ("1",)},
        interaction=Interaction.ORDER,
        parts=tuple(
            f"{step}: Step {step[1]} [1, 2, 3, 4] = {place}".strip()
            for step, place in (("s3", ""), ("s1", "2"), ("s4", "1"), ("s2", ""))
        ),
        answers=("Step 4", "Step 1"),
        right={"s1": ("1",), "s2": ("2",), "s3": ("3",), "s4": ("4",)},
        key=("/ right: Yes.", "/ wrong: Not quite."),
        marked=("/ wrong: Not quite.",),
    ),
    Row(
        kind="text",
        order={},
        reply={"text": ("Consent",)},
        interaction=Interaction.TEXT,
        parts=("text: [] = Consent",),
        answers=("Consent",),
        right={},
        key=("/ right: Yes.", "/ wrong: Not quite."),
        marked=("/ right: Yes.",),
    ),
    Row(
        kind="number",
        order={},
        reply={"text": ("31",)},
        interaction=Interaction.NUMBER,
        parts=("text: [] = 31",),
        answers=("31",),
        right={},
        key=("/ right: Yes.", "/ wrong: Not quite."),
        marked=("/ wrong: Not quite.",),
    ),
    Row(
        kind="gaps",
        order={"g1": ("c", "a", "b"), "g2": ("b", "c", "a")},
        reply={"g1": ("a",), "g2": ("c",)},
        interaction=Interaction.GAPS,
        parts=(
            "g1: [c=Option c, a=Option a, b=Option b] = a",
            "g2: [b=Option b, c=Option c, a=Option a] = c",
        ),
        answers=("Option a", "Option c"),
        right={"g1": ("a",), "g2": ("a",)},
        key=(
            "g1/c wrong: About c",
            "g1/a right: About a",
            "g1/b wrong: About b",
            "g2/b wrong: About b",
            "g2/c wrong: About c",
            "g2/a right: About a",
        ),
        marked=("g1/a right: About a", "g2/c wrong: About c"),
    ),
    Row(
        kind="reflection",
        order={},
        reply={"text": ("My thoughts",)},
        interaction=Interaction.THOUGHT,
        parts=("text: [] = My thoughts",),
        answers=("My thoughts",),
        right={},
        key=("/ note: A sample",),
        marked=("/ note: A sample",),
    ),
    Row(
        kind="likert",
        order={},
        reply={"point": ("5",)},
        interaction=Interaction.SCALE,
        parts=("point: [1=Not sure, 2, 3, 4, 5=Sure] = 5",),
        answers=("5",),
        right={},
        key=(),
        marked=(),
    ),
)
each_kind = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.kind)


def part(shown: ShownPart) -> str:
    label = [shown.label.text] if shown.label else []
    options = (f"{one.id}={one.text.text}" if one.text else one.id for one in shown.options)
    listed = ", ".join(options)
    return " ".join([f"{shown.id}:", *label, f"[{listed}]", "=", *shown.given])


def comment(said: Comment) -> str:
    return f"{said.part}/{said.option} {said.state}: {said.text.text}"


def answers(shown: Presented) -> tuple[str, ...]:
    return tuple(
        f"{one.about.text} – {one.text.text}" if one.about else one.text.text for one in shown.answers
    )


def test_the_table_has_every_kind() -> None:
    assert [row.kind for row in TABLE] == [question.kind for question in KINDS.values()]
    assert set(INTERACTIONS) == {question.kind for question in KINDS.values()}
    assert set(INTERACTIONS.values()) == set(Interaction)


@each_kind
def test_what_is_asked(row: Row) -> None:
    question = KINDS[row.kind]
    shown = present(question, "en", row.order, row.reply)
    assert (shown.id, shown.prompt) == (question.id, TaggedText("en", question.prompt["en"]))
    assert shown.hint == (TaggedText("en", "A hint") if row.kind == "match" else None)
    assert (shown.interaction, shown.rests_on) == (row.interaction, question.rests_on)
    assert shown.graded is (row.kind not in {"reflection", "likert"})
    assert tuple(map(part, shown.parts)) == row.parts
    assert (shown.instead is not None) is isinstance(question, HasInstead)
    assert shown.asked is shown


@each_kind
def test_a_question_that_is_shown_holds_no_key(row: Row) -> None:
    told = repr(present(KINDS[row.kind], "en"))
    assert not any(words in told for words in ("About ", "Not quite.", "A sample", "consent"))


@each_kind
def test_what_was_answered(row: Row) -> None:
    assert answers(present(KINDS[row.kind], "en", row.order, row.reply)) == row.answers
    assert answers(present(KINDS[row.kind], "en")) == ()


@each_kind
def test_what_is_right(row: Row) -> None:
    key = key_of(KINDS[row.kind], "en", row.order)
    right = {name: tuple(sorted(ids)) for name, ids in key.right.items()}
    assert (right, list(right)) == (row.right, list(row.right))
    assert tuple(map(comment, key.comments)) == row.key


@each_kind
def test_what_is_said_to_an_answer(row: Row) -> None:
    question = KINDS[row.kind]
    told = comments_on(question, mark_one(question, row.reply), row.reply, "en")
    assert tuple(map(comment, told)) == row.marked


@each_kind
def test_a_draw_changes_the_order_and_nothing_else(row: Row) -> None:
    written, drawn = present(KINDS[row.kind], "en"), present(KINDS[row.kind], "en", row.order)
    assert sorted(one.id for one in written.parts) == sorted(one.id for one in drawn.parts)
    for one in written.parts:
        (other,) = (found for found in drawn.parts if found.id == one.id)
        assert sorted(one.options, key=str) == sorted(other.options, key=str)


@pytest.mark.parametrize(
    ("kind", "ids"),
    [("choice", "a b c d"), ("true-false", "true false"), ("match", "x y z trap0"), ("gaps", "a b c")],
)
def test_without_a_draw_options_stand_as_they_were_written(kind: str, ids: str) -> None:
    assert [one.id for one in present(KINDS[kind], "en").parts[0].options] == ids.split()


@pytest.mark.parametrize("question", KINDS.values(), ids=lambda question: question.kind)
@pytest.mark.parametrize("seed", ["one", "two"])
def test_who_answers_by_the_key_gets_the_point(question: Question, seed: str) -> None:
    shown, key = present(question, "en", order_of(question, seed)), key_of(question, "en")
    reply = dict(key.right) | {"text": (key.accepted[0].text,)} if key.accepted else dict(key.right)
    item = mark_one(question, reply)
    assert item.points == (FULL if shown.graded else 0)
    assert {one.id for one in shown.parts} >= set(key.right)


# --- languages ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("question", KINDS.values(), ids=lambda question: question.kind)
@pytest.mark.parametrize(("locale", "lang"), [("en", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("ar", "en")])
def test_each_text_says_which_language_it_is_in(question: Question, locale: str, lang: str) -> None:
    shown, key = present(question, locale), key_of(question, locale)
    told = [shown.prompt, shown.hint, shown.text, shown.unit]
    for one in shown.parts:
        told += [one.label, *(option.text for option in one.options)]
    for said in key.comments:
        told += [said.text, said.about, said.chosen, said.then]
    if question.kind == "text":
        told += key.accepted
    assert {one.lang for one in told if one and one.text} == {lang}


def test_what_a_learner_typed_and_a_number_have_no_language() -> None:
    assert present(KINDS["text"], "ar", reply={"text": ("نعم",)}).answers[0].text == TaggedText("", "نعم")
    assert key_of(KINDS["number"], "ar").accepted == (TaggedText("", "30"),)
    assert [one.text for one in key_of(KINDS["text"], "fr").accepted] == ["le consentement", "consentement"]


# --- what only some kinds have ------------------------------------------------------------------------------
def test_a_text_with_gaps_comes_in_pieces() -> None:
    shown = present(KINDS["gaps"], "en")
    said = [piece.id if isinstance(piece, ShownPart) else piece.text for piece in shown.pieces]
    assert said == ["Ask ", "g1", ", then ", "g2", "."]
    assert present(KINDS["choice"], "en").pieces == ()


def test_a_gap_has_any_id_and_other_braces_stay_words() -> None:
    gaps = KINDS["gaps"]
    assert isinstance(gaps, GapsQuestion)
    said, first = Words({"en": "Say {first-1}, not {this}."}), replace(gaps.gaps[0], id="first-1")
    pieces = present(replace(gaps, text=said, gaps=(first,)), "en").pieces
    shown = [one.id if isinstance(one, ShownPart) else one.text for one in pieces]
    assert shown == ["Say ", "first-1", ", not ", "{this}", "."]


def test_a_number_has_its_unit_and_its_tolerance() -> None:
    question = make.number("near", "3.5", "0.5", make.words("km"))
    assert present(question, "en").unit == TaggedText("en", "km")
    assert key_of(question, "en").tolerance == "0.5"
    assert key_of(make.number(tolerance="0.0"), "en").tolerance == ""


def test_a_scenario_tells_what_happens_next() -> None:
    question = make.choice("branch", kind="branch")
    options = tuple(replace(one, then=make.words(f"Then {one.id}")) for one in question.options)
    question = replace(question, options=options)
    key = key_of(question, "en")
    assert [said.then for said in key.comments] == [TaggedText("en", f"Then {one}") for one in "abcd"]
    (said,) = comments_on(question, mark_one(question, {"choice": ("c",)}), {"choice": ("c",)}, "fr")
    assert said.then == TaggedText("fr", "Then c (fr)")
    assert said.chosen == TaggedText("fr", "Option c (fr)")


def test_a_question_to_oneself_without_a_sample_has_no_comment() -> None:
    assert key_of(replace(make.reflection(), sample=None), "en").comments == ()


def test_the_comments_on_a_pair_say_both_sides() -> None:
    for said in key_of(KINDS["match"], "en").comments:
        assert (said.about, said.chosen) == (
            TaggedText("en", f"Left {said.part}"),
            TaggedText("en", f"Right {said.part}"),
        )


@pytest.mark.parametrize("kind", ["match", "order", "text", "number"])
def test_the_choice_question_instead_is_described_as_well(kind: str) -> None:
    question, reply = KINDS[kind], {"instead": ("1",), "choice": ("c",), "text": ("30",)}
    shown = present(question, "en", {"instead": ("d", "c", "b", "a")}, reply)
    assert shown.asked is shown.instead
    assert [part(one) for one in shown.asked.parts] == [
        "choice: [d=Option d, c=Option c, b=Option b, a=Option a] = c"
    ]
    assert answers(shown.asked) == ("Option c",)
    told = comments_on(question, mark_one(question, reply), reply, "en")
    assert list(map(comment, told)) == ["choice/c wrong: About c"]


def test_the_comments_repeat_what_was_chosen_where_each_part_has_one() -> None:
    repeat = {kind for kind, question in KINDS.items() if present(question, "en").comments_repeat}
    assert repeat == {"choice", "choices", "true-false", "branch", "match", "gaps"}


# --- steps --------------------------------------------------------------------------------------------------
places = st.sampled_from(["", "1", "2", "3", "4", "5"]).map(lambda place: (place,) if place else ())
by_place = st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4", "?"]), places)
by_order = st.lists(st.sampled_from(["s1", "s2", "s3", "s4", "?"]), max_size=6).map(
    lambda steps: {"order": tuple(steps)}
)


@given(by_place | by_order, st.text(max_size=3))
def test_steps_are_given_as_the_marking_reads_them(reply: dict[str, tuple[str, ...]], seed: str) -> None:
    question = make.order("order")
    shown = present(question, "en", order_of(question, seed), reply)
    assert answers(shown) == tuple(f"Step {step[1]}" for step in order_given(question, reply))
    whole = len(shown.answers) == len(question.steps)
    drawn = order_of(question, seed)["step"]
    assert tuple(one.id for one in shown.parts) == (order_given(question, reply) if whole else drawn)


def test_an_order_that_was_given_fills_the_places() -> None:
    reply = {"order": ("s4", "s2"), "s1": ("3",)}
    shown = present(make.order("order"), "en", {}, reply)
    assert {one.id: one.given for one in shown.parts} == {"s1": (), "s2": ("2",), "s3": (), "s4": ("1",)}


def test_words_in_one_language_only_keep_it() -> None:
    question = replace(make.choice(), prompt=Words({"ar": "سؤال"}))
    assert present(question, "en").prompt == TaggedText("ar", "سؤال")
