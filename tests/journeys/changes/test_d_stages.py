"""Scenario D: federal digital duties in two stages, 5 December 2027 and 5 December 2028."""

from __future__ import annotations

import pytest

from lms.actions.legislation import dates
from lms.core.people.actors import SYSTEM
from tests.builders_changes import DIGITAL, REVIEW
from tests.journeys.changes.conftest import Begin
from tests.journeys.changes.deeds import Story

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("changes")]

STAGES = ("2027-12-05", "2028-12-05")
AHEAD = ("2027-09-06", "2028-09-06")  # ninety days before each
TYPO = "acessib"
FIRST = {
    "en": "Since 5 December 2027, digital duties bind the federal public sector. Others follow in 2028.",
    "fr": "Depuis le 5 décembre 2027, des obligations numériques fédérales visent le secteur public. "
    "D’autres suivront le 5 décembre 2028.",
}
SECOND = {
    "en": "Since 5 December 2028, digital duties bind private employers of 100 or more people as well.",
    "fr": "Depuis le 5 décembre 2028, les obligations numériques visent aussi les employeurs privés "
    "de 100 personnes et plus.",
}
WHY = {"en": "The digital duties have begun.", "fr": "Les obligations numériques ont commencé."}


def rounds(story: Story, day: str) -> str:
    """Let it be a day on which the worker looks twice for what is near; return what an author’s page says."""
    story.on(day)
    for _ in range(2):
        dates.open_date_tasks(story.context, SYSTEM)
    return story.workspace(story.people.author).text


def test_a_typo_in_the_paragraph_stays_small_and_keeps_its_dates(begin: Begin, locale: str) -> None:
    story = begin("2026-03-02")
    page, said = story.browser, story.said
    story.lesson()
    for tag in ("en", "fr"):
        page.rewrite(DIGITAL.said[tag], DIGITAL.said[tag].replace(TYPO, "accessib"))
    page.press(said("Save all changes"))
    story.publishing()
    assert page.sees("new information")
    for _ in range(2):
        page.press(said("Only a typo"), first=True)
    assert page.sees("small corrections")
    story.approve()
    story.seal({"en": "A typo.", "fr": "Une coquille."})
    story.publish("1.0.1")
    story.lesson()
    assert page.held(said("Check again by"), near=TYPO.replace("ac", "acc")) == REVIEW
    page.sit_down(story.learner)
    story.read()
    assert DIGITAL.said[locale].replace(TYPO, "accessib") in page.text
    assert not page.sees("Updated since you read it")
    assert not story.verified().sees("Renewal due")


def test_each_stage_is_asked_about_once_and_asks_nobody_for_a_refresher_unless_the_author_says_so(
    begin: Begin, locale: str
) -> None:
    story = begin("2026-03-02")
    page, said = story.browser, story.said
    due = said("Dates in the law within 90 days")

    # Ninety days before the first stage a task opens by itself, once, and asks for a decision about it alone.
    assert due not in rounds(story, "2027-09-05")
    assert due in rounds(story, AHEAD[0])
    (where,) = page.lines(DIGITAL.title[locale])
    assert page.voice.date(STAGES[0]) in where
    page.follow(said("Edit the register of laws")).follow(DIGITAL.title[locale])
    assert page.text.count(said("needs a decision")) == 1
    words = {"en": "It binds the public sector.", "fr": "Elle lie le secteur public."}
    page.follow(said("Open a change dossier"), near=said("needs a decision")).press(said("Open the dossier"))
    page.fill(said("Decision and reason"), "Nobody outside the federal sphere is asked.").press(
        said("Save the decision")
    )
    story.settle(
        "not affected", *(f"{tag} @ {DIGITAL.asked[locale]}" for tag in ("en", "fr")), reason="It says when."
    )
    page.follow(said("Open this text in the draft"), near=DIGITAL.said[locale])
    story.restate(DIGITAL, FIRST, STAGES[0])
    story.dossier(story.people.author, words[locale])
    story.settle("rewritten", "en", "fr")
    story.sign_off(words[locale])
    story.approve()
    story.seal(WHY)
    assert page.sees("new information")
    story.schedule("1.1.0", STAGES[0])
    assert due not in rounds(story, "2027-09-07")

    # On the day the words change for everybody, and nobody is asked for anything.
    story.on(STAGES[0], 0, 1)
    page.sit_down(story.learner)
    story.read()
    assert FIRST[locale] in page.text
    assert not page.sees("This may be out of date")
    assert not story.verified().sees("Renewal due")

    # The second stage is another task, with a decision of its own: here the author asks for a refresher.
    assert due not in rounds(story, "2028-09-05")
    assert due in rounds(story, AHEAD[1])
    page.follow(said("Edit the register of laws")).follow(DIGITAL.title[locale])
    assert page.text.count(said("needs a decision")) == 1
    page.fill(said("Or say why there is nothing to do"), "The text is rewritten for everybody.")
    page.press(said("Nothing to do"))
    story.lesson()
    for tag in ("en", "fr"):
        page.rewrite(FIRST[tag], SECOND[tag])
    page.fill(said("Checked on"), STAGES[1], near=FIRST["en"]).press(said("Save all changes"))
    story.approve()
    story.seal(WHY, version="2.0.0")
    story.schedule("2.0.0", STAGES[1])
    story.on(STAGES[1], 0, 1)
    assert WHY[locale] in story.letter(f"noor-{locale}@example.org")
    assert story.verified().sees("Renewal due")
    assert WHY[locale] in story.my_learning(story.learner).text
