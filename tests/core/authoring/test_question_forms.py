"""What an author sent for a question becomes its entry: rows, holes, numbers; what was not sent stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import pytest

from lms.core.authoring.quizzes.question_forms import QuestionForm, counted_holes, digest_of, ids_in, taken

LANGUAGES = ("en", "fr")


def sent(entry: Mapping[str, Any], fields: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """Return an entry with these fields sent for it."""
    number = count(1)
    lists = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in fields.items()}
    return taken(entry, QuestionForm(lists, LANGUAGES, lambda: f"n{next(number)}"))


CHOICE = {
    "id": "q1",
    "kind": "choice",
    "outcome": "o1",
    "prompt": {"en": "Who?", "fr": "Qui ?"},
    "options": (
        {"id": "a", "correct": True, "text": {"en": "A"}},
        {"id": "b", "text": {"en": "B"}},
        {"id": "c", "text": {"en": "C"}},
    ),
}
ROWS = ("a", "b", "c", "+1", "+2")


def test_what_was_not_sent_stays_and_an_unknown_kind_keeps_all() -> None:
    assert sent(CHOICE, {}) == CHOICE
    assert sent({"id": "q", "kind": "riddle", "says": "x"}, {"says": "y"}) == {
        "id": "q",
        "kind": "riddle",
        "says": "x",
    }
    assert digest_of(CHOICE) != digest_of(sent(CHOICE, {"outcome": "o2"}))


def test_words_are_put_beside_others_and_empty_ones_go() -> None:
    made = sent(CHOICE, {"prompt.en": "Who\r\nnow? ", "hint.fr": "Regardez.", "outcome": "o2"})
    assert made["prompt"] == {"en": "Who\nnow?", "fr": "Qui ?"}
    assert list(made) == ["id", "kind", "outcome", "prompt", "hint", "options"]
    assert "hint" not in sent(made, {"hint.fr": ""})


def test_laws_are_listed_once_and_an_empty_list_stays_a_list() -> None:
    made = sent(CHOICE, {"rests_on": ["x", "", "x", "y"]})
    assert made["rests_on"] == ("x", "y")
    assert sent(made, {})["rests_on"] == ()


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        ({}, "abc"),
        ({"options.c:at": "1"}, "cab"),
        ({"options.a:at": "3"}, "bca"),
        ({"options.a:at": "x"}, "abc"),
        ({"options.a:at": "²"}, "abc"),
        ({"options.a:at": "1"}, "abc"),
        ({"options.b:remove": "1"}, "ac"),
    ],
)
def test_rows_move_and_go(fields: Mapping[str, str], order: str) -> None:
    made = sent(CHOICE, {"options:rows": ROWS, "options:right": "a", **fields})
    assert "".join(row["id"] for row in made["options"]) == order


def test_a_new_row_gets_an_id_and_another_may_be_right() -> None:
    made = sent(CHOICE, {"options:rows": ROWS, "options:right": ["b", "+1"], "options.+1.text.en": "New"})
    assert [(row["id"], row.get("correct")) for row in made["options"]] == [
        ("a", None),
        ("b", True),
        ("c", None),
        ("n1", True),
    ]


def test_rows_that_may_be_missing_go_and_what_is_no_row_is_dropped() -> None:
    match = {"id": "q", "kind": "match", "distractors": ({"id": "d", "text": {"en": "D"}},), "pairs": ("x",)}
    made = sent(match, {"distractors:rows": "d", "distractors.d:remove": "1", "pairs:rows": ["p", "+1"]})
    assert "distractors" not in made
    assert made["pairs"] == ()


def test_truth_lists_and_numbers_are_read_as_people_write_them() -> None:
    truth = {"id": "q", "kind": "true-false", "answer": True}
    assert sent(truth, {"answer": "false"})["answer"] is False
    assert sent(truth, {"answer": "perhaps"})["answer"] is True
    text = sent({"id": "q", "kind": "text"}, {"accept.en": " name \n\nmy name", "accept.fr": ""})
    assert text["accept"] == {"en": ("name", "my name")}
    number = {"id": "q", "kind": "number", "answer": "5", "tolerance": "1"}
    assert sent(number, {"answer": "2,5", "tolerance": ""}) == {"id": "q", "kind": "number", "answer": "2.5"}
    assert sent(number, {"answer": "5"}) == number
    likert = {"id": "q", "kind": "likert", "points": 5}
    assert sent(likert, {"points": "7"})["points"] == 7
    assert sent(likert, {"points": "seven"})["points"] == "seven"


def test_parts_stand_where_their_path_says() -> None:
    made = sent({"id": "q", "kind": "text", "feedback": "odd"}, {"feedback.right.en": "Yes."})
    assert made["feedback"] == {"right": {"en": "Yes."}}
    assert "feedback" not in sent(made, {"feedback.right.en": ""})


def test_holes_are_numbers_to_an_author_and_ids_in_the_file() -> None:
    gaps = {"id": "q", "kind": "gaps", "text": {"en": "Ask {g1}."}, "gaps": ({"id": "g1", "options": ()},)}
    fields = {
        "text.en": "Ask {1}, {2}, {9}.",
        "gaps:rows": ["g1", "+1"],
        "gaps.+1.options:rows": "+1",
        "gaps.+1.options.+1.text.en": "wait",
    }
    made = sent(gaps, fields)
    fresh = made["gaps"][1]["id"]
    assert made["text"]["en"] == f"Ask {{g1}}, {{{fresh}}}, {{9}}."
    assert counted_holes(made["text"]["en"], ["g1", fresh]) == fields["text.en"]
    assert set(ids_in(made)) == {"q", "g1", fresh, made["gaps"][1]["options"][0]["id"]}
    assert list(ids_in({"id": 5, "rows": "x"})) == []
