"""A number that nobody has checked for 180 days is hidden; the referral stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lms.core.courses.helplines import HelpLine, to_check
from lms.core.locales import Words

TODAY = date(2026, 11, 22)


def line(
    name: str = "a", regions: tuple[str, ...] = ("ca-on",), checked: str = "", read: str = ""
) -> HelpLine:
    empty = Words({"en": "x", "fr": "x"})
    return HelpLine(name, regions, "legal", empty, empty, number="5", checked=checked, read=read)


@pytest.mark.parametrize(
    ("checked", "fresh"),
    [("", False), ("2026-11-22", True), ("2026-05-26", True), ("2026-05-25", False), ("2026-11-23", False)],
)
def test_freshness(checked: str, fresh: bool) -> None:
    assert line(checked=checked).is_fresh(TODAY) is fresh
    assert line(checked=checked).is_confirmed(TODAY) is fresh
    assert line(read=checked).is_fresh(TODAY) is fresh


def test_what_was_read_is_shown_and_not_confirmed() -> None:
    read = line(read="2026-11-01", checked="2025-01-01")
    assert read.is_fresh(TODAY)
    assert not read.is_confirmed(TODAY)


@pytest.mark.parametrize("way", ["number", "text", "tty", "url"])
def test_a_line_is_reachable_by_any_way_and_not_without_one(way: str) -> None:
    nothing = replace(line(), number="")
    assert not nothing.is_reachable
    assert replace(nothing, **{way: "https://example.org"}).is_reachable  # type: ignore[arg-type]


def test_who_is_served() -> None:
    assert line().serves("ca-on")
    assert not line().serves("ca-qc")
    assert line(regions=("ca",)).serves("ca-qc")


def test_what_is_to_be_checked() -> None:
    stale, fresh = line(), line("b", checked="2026-11-01")
    never = replace(line("c"), number="")
    assert to_check((stale, fresh, never), TODAY) == (stale,)
