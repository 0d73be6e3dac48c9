"""The registry of languages: complete where the house leans on it, and right about direction."""

from unicodedata import bidirectional

import pytest
import snowballstemmer
from babel import Locale
from babel.core import get_global

from lms.core.locales import LANGUAGES, RIGHT_TO_LEFT, direction, known_language, language_of


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_can_be_spoken(tag: str) -> None:
    language = LANGUAGES[tag]
    locale = Locale.parse(language.cldr)
    assert language.name
    assert not language.stemmer or language.stemmer in snowballstemmer.algorithms()
    if not language.babel:
        assert locale.text_direction == language.direction == direction(tag)
    if not language.day:
        assert not locale.months["format"]["wide"][1].startswith("M0"), "Babel knows no names of its months"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("prs", "rtl"), ("ckb", "rtl"), ("pa-Arab", "rtl"), ("pa", "ltr"), ("pa-Guru", "ltr"), ("iu", "ltr")],
)
def test_direction_is_known_for_languages_of_newcomers(tag: str, expected: str) -> None:
    assert direction(tag) == expected
    assert language_of(tag).direction == expected


@pytest.mark.parametrize(
    "tag",
    ["pnb", "syr", "nqo", "ff-Adlm", "rhg", "aii", "dv", "yi", "ks", "lrc", "man-Nkoo", "ur-Aran", "pa-PK"],
)
def test_what_is_written_from_right_to_left_runs_so(tag: str) -> None:
    assert direction(tag) == direction(tag.upper().replace("-", "_")) == "rtl"


@pytest.mark.parametrize(
    "tag", ["ff", "ar-Latn", "ks-Deva", "ug-Cyrl", "sd-IN", "ku", "tlh", "en-x-arab", "ca-valencia", ""]
)
def test_what_is_written_from_left_to_right_runs_so(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_the_likely_scripts_are_those_of_cldr() -> None:
    """Each language and each of its countries that CLDR knows, with the direction of its likely script."""
    for known, likely in get_global("likely_subtags").items():
        language, script = known.split("_")[0], likely.split("_")[1].lower()
        if language != "und":
            assert (direction(known) == "rtl") == (script in RIGHT_TO_LEFT), known


def test_the_scripts_from_right_to_left_are_those_of_unicode() -> None:
    letters = {
        "adlm": "𞤀",
        "arab": "ع",
        "hebr": "א",
        "mand": "ࡀ",
        "nkoo": "ߊ",
        "rohg": "𐴀",
        "samr": "ࠀ",
        "thaa": "ހ",
    }
    for script, letter in letters.items():
        assert bidirectional(letter) in {"R", "AL"}
        assert script in RIGHT_TO_LEFT


def test_what_cldr_lacks_is_known_as_borrowed() -> None:
    assert [tag for tag, one in LANGUAGES.items() if one.is_borrowed] == ["cr", "ht", "moh", "oj"]


def test_a_longer_tag_finds_the_entry_above_it() -> None:
    found = known_language("zh-Hant-HK")
    assert found is not None
    assert found.tag == "zh-Hant"
    assert known_language("tlh") is None


@pytest.mark.parametrize(("tag", "expected"), [("tlh", "ltr"), ("dv", "rtl"), ("az-Arab", "rtl")])
def test_a_language_without_an_entry_is_known_by_its_tag(tag: str, expected: str) -> None:
    assert (language_of(tag).name, language_of(tag).direction, language_of(tag).cldr) == (
        tag,
        expected,
        "root",
    )
