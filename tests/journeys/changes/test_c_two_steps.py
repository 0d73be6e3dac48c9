"""Scenario C: the Combatting Hate Act, assented to on 18 June 2026, in force on 18 July and not before."""

from __future__ import annotations

import pytest

from tests.builders_changes import HATE
from tests.journeys.changes.conftest import Begin
from tests.journeys.changes.deeds import Happening

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("changes")]

ASSENTED, EVE, IN_FORCE = "2026-06-18", "2026-07-17", "2026-07-18"
ASSENT = Happening(
    ASSENTED, "royal assent", {"en": "The King has assented.", "fr": "Le roi a sanctionné la loi."}
)
FORCE = Happening(
    IN_FORCE,
    "in force",
    {"en": "Hate is an offence of its own.", "fr": "La haine est une infraction distincte."},
)
NOW = {
    "en": "Since 18 July 2026, an offence motivated by hatred can be charged as a hate crime of its own.",
    "fr": "Depuis le 18 juillet 2026, une infraction motivée par la haine peut faire l’objet d’une "
    "accusation distincte de crime haineux.",
}
RIGHT = {"en": "As an offence of its own", "fr": "Comme une infraction distincte"}
WHY = {
    "en": "A hate crime can now be charged as such.",
    "fr": "Un crime haineux peut maintenant faire l’objet d’une accusation.",
}


def test_what_is_prepared_on_the_day_of_assent_is_published_on_the_day_itself(
    begin: Begin, locale: str
) -> None:
    story = begin(ASSENTED)
    page, said = story.browser, story.said
    before = story.certificate()

    # Royal assent changes nothing; the day on which the law will be in force asks for other words.
    story.register(HATE, ASSENT)
    assert page.sees("No statement needs to be rewritten. You can still see what is based on it.")
    story.register(HATE, FORCE)
    story.open_dossier()
    page.follow(said("Open this text in the draft"), near=HATE.asked[locale])
    story.put_right(HATE, RIGHT)
    story.dossier(story.people.author, FORCE.said[locale])
    page.follow(said("Open this text in the draft"), near=HATE.said[locale])
    story.restate(HATE, NOW, IN_FORCE)
    story.dossier(story.people.author, FORCE.said[locale])
    story.settle("rewritten", "en", "fr")
    story.sign_off(FORCE.said[locale])
    story.approve()
    story.seal(WHY)

    # Neither today nor on the eve: on the day.
    too_early = said(
        "This version was prepared for a change in the law on %(day)s. It cannot be published before "
        "that day.",
        day=page.voice.date(IN_FORCE),
    )
    for day in ("", EVE):
        story.schedule("2.0.0", day, expect=422)
        assert too_early in page.text
    story.schedule("2.0.0", IN_FORCE)
    assert page.sees("scheduled")

    # A minute before midnight the old words are there, with what will come, and nobody is asked for anything.
    story.on(EVE, 23, 59)
    story.my_learning(story.learner)
    assert not page.sees("New version of this course")
    story.read()
    assert HATE.said[locale] in page.text
    assert page.sees("This law is going to change")
    assert said("On %(date)s: %(what)s", date=page.voice.date(IN_FORCE), what=FORCE.said[locale]) in page.text
    assert NOW[locale] not in page.text
    assert not story.verified().sees("Renewal due")

    # A minute after midnight the new words are offered, and nothing says that they may be out of date.
    story.on(IN_FORCE, 0, 1)
    page = story.my_learning(story.learner)
    assert WHY[locale] in page.text
    page.press(said("Move to the new version"))
    story.read()
    assert NOW[locale] in page.text
    assert HATE.said[locale] not in page.text
    assert not page.sees("This may be out of date")
    assert WHY[locale] in story.letter(f"noor-{locale}@example.org")
    assert story.certificate() == before
    assert story.verified().sees("Renewal due")
    story.renew(HATE, NOW)
