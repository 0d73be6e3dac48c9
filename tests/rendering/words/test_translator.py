"""How a language is spoken outside a request."""

from __future__ import annotations

import pytest

from lms.rendering.emails import letter
from lms.rendering.words.translator import initial, sorted_by, translator_for


@pytest.mark.parametrize(
    ("locale", "iso", "said"),
    [
        ("en", "2026-07-18", "18\u00a0July 2026"),
        ("fr", "2026-07-18", "18\u00a0juillet 2026"),
        ("fr", "2026-07-01", "1er\u00a0juillet 2026"),
        ("fr", "2026-07-11", "11\u00a0juillet 2026"),
        ("en", "2027-02", "February 2027"),
        ("en", "2027", "2027"),
        ("ar", "2026-07-18", "18 يوليو 2026"),
        ("en", "soon", "soon"),
        ("en", "2026-13-40", "2026-13-40"),
    ],
)
def test_dates_are_said_in_words(locale: str, iso: str, said: str) -> None:
    assert translator_for(locale).date(iso) == said


def test_languages_are_named_signed_ones_too() -> None:
    assert translator_for("en").language("ase") == "American Sign Language (ASL)"
    assert translator_for("fr").language("en") == "anglais"
    assert translator_for("en").language("xx-nonsense-") == "xx-nonsense-"


def test_a_language_without_a_catalogue_speaks_as_written() -> None:
    spoken = translator_for("cy")
    assert spoken.gettext("Page %(number)s", number=3) == "Page 3"
    assert spoken.ngettext("%(num)s day", "%(num)s days", 2) == "2 days"
    assert translator_for("ar").direction == "rtl"


def test_words_are_sorted_as_people_look_for_them() -> None:
    assert sorted_by(["Zoé", "état", "Écoute", "« eau »"], str, "fr") == ["« eau »", "Écoute", "état", "Zoé"]


def test_a_ligature_stands_under_its_first_letter() -> None:
    assert [initial(word) for word in ("œuvre", "Æsop", "évènement", "1er")] == ["O", "A", "E", "0–9"]


def test_words_of_which_each_alone_is_meant_are_quoted() -> None:
    assert translator_for("en").any_of(["a b", "c"]) == "“a b” or “c”"
    assert translator_for("fr").any_of(["a", "b"]) == "«\u00a0a\u00a0» ou «\u00a0b\u00a0»"


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("sign-in", "Your sign-in code"),
        ("sign-up", "Your confirmation code"),
        ("address", "Your confirmation code"),
        ("no-account", "About your request to sign in"),
        ("answered", "We have answered your request"),
        ("test", "Test message"),
    ],
)
def test_a_subject_says_what_the_letter_brings(kind: str, subject: str) -> None:
    assert letter(kind, "en", sender="Parvis", code="12345678")[0] == subject
