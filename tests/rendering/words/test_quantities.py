"""Times, numbers, lengths of time and lists as Canadian style guides ask for them, and as they are heard."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup, escape

from lms.core.locales import LANGUAGES
from lms.rendering.words.quantities import Spoken
from lms.rendering.words.translator import translator_for

TORONTO = ZoneInfo("America/Toronto")
N = "\u00a0"


def at(hour: int, minute: int, month: int = 12) -> datetime:
    return datetime(2026, month, 1, hour, minute, tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("hour", "minute", "en", "fr", "heard"),
    [
        (14, 5, f"2:05{N}p.m.", f"14{N}h{N}05", "14 heures 5"),
        (14, 30, f"2:30{N}p.m.", f"14{N}h{N}30", "14 heures 30"),
        (9, 0, f"9:00{N}a.m.", f"9{N}h", "9 heures"),
        (0, 30, f"12:30{N}a.m.", f"0{N}h{N}30", "0 heure 30"),
        (1, 0, f"1:00{N}a.m.", f"1{N}h", "1 heure"),
    ],
)
def test_a_time_of_day(hour: int, minute: int, en: str, fr: str, heard: str) -> None:
    assert translator_for("en").time(at(hour, minute)) == f"{en} EST"
    said = translator_for("fr").time(at(hour, minute))
    assert said == f"{fr} (HNE)"
    assert isinstance(said, Spoken)
    assert said.heard == f"{heard} (HNE)"


def test_a_moment_names_its_zone_in_its_season() -> None:
    assert translator_for("en").moment(at(14, 5, 7)) == f"1{N}July 2026, 2:05{N}p.m. EDT"
    said = translator_for("fr").moment(at(14, 5, 7))
    assert said == f"1er{N}juillet 2026 à 14{N}h{N}05 (HAE)"
    assert isinstance(said, Spoken)
    assert said.heard == f"1er{N}juillet 2026 à 14 heures 5 (HAE)"


@pytest.mark.parametrize(
    ("minutes", "en", "fr"),
    [
        (0, "about 0 minutes", f"environ 0{N}minute"),
        (1, "about 1 minute", f"environ 1{N}minute"),
        (89, "about 89 minutes", f"environ 89{N}minutes"),
        (90, "about 1 hour 30 minutes", f"environ 1{N}h{N}30{N}min"),
        (120, "about 2 hours", f"environ 2{N}heures"),
        (195, "about 3 hours 15 minutes", f"environ 3{N}h{N}15{N}min"),
    ],
)
def test_a_length_of_time(minutes: int, en: str, fr: str) -> None:
    assert (translator_for("en").about(minutes), translator_for("fr").about(minutes)) == (en, fr)


def test_numbers_and_lists() -> None:
    english, french = translator_for("en"), translator_for("fr")
    assert (english.number(1234567), french.number(1234567)) == ("1,234,567", f"1{N}234{N}567")
    assert (english.number(4.5, 2), french.number(4.5, 2), french.number(4.0, 2)) == ("4.5", "4,5", "4")
    assert (english.series(["a", "b", "c"]), french.series(["a"]), french.series(())) == (
        "a, b and c",
        "a",
        "",
    )
    assert french.ordered(["Yukon", "Île", "École"], str) == ["École", "Île", "Yukon"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_of_the_registry_can_say_them(tag: str) -> None:
    said = translator_for(tag)
    for words in (said.moment(at(14, 5)), said.about(195), said.number(1234.5, 1), said.series(["a", "b"])):
        assert words
        assert "\u202f" not in words


def test_what_is_heard_goes_into_pages_alone() -> None:
    said = translator_for("fr").about(195)
    spoken = '<span aria-hidden="true">environ 3\u00a0h\u00a015\u00a0min</span>'
    spoken += '<span class="unseen"> (environ 3 heures 15 minutes)</span>'
    assert escape(said) == spoken
    assert Markup("<p>{}</p>").format(said) == f"<p>{spoken}</p>"
    assert f"{said}." == "environ 3\u00a0h\u00a015\u00a0min."
    with Flask(__name__).app_context():
        assert render_template_string("{{ said }}", said=said) == spoken
    assert escape(Spoken("<", "&")) == (
        '<span aria-hidden="true">&lt;</span><span class="unseen"> (&amp;)</span>'
    )
