"""Numbers as people type and paste them: what they can mean, and whether their unit is right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.learning.typed_numbers import numbers, read_number


@pytest.mark.parametrize(
    ("unit", "typed"),
    [
        *(("minutes", text) for text in ("30 min", "30 mins", "30min.", "30 MINUTE", "30 minutes")),
        *(("heures", text) for text in ("30 h", "30 hrs", "30 hours", "30\u00a0heures")),
        *(
            ("%", text)
            for text in ("30 per cent", "30 percent", "30 pour cent", "30 pourcent", "30 p. 100", "30٪")
        ),
        *(
            ("dollars", text)
            for text in ("CA$30", "30 CA$", "30 $ CA", "$30", "30 $", "CAD 30", "$ 30", "30")
        ),
        *(("jours", text) for text in ("30 days", "30 j", "30")),
        *(("chaises", text) for text in ("30 chaises", "30 chaise", "30")),
        *(("", text) for text in ("30 %", "$30", "30")),
    ],
)
def test_usual_unit_words_are_understood(unit: str, typed: str) -> None:
    assert numbers(typed, (unit,) if unit else ()) == (Decimal(30),)


@pytest.mark.parametrize(
    ("unit", "typed"),
    [("minutes", "30 h"), ("%", "30 $"), ("dollars", "US$30"), ("days", "30 %"), ("", "30 days")],
)
def test_another_unit_is_wrong_and_the_number_is_known_all_the_same(unit: str, typed: str) -> None:
    assert numbers(typed, (unit,) if unit else ()) == ()
    assert read_number(typed).values == (Decimal(30),)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((f"1{sign}500", ["1500"]) for sign in "'’ʼ\u2032 \u00a0\u202f\u2009"),
        *(("½", ["0.5"]), ("1/2", ["0.5"]), ("1 / 2", ["0.5"]), ("2½", ["2.5"]), ("2 1/2", ["2.5"])),
        *(("−½", ["-0.5"]), ("-$5", ["-5"]), ("$-5", ["-5"]), ("\ufeff30\u200b", ["30"]), ("３０", ["30"])),
        *(("1'500,50 $", ["1500.50"]), ("+5", ["5"]), ("‑5", ["-5"])),
        *(
            ("1/0", []),
            ("-$-5", []),
            ("5'30", []),
            ("5²", []),
            ("10/10/2026", []),
            ("C-16", []),
            ("about 30", []),
        ),
    ],
)
def test_fractions_groups_and_signs(typed: str, found: list[str]) -> None:
    assert numbers(typed) == tuple(map(Decimal, found))


@given(
    whole=st.integers(0, 999),
    thousand=st.integers(1, 999),
    sign=st.sampled_from("'’\u2032\u00a0\u202f "),
    hidden=st.text("\u200b\ufeff\u00ad", max_size=2),
)
def test_a_group_of_three_is_understood_with_any_separator(
    whole: int, thousand: int, sign: str, hidden: str
) -> None:
    typed = f"{hidden}{thousand}{sign}{hidden}{whole:03}{hidden}"
    assert numbers(typed) == (Decimal(thousand * 1000 + whole),)


@given(st.lists(st.decimals(-9999, 9999, places=2), min_size=2, max_size=2, unique=True))
def test_two_numbers_never_become_one(two: list[Decimal]) -> None:
    one, other = (numbers(str(number)) for number in two)
    assert set(one).isdisjoint(other)
