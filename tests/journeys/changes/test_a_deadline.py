"""Scenario A: a limit of one year on refugee claims, in force on 26 March 2026, that reaches back to June 2025."""

from __future__ import annotations

import pytest

from lms.core.certificates.certificate import grouped
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
    "en": "A refugee claim made more than one year after a person’s first entry usually cannot go to the Board.",
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
    assert page.sees("This can make a statement false. A change dossier lists every published statement based on it, in each language, until each one is settled.")
    story.open_dossier(effective=BACK_TO)
    assert page.voice.date(BACK_TO) in page.text
    assert story.lines() == [
        (said("Quiz question"), CLAIMS.asked["en"], CLAIMS.asked["fr"]),
        (said("Statement about the law"), CLAIMS.said["en"], CLAIMS.said["fr"]),
    ]

    # Both languages of both are rewritten, and the dossier is settled.
    page.follow(said("Open this text in the draft"), near=CLAIMS.asked[locale])
    for tag in ("en", "fr"):
        page.rewrite(CLAIMS.right[tag], RIGHT[tag])
    page.press(said("Save the question"))
    story.dossier(story.people.author, LIMIT.said[locale])
    page.follow(said("Open this text in the draft"), near=CLAIMS.said[locale])
    story.restate(CLAIMS, NOW, IN_FORCE)
    story.dossier(story.people.author, LIMIT.said[locale])
    story.settle("rewritten", "en", "fr")
