"""A dossier on paper: each statement with the words that came and went, marked and said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.core.authoring.dossiers import Dossier, DossierLine, Settled
from lms.core.authoring.impact import crowd
from lms.rendering.dossiers.crowds import people
from lms.rendering.dossiers.dossier_sheet import PrintedDossier, dossier_page, sheet_of
from lms.rendering.publishing.differences import statement_html
from lms.rendering.words.translator import translator_for

NEW = DossierLine(
    "l1",
    "sample",
    "m1/l1#s1",
    "statement",
    "en",
    "Offices must offer a seat.",
    "Offices must offer a drink.",
    settled=Settled.REWRITTEN,
    at=1,
)
TRUE = replace(NEW, id="l2", place="m1/l1#s2", old="<It> is so.", new="", settled=Settled.STILL_TRUE)
GONE = replace(NEW, id="l3", place="m1/l1#s3", old="It was so.", new="")


def page(*lines: DossierLine, locale: str = "en") -> str:
    dossier = Dossier("d1", "act", "", "", "It changed.", True, "2026-11", 1, "ann", 2, lines)
    return dossier_page(
        sheet_of(PrintedDossier(dossier, None, {}, dict.fromkeys((1, 2), "2026-11-22")), locale)
    )


def test_rewritten_words_are_marked_and_said() -> None:
    made = page(NEW)
    assert "<del>seat</del>" in made
    assert "<ins>drink</ins>" in made
    assert "replaced: “seat” with “drink”" in made


def test_what_is_still_true_stands_once_and_what_is_gone_is_said() -> None:
    assert page(TRUE).count("&lt;It&gt; is so.") == 1
    assert "(removed)" in page(GONE)
    assert "<del>It was so.</del>" in page(GONE)


def test_another_language_is_named_in_the_words_alone() -> None:
    drawn = statement_html("Une chaise.", "Un verre.", "fr", "en")
    assert drawn.count('lang="fr"') == 2
    assert "replaced" in drawn


@pytest.mark.parametrize(("count", "said"), [(0, "none"), (9, "fewer than ten"), (1003, "about 1,005")])
def test_a_number_of_people_is_said_without_giving_anybody_away(count: int, said: str) -> None:
    assert people(crowd(count), translator_for("en")) == said
