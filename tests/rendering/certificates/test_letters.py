"""Letters that no font has are known before a certificate is issued."""

from __future__ import annotations

import pytest

from lms.core.people.naming import tidy_name
from lms.rendering.certificates.letters import look_again, undrawable


def test_letters_are_listed_once_and_what_is_never_drawn_is_left_out() -> None:
    assert undrawable("Zoé 張 \u200c\ufe0f") == ()
    assert undrawable(tidy_name("Zo\U00011db0é")) == ("\U00011db0",), "newer than Python’s Unicode"
    assert undrawable("A\U00030010b\U00011f04\U00030010") == ("\U00030010", "\U00011f04")


def test_where_fonts_cannot_be_listed_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        assert not look_again()
        assert undrawable("\U00030010") == ()
    assert look_again()
