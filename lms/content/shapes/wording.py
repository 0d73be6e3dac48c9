"""Texts of files to core words: one place, so that a missing or doubled space is treated alike everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from lms.core.locales import Words


def words(texts: Mapping[str, str]) -> Words:
    """Return the texts as core words, ends trimmed."""
    return Words({tag: text.strip() for tag, text in texts.items()})


def maybe(texts: Mapping[str, str] | None) -> Words | None:
    """Return core words, or nothing where nothing is written."""
    return words(texts) if texts else None
