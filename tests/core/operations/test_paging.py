"""A mark of a page says a row, and is checked; a portion knows whether there is more."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.errors import NotFound
from lms.core.ids import time_ordered
from lms.core.operations.paging import Bookmark, bookmark_of, portion_of

ID = time_ordered(5, b"0123456789")


def spelled(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(st.integers(0, (1 << 62) - 1), st.binary(min_size=10, max_size=10))
def test_a_mark_is_read_back(at: int, randomness: bytes) -> None:
    place = Bookmark(at, time_ordered(at, randomness))
    assert bookmark_of(place.mark) == place
    assert bookmark_of("") is None


@pytest.mark.parametrize(
    "mark",
    [
        "x",
        "é",
        "%",
        "A" * 5000,
        Bookmark(5, ID).mark + "=",
        Bookmark(5, ID).mark + "!",
        Bookmark(5, ID).mark + "A",
        spelled(f"-1 {ID}"),
        spelled(f"05 {ID}"),
        spelled(f"5  {ID}"),
        spelled(f"٥ {ID}"),
        spelled(f"{1 << 62} {ID}"),
        spelled("5 someone"),
        spelled("5"),
        spelled("' OR 1=1"),
    ],
)
def test_what_no_list_has_made_is_refused(mark: str) -> None:
    with pytest.raises(NotFound) as caught:
        bookmark_of(mark)
    assert caught.value.code == "list.place-unknown"


def test_a_portion_says_where_the_next_one_begins() -> None:
    rows = [Bookmark(at, ID) for at in range(4)]
    whole = portion_of(rows, lambda one: one, 4)
    assert (whole.rows, whole.following) == (tuple(rows), "")
    cut = portion_of(rows, lambda one: one, 3)
    assert (cut.rows, bookmark_of(cut.following)) == (tuple(rows[:3]), rows[2])
    assert portion_of([], lambda one: one, 3).rows == ()
