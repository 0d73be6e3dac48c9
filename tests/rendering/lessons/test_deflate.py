"""What is stitched together is what a standard decoder reads."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.rendering.lessons.deflate import part, stitch
from lms.rendering.lessons.prepared import mark, prepare


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=400)), max_size=8))
def test_any_mixture_of_parts_and_fillings_reads_back(pieces: list[tuple[bool, bytes]]) -> None:
    made = stitch([part(text) if fixed else text for fixed, text in pieces])
    assert gzip.decompress(made) == b"".join(text for _, text in pieces)


def test_a_filling_longer_than_a_stored_block_reads_back() -> None:
    text = bytes(range(256)) * 1000
    assert gzip.decompress(stitch([part(b"a"), text, part(text)])) == b"a" + text + text


def test_a_page_is_filled_the_same_plain_and_gzipped() -> None:
    page = prepare(
        f"<p>{mark('name')}, {mark('name')} has {mark('left')} left</p>", ["name", "left", "never"]
    )
    filling = {"name": "Zoé".encode(), "left": b""}
    assert page.holes == {"name", "left"}
    assert page.plain(filling).decode() == "<p>Zoé, Zoé has  left</p>"
    assert gzip.decompress(page.gzipped(filling)) == page.plain(filling)


def test_a_hole_that_nobody_listed_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        prepare(f"<p>{mark('secret')}</p>", ["name"])


def test_a_hole_without_a_filling_is_refused() -> None:
    with pytest.raises(KeyError):
        prepare(mark("name"), ["name"]).gzipped({})


def test_a_text_that_looks_like_a_mark_is_no_hole() -> None:
    page = prepare(f"<p>\ue000token\ue001 {mark('token')} \ue000x\ue001 \ue001</p>", ["token"])
    assert page.plain({"token": b"t"}).decode() == "<p>\ue000token\ue001 t \ue000x\ue001 \ue001</p>"
