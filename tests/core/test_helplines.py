"""A number that nobody has checked for 180 days is hidden; the referral stays."""

from __future__ import annotations

from datetime import date

import pytest

from lms.core.helplines import HelpLine, to_check
from lms.core.locales import Words

TODAY = date(2026, 11, 22)


def line(name: str = "a", regions: tuple[str, ...] = ("ca-on",), checked: str = "") -> HelpLine:
    empty = Words({"en": "x", "fr": "x"})
    return HelpLine(name, regions, "legal", empty, empty, checked=checked)


@pytest.mark.parametrize(
    ("checked", "fresh"),
    [("", False), ("2026-11-22", True), ("2026-05-26", True), ("2026-05-25", False), ("2026-11-23", False)],
)
def test_freshness(checked: str, fresh: bool) -> None:
    assert line(checked=checked).is_fresh(TODAY) is fresh


def test_who_is_served() -> None:
    assert line().serves("ca-on")
    assert not line().serves("ca-qc")
    assert line(regions=("ca",)).serves("ca-qc")


def test_what_is_to_be_checked() -> None:
    stale, fresh = line(), line("b", checked="2026-11-01")
    assert to_check((stale, fresh), TODAY) == (stale,)
