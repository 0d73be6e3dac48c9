"""What may be printed, how a number is written and read, and that the content survives being kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.certificate import (
    LONGEST_NAME,
    Choice,
    faults,
    from_json,
    grouped,
    title_words,
    to_json,
    ungrouped,
)
from lms.core.ids import secret
from lms.core.locales import Words
from lms.core.scripts import script_of, width
from tests.builders_certificates import NUMBER, a_certificate


@given(st.binary(min_size=16, max_size=16))
def test_a_number_is_read_however_it_is_typed(randomness: bytes) -> None:
    number = secret(randomness)
    for typed in (number, grouped(number), grouped(number).upper(), f" {grouped(number).replace('-', ' ')} "):
        assert ungrouped(typed) == number


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert ungrouped(NUMBER.replace("0", "O")) == NUMBER
    assert ungrouped("l" * 26) == "1" * 26


@pytest.mark.parametrize("typed", ["", "04zs", NUMBER + "0", "u" * 26, "ж" * 26, "../../etc"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert ungrouped(typed) == ""


def test_the_content_survives_being_kept() -> None:
    written = to_json(a_certificate())
    assert from_json(written) == a_certificate()
    assert to_json(from_json(written)) == written
    assert json.loads(written)["titles"] == {"en": "Positive Spaces 1", "fr": "Espaces positifs 1"}


@pytest.mark.parametrize(
    ("name", "locales", "rules"),
    [
        ("Amina", ("en",), []),
        ("Amina", ("en", "fr"), []),
        ("ᐊᓗᒃᑕᖅ", ("fr",), []),
        ("", ("en",), ["certificate.name-missing"]),
        ("...", ("en",), ["certificate.name-missing"]),
        ("a" * (LONGEST_NAME + 1), ("en",), ["certificate.name-long"]),
        ("Amina", (), ["certificate.language-missing"]),
        ("Amina", ("en", "en"), ["certificate.language-missing"]),
        ("Amina", ("xx",), ["certificate.language-missing"]),
        ("", ("xx",), ["certificate.name-missing", "certificate.language-missing"]),
    ],
)
def test_what_cannot_be_printed_is_listed_all_at_once(
    name: str, locales: tuple[str, ...], rules: list[str]
) -> None:
    found = faults(Choice(name, locales, neutral=False), ("en", "fr"))
    assert [fault.rule for fault in found] == rules


def test_titles_are_kept_for_the_printed_languages_alone() -> None:
    title = Words({"en": "A", "fr": "B", "ar": "C"})
    assert title_words(title, ("fr", "en")).by_locale == {"fr": "B", "en": "A"}


@pytest.mark.parametrize(
    ("name", "lang", "rtl"),
    [
        ("Zoë O’Brien", "", False),
        ("فاطمة", "ar", True),
        ("דנה", "he", True),
        ("ᐊᓗᒃᑕᖅ", "iu", False),
        ("தமிழ்ச்செல்வி", "ta", False),
        ("田中さくら", "ja", False),
        ("田中花", "zh", False),
        ("김서연", "ko", False),
        ("Анна", "ru", False),
        ("", "", False),
        ("1234", "", False),
    ],
)
def test_a_name_says_which_voice_can_read_it(name: str, lang: str, rtl: bool) -> None:
    assert (script_of(name).lang, script_of(name).rtl) == (lang, rtl)


def test_widths_grow_with_what_is_drawn() -> None:
    assert width("") == 0
    assert width("i") < width("n") < width("M") <= width("花")
    assert width("e\u0301") == width("e")
    assert width("ி") < width("ம")
    assert width("م") < width("ᓇ")
