"""What may be printed, how a number is written and read, and that the content survives being kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.certificates.certificate import (
    LONGEST_NAME,
    CertificateChoice,
    faults,
    from_json,
    grouped,
    title_words,
    to_json,
    ungrouped,
)
from lms.core.checks.wording.scripts import script_of, width
from lms.core.ids import secret
from lms.core.locales import Words
from tests.builders_certificates import NUMBER, a_certificate


@given(st.binary(min_size=16, max_size=16))
def test_a_number_is_read_however_it_is_typed(randomness: bytes) -> None:
    number = secret(randomness)
    for typed in (number, grouped(number), grouped(number).upper(), f" {grouped(number).replace('-', ' ')} "):
        assert ungrouped(typed) == number


DASHES = [
    "-",
    "\u2010",
    "\u2011",
    "\u2012",
    "–",
    "—",
    "\u2212",
    "\u00ad",
    " ",
    "\u00a0",
    "\u202f",
    ".",
    "_",
    "/",
]
HIDDEN = st.text("\u200b\ufeff\u00ad\u2060\u200e\u200d", max_size=3)
WRAPS = [
    *("{}", "({})", "#{}", "No. {}", "No {}", "№{}", "nº {}", "N° {}", "Certificate number: {}", "“{}”,"),
    *("Attestation no {}", "Numéro de l’attestation: {}", "https://learn.example.org/verify/{}", "\n{}\n"),
    *("https://learn.example.org/fr/verify/{}/", "https://a.example/en/verify?number={}&x=1", "<{}>"),
    *("https://a.example/en/verify/{}?next=/en/x#y", "learn.example.org/verify/{}.", "verify/{}"),
]


@given(
    randomness=st.binary(min_size=16, max_size=16),
    dash=st.sampled_from(DASHES[:-1]),
    wrap=st.sampled_from(WRAPS),
    hidden=st.tuples(HIDDEN, HIDDEN, HIDDEN),
)
def test_a_number_is_read_however_it_is_pasted(
    randomness: bytes, dash: str, wrap: str, hidden: tuple[str, str, str]
) -> None:
    number = secret(randomness)
    before, within, behind = hidden
    pasted = grouped(number).replace("-", dash + within)
    assert ungrouped(before + wrap.format(pasted) + behind) == number
    assert ungrouped(wrap.format(pasted.upper())) == number


@given(
    st.lists(st.binary(min_size=16, max_size=16), min_size=2, max_size=2, unique=True), st.sampled_from(WRAPS)
)
def test_two_numbers_never_become_one(two: list[bytes], wrap: str) -> None:
    one, other = (ungrouped(wrap.format(grouped(secret(bytes_)))) for bytes_ in two)
    assert one != other


def test_an_address_may_have_its_signs_written_as_numbers() -> None:
    for dash in ("%2D", "%E2%80%91", "%20"):
        written = grouped(NUMBER).replace("-", dash)
        assert ungrouped(f"https://x.example/verify/{written}") == NUMBER
        assert ungrouped(written) == NUMBER, "a part of an address, without the rest"


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert ungrouped(NUMBER.replace("0", "O")) == NUMBER
    assert ungrouped("l" * 26) == "1" * 26


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "04zs",
        NUMBER + "0",
        "u" * 26,
        "ж" * 26,
        "../../etc",
        NUMBER[1:],
        f"No {NUMBER[1:]}",
        f"{NUMBER} {NUMBER}",
    ],
)
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
    found = faults(CertificateChoice(name, locales, neutral=False), ("en", "fr"))
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
