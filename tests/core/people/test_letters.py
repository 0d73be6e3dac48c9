"""Letters of different keyboards, and signs that nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.people.letters import OPENED, plain, visible


@given(st.text())
def test_what_nobody_sees_is_taken_away_and_nothing_else(text: str) -> None:
    seen = visible(text)
    assert visible(seen) == seen
    assert [sign for sign in text if sign in seen] == list(seen)
    assert not any(unicodedata.category(sign) == "Cf" for sign in seen)


def test_a_joiner_stays_where_it_is_part_of_the_spelling() -> None:
    assert visible("\ufeffنامه\u200cای\ufe0f", but="\u200c") == "نامه\u200cای"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Kahoʻolawe", "Kaho'olawe"), ("Sahaiʔa", "Sahai'a"), ("Oʼzbek", "O’zbek")),
        *(("Þórður", "Thordur"), ("Əliyev", "Aliyev"), ("Ŋann", "Nann"), ("Ħamrun", "Hamrun"), ("Ŧ", "T")),
        *(("علی", "علي"), ("کریم", "كريم"), ("ہما", "هما"), ("مـحمد", "محمد"), ("ٱلله", "الله")),
        *(("Қайрат", "Кайрат"), ("Ґалаґан", "Галаган"), ("Ӏиса", "Iиса"), ("ശ്രീകുമാർ", "ശ്രീകുമാര്\u200d")),
        *(("髙橋", "高橋"), ("ײ", "יי"), ("ŁUKASZ", "lukasz"), ("Ⓐ", "a"), ("۵", "5"), ("ɬ", "ł")),
    ],
)
def test_two_keyboards_of_one_language_write_the_same(one: str, other: str) -> None:
    def letters(text: str) -> str:
        return plain(text).replace("'", "").replace("’", "")

    assert letters(one) == letters(other)


def test_other_letters_stay_apart() -> None:
    assert (
        len({plain(text) for text in ("ba", "be", "عمر", "عمرو", "कि", "का", "Ким", "Кум", "高", "吉")}) == 10
    )


def test_ligatures_are_opened_for_the_search_too() -> None:
    assert {chr(code) for code in OPENED} == set("œæøłđı")
