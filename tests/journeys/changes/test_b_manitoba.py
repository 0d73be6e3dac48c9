"""Scenario B: on 3 June 2025 Manitoba adds gender expression; in French, gender identity gets its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders_changes import EXPRESSION, NEW_TERM, OLD_TERM
from tests.builders_content import change
from tests.journeys.changes.conftest import Begin
from tests.journeys.changes.deeds import Happening

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("changes")]

DAY = "2025-06-03"
AMENDED = Happening(
    DAY,
    "amended",
    {"en": "Gender expression is added.", "fr": "L’expression de genre est ajoutée."},
)
NOW = {
    "en": "Manitoba lists gender expression since 3 June 2025; Saskatchewan does not.",
    "fr": "L’expression de genre n’est pas énumérée partout. Le Manitoba l’énumère depuis le 3 juin 2025; "
    "la Saskatchewan ne la mentionne pas.",
}
RIGHT = {"en": "Yes, since 3 June 2025", "fr": "Oui, depuis le 3 juin 2025"}
WHY = {
    "en": "Manitoba now lists gender expression.",
    "fr": "Le Manitoba énumère maintenant l’expression de genre.",
}


def test_the_french_term_changes_alone_and_everybody_is_told(begin: Begin, locale: str) -> None:
    story = begin(DAY)
    page, said = story.browser, story.said
    before = story.certificate()

    story.register(EXPRESSION, AMENDED)
    story.open_dossier()
    assert [line[0] for line in story.lines()] == [
        said("Quiz question"),
        said("Statement about the law"),
        said("Glossary term"),
    ]
    page.follow(said("Open this text in the draft"), near=EXPRESSION.asked[locale])
    story.put_right(EXPRESSION, RIGHT)
    story.dossier(story.people.author, AMENDED.said[locale])
    page.follow(said("Open this text in the draft"), near=EXPRESSION.said[locale])
    # Both statements are rewritten; the heading, which says the term, in French alone.
    page.rewrite(f"[{OLD_TERM}]", f"[{NEW_TERM}]")
    story.restate(EXPRESSION, NOW, DAY)
    # The glossary is shared by the courses: its file is changed where the site is kept.
    change(Path(story.context.settings.site), "courses/glossary.yaml", OLD_TERM, NEW_TERM)

    # The English term is still true; that it was rewritten is not believed.
    story.dossier(story.people.author, AMENDED.said[locale])
    term = said("Glossary term")
    page.tick(story.language("en"), near=term).tick(said("what became of a statement|rewritten").capitalize())
    page.press(said("Settle the marked lines"), expect=409)
    story.dossier(story.people.author, AMENDED.said[locale])
    page.tick(story.language("en"), near=term)
    story.settle("still true", reason="The English text of the Code is the same.")
    story.settle("rewritten", "en", "fr")
    assert page.sees("Every line is settled")
    story.sign_off(AMENDED.said[locale])

    # The English heading did not change: somebody says that it still means the same.
    story.draft(story.people.reviewer).follow(said("Translations"))
    assert NEW_TERM in page.text
    story.approve()
    story.seal(WHY)
    assert page.sees("important change")
    story.publish("2.0.0")

    # Nobody has said where they work, so everybody who learned it is told, each in their language.
    for tag in ("en", "fr"):
        assert WHY[tag] in story.letter(f"noor-{tag}@example.org")
    assert WHY[locale] in story.my_learning(story.learner).text
    assert story.certificate() == before
    assert story.verified().sees("Renewal due")
    story.renew(EXPRESSION, NOW)

    # Readers find the term as the Code has it now.
    page.open(f"/{locale}/").follow(said("Glossary"))
    assert (NEW_TERM in page.text, OLD_TERM in page.text) == (locale == "fr", False)
