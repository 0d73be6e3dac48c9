"""What was typed beside what was kept: what is sent last counts, an empty field erases nothing unseen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.core.courses.quiz import TOLD
from lms.core.learning.replies import fitted, fitted_all, is_blank, marks_of, merged
from tests import builders_learning as make

texts = st.sampled_from(["", "a", "b"])
pages = st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), texts)


def _reply(text: str) -> dict[str, tuple[str, ...]]:
    return {"text": (text,)} if text else {}


@given(pages, pages, st.integers(0, 3))
def test_no_kept_answer_is_erased_by_a_page_that_has_not_seen_it(
    kept: dict[str, str], sent: dict[str, str], known: int
) -> None:
    saves = dict.fromkeys(kept, 2)
    before = {name: _reply(text) for name, text in kept.items()}
    after = before | merged(before, saves, {name: _reply(text) for name, text in sent.items()}, known)
    for name, text in sent.items():
        expected = _reply(text) if text or known >= 2 else before.get(name, {})
        assert after.get(name, {}) == expected


def test_a_mark_is_that_of_what_a_page_shows() -> None:
    text, choice = make.text(), make.choice()
    typed, chosen = {"text": ("a",), "choice": ("b",), "instead": ()}, {"choice": ("a",)}
    shown = marks_of((text, choice), {text.id: typed, choice.id: chosen, "elsewhere": {}})
    assert shown == marks_of((text, choice), {text.id: {"text": ("a",)}, choice.id: chosen})
    instead = marks_of((text,), {text.id: typed | {"instead": ("1",)}})
    assert instead == marks_of((text,), {text.id: {"choice": ("b",), "instead": ("1",)}})
    assert instead[text.id] != shown[text.id]


def test_an_order_may_come_as_places_or_as_a_list() -> None:
    question = make.order()
    assert fitted(question, {"order": ("s2", "s1", "s9")}) == {"order": ("s2", "s1")}
    assert fitted(question, {"s1": ("2", "3"), "s2": ("7",)}) == {"s1": ("2",)}


def test_a_choice_instead_belongs_to_those_that_have_one() -> None:
    reply = {"instead": ("1",), "choice": ("b", "c"), "text": ("x",)}
    assert fitted(make.text(), reply) == {"text": ("x",), "choice": ("b",), "instead": ("1",)}
    assert fitted(make.choice(), reply) == {"choice": ("b",)}


def test_blank_is_what_says_nothing() -> None:
    assert is_blank({})
    assert is_blank({"instead": ("1",), "choice": ()})
    assert not is_blank({"text": ("x",)})


def test_thoughts_may_be_long_and_words_short() -> None:
    long = {"text": ("x" * 5000,)}
    assert len(fitted(make.reflection(), long)["text"][0]) == 4000
    assert len(fitted(make.text(), long)["text"][0]) == 200
    assert fitted(make.likert(), {"point": ("5",)}) == {"point": ("5",)}


def test_what_was_commented_on_stays_as_it_is() -> None:
    kept = {"q1": {"choice": ("a",), TOLD: ("1",)}, "q2": {"choice": ("a",)}}
    sent = {"q1": {"choice": ("b",)}, "q2": {"choice": ("b",)}}
    assert merged(kept, {"q1": 1, "q2": 1}, sent, 1) == {"q2": {"choice": ("b",)}}
    assert merged(kept, {"q1": 1, "q2": 1}, {"q1": {}}, 1) == {}


def test_nobody_sends_that_they_were_told() -> None:
    assert fitted(make.choice(), {"choice": ("a",), TOLD: ("1",)}) == {"choice": ("a",)}
    one = make.choice()
    sent = {one.id: {"choice": ("a",), TOLD: ("1",)}, "elsewhere": {"choice": ("a",)}}
    assert fitted_all([one, make.text()], sent) == {one.id: {"choice": ("a",)}}
