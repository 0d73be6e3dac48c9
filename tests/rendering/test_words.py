"""How a language is spoken outside a request."""

from __future__ import annotations

import pytest

from lms.rendering.words import sorted_by, voice


@pytest.mark.parametrize(
    ("locale", "iso", "said"),
    [
        ("en", "2026-07-18", "18 July 2026"),
        ("fr", "2026-07-18", "18 juillet 2026"),
        ("fr", "2026-07-01", "1er juillet 2026"),
        ("fr", "2026-07-11", "11 juillet 2026"),
        ("en", "2027-02", "February 2027"),
        ("en", "2027", "2027"),
        ("ar", "2026-07-18", "18 يوليو 2026"),
        ("en", "soon", "soon"),
        ("en", "2026-13-40", "2026-13-40"),
    ],
)
def test_dates_are_said_in_words(locale: str, iso: str, said: str) -> None:
    assert voice(locale).date(iso) == said


def test_languages_are_named_signed_ones_too() -> None:
    assert voice("en").language("ase") == "American Sign Language (ASL)"
    assert voice("fr").language("en") == "anglais"
    assert voice("en").language("xx-nonsense-") == "xx-nonsense-"


def test_a_language_without_a_catalogue_speaks_as_written() -> None:
    spoken = voice("cy")
    assert spoken.gettext("Page %(number)s", number=3) == "Page 3"
    assert spoken.ngettext("%(num)s day", "%(num)s days", 2) == "2 days"
    assert voice("ar").direction == "rtl"


def test_words_are_sorted_as_people_look_for_them() -> None:
    assert sorted_by(["Zoé", "état", "Écoute", "« eau »"], str) == ["« eau »", "Écoute", "état", "Zoé"]
