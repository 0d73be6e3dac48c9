"""The nouns of the house: what a law, a release, a quiz and a text in several languages say of themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.actions.action import Who, command
from lms.actions.learning import learning  # noqa: F401  # its deeds are in the register
from lms.content.library import Library
from lms.core.locales import Words, direction
from tests.builders import SITE


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("fr-CA", "ltr"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("ur-PK", "rtl"),
    ],
)
def test_a_language_runs_in_its_direction(tag: str, runs: str) -> None:
    assert direction(tag) == runs


def test_words_fall_back_to_the_parent_language_and_then_to_the_first() -> None:
    words = Words({"en": "Hello", "fr": "Bonjour"})
    assert words.best("fr-CA") == ("fr", "Bonjour")
    assert words.best("ar") == ("en", "Hello")
    assert (words["fr"], "fr" in words, list(words)) == ("Bonjour", True, ["en", "fr"])


def test_a_law_says_how_sure_it_is(tmp_path: Path) -> None:
    law = next(iter(Library(SITE, cache=tmp_path).register().laws.values()))
    sure = replace(
        law, confidence="verified", unverified=(), status="in-force", url={"en": "https://a.example"}
    )
    assert not any((sure.is_recalled, sure.is_repealed))
    assert replace(sure, confidence="recalled").is_recalled
    assert replace(sure, status="repealed").is_repealed
    assert sure.official_url("fr-CA") == ("en", "https://a.example")
    assert replace(sure, url={}).official_url("en") == ("", "")


def test_a_release_finds_its_parts(tmp_path: Path) -> None:
    release = Library(SITE, cache=tmp_path).latest("sample-course")
    assert release is not None
    module = release.modules[0]
    assert release.lesson(module.code, module.lessons[0].code) == (module, module.lessons[0])
    assert release.lesson("no", "no") is None
    assert release.course.shown_title("en")
    assert module.quiz.question(module.quiz.questions[0].id) is module.quiz.questions[0]
    assert module.quiz.graded
    assert module.quiz.blocks("Plain.")


def test_two_deeds_cannot_have_one_name() -> None:
    with pytest.raises(RuntimeError, match=r"learning\.enrol"):
        command("learning.enrol", by=Who.ANYONE)
