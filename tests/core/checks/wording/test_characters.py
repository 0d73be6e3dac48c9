"""Characters that no word is made of."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from lms.core.checks.wording.characters import is_unusable, unusable

# Cc, Cs and Co never change (Unicode stability policy); neither do the 66 noncharacters.
NONCHARACTERS = {
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
}


def test_exactly_control_private_and_damaged_characters_are_unusable() -> None:
    wanted = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cs", "Co"} and chr(code) not in "\t\n\r"
    }
    assert {code for code in range(sys.maxunicode + 1) if is_unusable(code)} == wanted | NONCHARACTERS | {
        0xFFFD
    }


@pytest.mark.parametrize(
    "code", [0, 8, 0x0B, 0x1B, 0x7F, 0x85, 0xD800, 0xE000, 0xF8FF, 0xFDD0, 0xFFFD, 0x1FFFE, 0xF0000, 0x10FFFF]
)
def test_each_is_found_as_itself_and_as_a_reference(code: int) -> None:
    name = f"U+{code:04X}"
    for text in (chr(code), f"&#{code};", f"&#x{code:x};", f"&#X{code:06X};"):
        assert list(unusable(f"a {text} b")) == [(2, name)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Words\twith\r\nlines, ordinary ones.",
        "« Bien sûr\u00a0! » l’œil, 中文, العربية, हिन्दी, ᐃᓄᒃᑎᑐᑦ",
        "👩🏽‍🚀 🏳️‍🌈 🏴\U000e0067\U000e0062\U000e007f e\u0301 \u200f \u2066a\u2069 \ufeff soft\u00adhyphen",
        "&#233; &#xE9; &amp; &#x; &#; &#65 &eacute;",
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert list(unusable(text)) == []


def test_a_reference_beyond_unicode_is_found() -> None:
    assert list(unusable("&#x110000; &#9999999;")) == [(0, "U+110000"), (11, "U+98967F")]
