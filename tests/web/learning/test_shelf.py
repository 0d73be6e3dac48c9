"""Drawn lesson pages are kept up to so many bytes, whatever their number and their size."""

from __future__ import annotations

from lms.rendering.lessons.prepared import Page, mark, prepare
from lms.web.lessons.prepared import MOST_BYTES, Shelf

REGISTER = object()


def a_page(length: int) -> Page:
    return prepare("".join(map(str, range(length)))[:length] + mark("name"), ["name"])


def test_the_size_of_a_page_is_what_is_kept_of_it() -> None:
    page = a_page(10_000)
    plain, deflated = page.plain({"name": b""}), page.gzipped({"name": b""})
    assert len(plain) < page.size <= len(plain) + len(deflated)


def test_few_large_pages_take_the_room_of_many_small_ones() -> None:
    small, large = a_page(1_000), a_page(100_000)
    shelf = Shelf(most=3 * large.size)
    for number in range(100):
        shelf.page(("small", number), REGISTER, lambda: small)
    assert (len(shelf), shelf.size) == (100, 100 * small.size)
    for number in range(10):
        shelf.page(("large", number), REGISTER, lambda: large)
        assert shelf.size <= 3 * large.size
    assert (len(shelf), shelf.size) == (3, 3 * large.size)


def test_what_was_longest_unused_goes_first() -> None:
    page = a_page(1_000)
    shelf = Shelf(most=2 * page.size)
    drawn: list[str] = []

    def look(name: str) -> None:
        def draw() -> Page:
            drawn.append(name)
            return page

        shelf.page((name,), REGISTER, draw)

    for name in ("one", "two", "one", "three", "one", "two"):
        look(name)
    assert drawn == ["one", "two", "three", "two"]


def test_a_page_drawn_again_takes_its_room_once_and_one_that_is_too_large_none() -> None:
    page = a_page(1_000)
    shelf = Shelf(most=2 * page.size)
    for _ in range(5):
        shelf.page(("one",), object(), lambda: page)
    assert (len(shelf), shelf.size) == (1, page.size)
    huge = a_page(100_000)
    assert shelf.page(("huge",), REGISTER, lambda: huge) is huge
    assert (len(shelf), shelf.size) == (0, 0)


def test_the_bound_is_24_megabytes() -> None:
    assert MOST_BYTES == 24_000_000
