"""Text that one of the databases refuses is told from all other text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from lms.core.operations.characters import LOOKED_AT, can_be_kept, can_be_written, kept_part, writable_part


@dataclass(frozen=True)
class Told:
    text: str
    number: int = 1
    inner: object = None
    words: Mapping[str, str] = field(default_factory=dict)
    cookie: str = field(default="", metadata=LOOKED_AT)


KEPT = ["", "Zoé", "\u202e\ufffe\U0010ffff\x01\x1e", "\U0001f469\u200d\U0001f680", "\ufffd", "\x7f"]
REFUSED = ["\0", "a\0b", "\ud800", "a\udfffb", "\udce9"]


@pytest.mark.parametrize("text", KEPT)
def test_what_can_be_kept(text: str) -> None:
    for value in (text, [text], (text,), {text}, frozenset((text,)), {text: {"a": [text]}}, Told(text)):
        assert can_be_kept(value)


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_kept_wherever_it_stands(text: str) -> None:
    for value in (text, ["a", text], (text,), {text}, {text: "a"}, {"a": {"b": ("c", text)}}, Told(text)):
        assert not can_be_kept(value)


@pytest.mark.parametrize("text", REFUSED)
def test_words_in_several_languages_are_looked_at_in_an_object_too(text: str) -> None:
    assert can_be_kept(Told("a", words={"en": "b"}))
    assert not can_be_kept(Told("a", words={"en": "b", "fr": text}))


def test_what_is_no_text_can_be_kept() -> None:
    assert all(map(can_be_kept, (None, 1, 1.5, True, b"\0", object(), Told("a", inner=Told("\0")), Told)))
    assert can_be_kept(Told("a", cookie="\0"))


@pytest.mark.parametrize("text", [*KEPT, *REFUSED])
def test_what_is_left_can_be_kept_and_nothing_else_is_lost(text: str) -> None:
    assert can_be_kept(kept_part(text))
    assert kept_part(text) == "".join(one for one in text if can_be_kept(one))


@pytest.mark.parametrize("text", ["\0", "\x07", "\x1f", "\x7f", "\x9f", "\ud800", "\ufffe", "\uffff"])
def test_what_no_page_can_hold_cannot_be_written(text: str) -> None:
    assert not can_be_written(("a", {"b": Told(f"c{text}")}))
    assert can_be_written(("a\t\r\n\x85", {"Zoé": Told("\U0001f469\u200d\U0001f680")}))


def test_what_is_shown_again_can_be_written_and_nothing_else_is_lost() -> None:
    typed = "Zoé,\n\t\x07a\uffff\x85b\ud800\U0001f33f"
    assert writable_part(typed) == "Zoé,\n\ta\x85b\U0001f33f"
    assert can_be_written(writable_part(typed))
