"""What has to follow a change since the release: the other language, what rests on the same law."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from lms.core.checks.since_release import (
    Behind,
    questions_unmoved,
    statements_restated,
    texts_behind,
    words_behind,
)
from lms.core.courses.document import LawBox, Paragraph, Text
from lms.core.courses.quiz import ChoiceQuestion, Option
from lms.core.courses.walk import Node
from lms.core.locales import Words

BOTH = ("en", "fr")


def paragraphs(*texts: str) -> tuple[Node, ...]:
    return tuple(Paragraph((Text(text),), line=at) for at, text in enumerate(texts, 1))


def lesson(en: tuple[str, ...], fr: tuple[str, ...]) -> dict[str, tuple[Node, ...]]:
    return {"en": paragraphs(*en), "fr": paragraphs(*fr)}


OLD = lesson(("One.", "Two."), ("Un.", "Deux."))


@pytest.mark.parametrize(
    ("new", "behind"),
    [
        (OLD, []),
        (lesson(("One.", "Two and more."), ("Un.", "Deux.")), [Behind("fr", 2, "en")]),
        (lesson(("One.", "Two."), ("Un, mieux.", "Deux.")), [Behind("en", 1, "fr")]),
        (lesson(("One.", "Two, or."), ("Un.", "Deux, ou.")), []),
        (lesson(("One.", "New.", "Two."), ("Un.", "Nouveau.", "Deux.")), []),
        (lesson(("One!", "Two."), ("Un.", "Deux.")), []),
        (lesson(("One.", "New.", "Two."), ("Un.", "Deux.")), []),  # parity says it
        ({"en": paragraphs("Other.", "Two.")}, []),
    ],
)
def test_a_text_that_did_not_follow_is_found(
    new: Mapping[str, tuple[Node, ...]], behind: list[Behind]
) -> None:
    assert list(texts_behind(OLD, new, BOTH)) == behind


def test_a_comma_within_a_number_counts() -> None:
    old, new = lesson(("Pay $1,5.",), ("a",)), lesson(("Pay $15.",), ("a",))
    assert list(texts_behind(old, new, BOTH)) == [Behind("fr", 1, "en")]


def test_a_language_that_the_release_did_not_have_follows_nothing() -> None:
    assert list(texts_behind({}, OLD, BOTH)) == []


def option(en: str, fr: str) -> Option:
    return Option("a", Words({"en": en, "fr": fr}), Words({"en": "Yes", "fr": "Oui"}))


@pytest.mark.parametrize(
    ("new", "pairs"),
    [
        (option("What?", "Quoi?"), []),
        (option("What then?", "Quoi?"), [("fr", "en")]),
        (option("What?", "Quoi donc?"), [("en", "fr")]),
        (option("What then?", "Quoi donc?"), []),
        (
            (option("What?", "Quoi?"), option("More", "Plus")),
            [],
        ),
    ],
)
def test_short_texts_side_by_side_are_compared(new: object, pairs: list[tuple[str, str]]) -> None:
    assert list(words_behind(option("What?", "Quoi?"), new, BOTH)) == pairs


BOX = LawBox("s1", (Text("A seat."),), ("act",), "2026-01-01", "2027-01-01", line=4)


def test_a_statement_that_changed_is_found_once_with_its_date() -> None:
    old = {"en": (BOX,), "fr": (BOX,)}
    said = replace(BOX, statement=(Text("A seat and water."),))
    (same,) = statements_restated(old, {"en": (said,), "fr": (said,)})
    assert (same.id, same.locale, same.line, same.same_date, same.rests_on) == ("s1", "en", 4, True, ("act",))
    (moved,) = statements_restated(old, {"en": (replace(said, as_of="2026-02-01"),)})
    assert not moved.same_date
    assert list(statements_restated(old, {"en": (BOX, *paragraphs("x"), replace(said, id="s2"))})) == []


def test_questions_on_the_same_law_that_did_not_change_are_named() -> None:
    def made(name: str, prompt: str, laws: tuple[str, ...]) -> ChoiceQuestion:
        return ChoiceQuestion(name, Words({"en": prompt}), "o1", laws, None, "choice", ())

    old = {one.id: one for one in (made("q1", "a", ("act",)), made("q2", "b", ("act",)), made("q3", "c", ()))}
    new = [made("q1", "a", ("act",)), made("q2", "changed", ("act",)), old["q3"], made("q4", "new", ("act",))]
    assert list(questions_unmoved(old, new, ("act",))) == ["q1"]
