"""Scenario A: a limit of one year on refugee claims, in force on 26 March 2026, reaches back to June 2025."""

from __future__ import annotations

import pytest

from tests.builders_changes import CLAIMS
from tests.journeys.changes.conftest import Begin
from tests.journeys.changes.deeds import Happening

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("changes")]

IN_FORCE, BACK_TO = "2026-03-26", "2025-06-03"
LIMIT = Happening(
    IN_FORCE,
    "in force",
    {
        "en": "A claim made more than one year after the first entry is ineligible.",
        "fr": "Est irrecevable la demande faite plus d’un an après la première entrée.",
    },
)
REACHES = Happening(
    BACK_TO,
    "applies from this date",
    {
        "en": "The limit applies to claims made on or after this date.",
        "fr": "La limite vise les demandes présentées à compter de cette date.",
    },
)
NOW = {
    "en": "A claim made more than one year after a person’s first entry usually cannot go to the Board.",
    "fr": "Une demande d’asile présentée plus d’un an après la première entrée ne peut normalement pas être "
    "déférée à la Commission.",
}
RIGHT = {"en": "Refer them the same day", "fr": "Les orienter le jour même"}
WHY = {
    "en": "A refugee claim must now be made within one year.",
    "fr": "Il faut maintenant demander l’asile en moins d’un an.",
}


def test_from_the_event_to_the_renewed_certificate(begin: Begin, locale: str) -> None:
    story = begin(IN_FORCE)
    page, said = story.browser, story.said
    before = story.certificate()

    # The author enters both days, and opens a dossier whose effective date is not the day of the event.
    story.register(CLAIMS, REACHES, LIMIT)
    assert page.sees(
        "This can make a statement false. A change dossier lists every published statement based on it, in "
        "each language, until each one is settled."
    )
    story.open_dossier(effective=BACK_TO)
    assert page.voice.date(BACK_TO) in page.text
    asked, stated = story.lines()
    assert asked[0] == said("Quiz question")
    assert [words.split(" / ")[0] for words in asked[1:]] == list(CLAIMS.asked.values())
    assert stated == (said("Statement about the law"), *CLAIMS.said.values())

    # Both languages of both are rewritten, and the dossier is settled.
    page.follow(said("Open this text in the draft"), near=CLAIMS.asked[locale])
    story.put_right(CLAIMS, RIGHT)
    story.dossier(story.people.author, LIMIT.said[locale])
    page.follow(said("Open this text in the draft"), near=CLAIMS.said[locale])
    story.restate(CLAIMS, NOW, IN_FORCE)
    story.dossier(story.people.author, LIMIT.said[locale])
    story.settle("rewritten", "en", "fr")
    assert page.sees("Every line is settled")

    # Nobody signs off or approves their own words; somebody else does both.
    story.sign_off(LIMIT.said[locale])
    story.approve()
    story.seal(WHY)
    assert page.sees("sealed, not published")
    assert page.sees("important change")
    story.publish("2.0.0")

    # Whoever is under way reads the old words with what has happened, and chooses.
    page = story.my_learning(story.learner)
    assert WHY[locale] in page.text
    assert page.sees("Finish the version I started")
    story.read()
    assert CLAIMS.said[locale] in page.text
    assert page.sees("Since %(date)s: %(what)s", date=page.voice.date(IN_FORCE), what=LIMIT.said[locale])
    story.my_learning(story.learner).press(said("Move to the new version"))
    story.read()
    assert NOW[locale] in page.text
    assert CLAIMS.said[locale] not in page.text
    assert not page.sees("This may be out of date")

    # Whoever holds a certificate is told in their language; it is flagged, and the same to the byte.
    told = story.letter(f"noor-{locale}@example.org")
    assert said("Course update") in told
    assert WHY[locale] in told
    assert story.certificate() == before
    assert story.verified().sees("Renewal due")
    other = {"en": "fr", "fr": "en"}[locale]
    assert WHY[other] in story.letter(f"noor-{other}@example.org")

    # The refresher is the section that changed, with what it said, and its question; passing it renews.
    story.renew(CLAIMS, NOW)
    page = story.my_learning(story.holder).follow(said("Your certificate"))
    assert "2.0.0" in page.text

    # The old version is kept and can be read as it stood the day before.
    story.as_of("2026-03-25")
    assert CLAIMS.said[locale] in page.text
