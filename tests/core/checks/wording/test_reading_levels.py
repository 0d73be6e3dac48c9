"""What of a lesson is measured, and the middle of several."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.core.checks.wording.reading_levels import Level, level, middle
from tests.builders_content import lesson

EASY = "You can wait. I am here. "
HARD = "Organizational accountability necessitates considerable institutional transparency. "
BESIDES = f"""
## {HARD}

::: law {{#st1 rests-on="a" as-of=2026-11-01 review-by=2027-05-01}}

{HARD}

::: plain

{HARD}

:::

:::

Table: {HARD}{{#t1}}

| {HARD} |
|---|
| {HARD} |

::: scenario {{#x1 title="Organizational accountability"}}

{EASY}

::: discussion

{EASY}

:::

:::
"""


def measured(text: str, lang: str = "en", names: tuple[str, ...] = ()) -> Level:
    found = level(lesson(text, lang), names)
    assert found
    return found


def test_only_what_people_read_as_sentences_is_measured() -> None:
    assert measured(BESIDES) == measured(f"{EASY}\n\n{EASY}")
    assert measured(HARD).score > measured(EASY).score


def test_an_official_name_counts_as_one_short_word() -> None:
    plain = measured("Read the Nom now.")
    assert measured("Read the *[Canadian Human Rights Act](law:a)* now.") == plain
    assert measured("Read the Canadian Human Rights Act now.", names=("Canadian Human Rights Act",)) == plain


def test_each_language_has_its_own_scale() -> None:
    assert measured(HARD).is_plain is False
    assert measured(EASY).is_plain
    assert measured("Tu peux venir. Je suis ici.", "fr").is_plain
    assert not measured(
        "L’institutionnalisation organisationnelle nécessite considérablement.", "fr"
    ).is_plain
    assert level(lesson("مرحبا", "ar")) is None


@pytest.mark.parametrize(("scores", "wanted"), [((1.0, 9.0, 5.0), 5.0), ((2.0, 4.0), 3.0)])
def test_the_middle_of_a_course(scores: tuple[float, ...], wanted: float) -> None:
    one = Level("en", 10, 8.0, 0.0)
    found = middle([*(replace(one, score=score) for score in scores), replace(one, lang="fr")], "en")
    assert found == replace(one, score=wanted)
    assert middle([one], "fr") is None
