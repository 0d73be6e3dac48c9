"""One value of a YAML file is changed and every byte of what nobody touched stays."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.editing.rewriting import fresh, rewritten
from lms.content.shapes.reading import read_yaml
from lms.core.errors import Conflict
from tests.builders import SITE
from tests.builders_learning import refused

REAL = Path(__file__).resolve().parents[3] / "quizzes"
FILES = sorted((*REAL.glob("*/*/draft.yaml"), *(SITE / "quizzes").glob("*/*/draft.yaml")))

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30)
PROSE = st.one_of(
    TEXTS,
    st.sampled_from(
        ("a: b", "c #d", "- e", "true", "12", "« f »", "", " g", "h\ni", "j\n\n- k", "l: ", "'m", "n\n")
    ),
)
KEYS = st.sampled_from(("en", "fr", "id", "text", "hint", "true"))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(PROSE, st.booleans(), st.integers(-99, 99), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4).map(tuple), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def value_of(raw: bytes) -> Any:
    source = read_yaml(raw, "")
    assert not source.findings, source.findings
    return source.value


def _steps(was: list[bytes], now: list[bytes]) -> list[tuple[str, int, int]]:
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [(tag, begin, end) for tag, begin, end, _, _ in matcher.get_opcodes()]


@pytest.mark.parametrize("file", FILES, ids=lambda one: f"{one.parts[-3]}/{one.parts[-2]}")
def test_in_every_real_quiz_a_question_changes_and_all_others_keep_their_bytes(file: Path) -> None:
    raw = file.read_bytes()
    value = value_of(raw)
    assert rewritten(raw, (), value) == raw
    lines = raw.splitlines()
    for at in {0, len(value["items"]) // 2, len(value["items"]) - 1}:
        item = value["items"][at]
        made = rewritten(raw, ("items", at, "prompt"), {**item["prompt"], "en": 'Who “says”: "now" #1?'})
        now = made.splitlines()
        other = [tag for tag, _, _ in _steps(lines, now)]
        assert other.count("replace") == 1
        assert set(other) == {"equal", "replace"}
    turned = tuple(reversed(value["items"]))
    again = rewritten(rewritten(raw, ("items",), turned), ("items",), value["items"])
    assert value_of(again) == value


@given(VALUES)
@settings(max_examples=40)
def test_whatever_is_written_is_read_as_it_was(value: Any) -> None:
    raw = fresh({"id": value}).encode()
    assert value_of(raw) == {"id": value}


@given(VALUES, VALUES, st.sampled_from(("hint", "items", "id")))
@settings(max_examples=60)
def test_any_value_takes_the_place_of_any_other(old: Any, new: Any, key: str) -> None:
    raw = ("# first\n" + fresh({"id": "x", "items": old, "last": {"en": "kept"}}) + "# last\n").encode()
    made = rewritten(raw, (key,), new)
    wanted = {"id": "x", "items": old, "last": {"en": "kept"}}
    wanted = {name: one for name, one in {**wanted, key: new}.items() if one is not None or name != key}
    assert value_of(made) == wanted
    assert made.startswith(b"# first\n")
    assert made.endswith(b"# last\n")


def test_remarks_line_ends_and_marks_stay() -> None:
    raw = (
        b"\xef\xbb\xbf# head\r\nitems:\r\n- id: a # one\r\n  text: |\r\n    long\r\n    text\r\n\r\n"
        b"# of b\r\n- {id: b, text: 'it''s'}\r\n- id: c\r\n  text: \"d\"\r\n"
    )
    items = value_of(raw)["items"]
    made = rewritten(raw, ("items", 2, "text"), "e")
    assert made == raw.replace(b'"d"', b'"e"')
    turned = rewritten(raw, ("items",), (items[1], items[0]))
    assert turned.index(b"# of b\r\n- {id: b") < turned.index(b"- id: a # one")
    assert b"\n\n" not in turned.replace(b"\r\n", b"")
    added = rewritten(raw, ("items", 0), {"id": "a", "hint": "one\ntwo", "text": "long\ntext\n"})
    assert b"# one" in added
    assert b"\r\n  hint: |-\r\n" in added


def test_letters_that_once_ended_lines_stay_where_they_are() -> None:
    raw = 'a: one\u2028two\nb\u0085c: "three\u2029"\nd: four # \u2028\n'.encode()
    assert rewritten(raw, ("d",), "five") == raw.replace(b"four", b"five")
    assert rewritten(raw, ("b\u0085c",), "six") == raw.replace("three\u2029".encode(), b"six")


def test_an_entry_is_taken_out_and_a_false_place_is_refused() -> None:
    raw = b"a: 1\nb: {c: 2, d: [x, y]}\n"
    assert rewritten(raw, ("a",), None) == b"b: {c: 2, d: [x, y]}\n"
    assert rewritten(raw, ("b", "d"), ("y", "x", "z")) == b"a: 1\nb: {c: 2, d: [y, x, z]}\n"
    assert rewritten(raw, ("b", "e", "f"), "g: h") == b'a: 1\nb: {c: 2, d: [x, y], e: {f: "g: h"}}\n'
    for path in (("a", "x"), ("b", "d", 7), ("b", 0)):
        with refused(Conflict, "draft.by-hand"):
            rewritten(raw, path, "z")
    with refused(Conflict, "draft.by-hand"):
        rewritten(b"a: [", ("a",), "z")
