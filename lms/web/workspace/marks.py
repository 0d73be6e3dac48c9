"""Words of a text made strong, a link, a term or a phrase in another language: written as Markdown.

Holds how each is written, for the page without scripts; nobody types brackets.
"""

from __future__ import annotations

import re

from lms.core.errors import Invalid

STRONG, STRESSED, OUTSIDE = "strong", "stressed", "outside"
TERM, LAW, SECTION, LESSON, LANGUAGE = "term", "law", "section", "lesson", "language"
WAYS = (STRONG, STRESSED, OUTSIDE, TERM, LAW, SECTION, LESSON, LANGUAGE)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>\"{}]+")


def _written(way: str, words: str, value: str) -> str:
    forms = {
        STRONG: f"**{words}**",
        STRESSED: f"*{words}*",
        OUTSIDE: f"[{words}]({value})",
        TERM: f"[{words}](term:{value})",
        LAW: f"[{words}](law:{value})",
        SECTION: f"[{words}](#{value})",
        LESSON: f"[{words}](lesson:{value})",
        LANGUAGE: f"[{words}]{{lang={value}}}",
    }
    return forms[way]


def marked(text: str, words: str, way: str, value: str) -> str:
    """Return a text with the first place of some words marked.

    Raises: Invalid `editing.words-missing`, `editing.address-shape`, `editing.choice-missing`.
    """
    words = words.strip()
    if way not in WAYS or (way not in {STRONG, STRESSED} and not value):
        raise Invalid("editing.choice-missing")
    if not words or words not in text:
        raise Invalid("editing.words-missing")
    if way == OUTSIDE and not _ADDRESS.fullmatch(value):
        raise Invalid("editing.address-shape")
    return text.replace(words, _written(way, words, value), 1)
