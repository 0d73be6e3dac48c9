"""What the log says of a fault: kinds and lines of code, never the sentence."""

from __future__ import annotations

import pytest

from lms.core.operations.faults import whereabouts


def _break() -> None:
    raise KeyError("amina@example.org")


def _break_again() -> None:
    try:
        _break()
    except KeyError as problem:
        raise ValueError("amina") from problem


def test_it_says_kind_and_place_of_everything_that_went_wrong() -> None:
    with pytest.raises(ValueError, match="amina") as caught:
        _break_again()
    told = whereabouts(caught.value)
    assert "ValueError" in told
    assert "KeyError" in told
    assert "test_faults.py" in told
    assert "_break" in told
    assert "amina" not in told


def test_a_circle_of_causes_ends() -> None:
    one, other = ValueError("amina"), KeyError("amina")
    one.__cause__, other.__cause__ = other, one
    assert whereabouts(one) == "ValueError\nfrom KeyError"
