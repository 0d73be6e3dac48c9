"""Scenario A once in a real browser with JavaScript, in French: who writes, who approves, who learns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from lms.jobs import run_due
from lms.rendering.words.translator import translator_for
from tests.builders_changes import CLAIMS, Before
from tests.journeys.changes.deeds import LESSON, MODULE, NAMES, put_on_minute
from tests.journeys.changes.test_a_deadline import IN_FORCE, LIMIT, NOW, RIGHT, WHY
from tests.pages.browser import Browser
from tests.pages.conftest import _one_browser, browser  # noqa: F401  # the same browser as of other pages
from tests.pages.hands import PATIENCE, Hands
from tests.pages.server import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_NAMED = """
const [kinds, words, near] = arguments;
const said = (one) => one.textContent.replace(/[ \\t\\r\\n]+/g, ' ').trim();
const silent = (one) => {
  const copy = one.cloneNode(true);
  for (const heard of copy.querySelectorAll('.unseen')) heard.remove();
  return said(copy);
};
const named = [...document.querySelectorAll(kinds)]
  .filter((one) => said(one) === words || silent(one) === words);
const parts = [...document.querySelectorAll('li, article, section, tr, fieldset, [role=group], main, body')]
  .filter((one) => said(one).includes(near)).sort((a, b) => said(a).length - said(b).length);
const part = parts.find((one) => named.some((other) => one.contains(other)));
return named.find((one) => part && part.contains(one) && one.tabIndex >= (one.htmlFor ? -1 : 0));
"""
_HOLDS = """
return [...document.querySelectorAll('main textarea, main input:not([type=hidden])')]
  .find((one) => one.value.includes(arguments[0]));
"""


class ByEye(Hands):
    """Somebody at a browser who finds things by their words."""

    def said(self, words: str, **values: object) -> str:
        """Return a sentence of the interface; `sense|word` where a word has several."""
        sense, _, word = words.rpartition("|")
        voice = translator_for(self.locale)
        return voice.sense(sense, word) if sense else voice.gettext(words, **values)

    def named(self, kinds: str, words: str, near: str) -> WebElement:
        """Return the link, the button or the label that says this, in the smallest part that says `near`."""
        found = self.browser.run(_NAMED, kinds, words, near)
        assert isinstance(found, WebElement), f"“{words}” is not on {self.path}"
        return found

    def take(self, words: str, *, near: str = "") -> None:
        """Follow the link, or press the button, that says this and leads to another page."""
        self.arrive(self.named("a[href], button, summary", words, near))

    def enter(self, label: str, value: str, *, near: str = "") -> None:
        """Type into the field with this label, or choose what an entry of its list says."""
        field = self.browser.find(f"#{self.named('label', label, near).get_attribute('for')}")
        self.look_at(field)
        if field.tag_name != "select":
            field.clear()
        field.send_keys(value)

    def choose_label(self, *labels: str, near: str = "") -> None:
        """Tick what is labelled so."""
        for label in labels:
            self.named("label", label, near).click()

    def rewrite(self, old: str, new: str) -> None:
        """Put other words into the field that holds these."""
        field = self.browser.run(_HOLDS, old)
        assert isinstance(field, WebElement), f"no field holds “{old}” on {self.path}"
        self.look_at(field)
        field.clear()
        field.send_keys(new)

    def work(self, who: object) -> None:
        """Sit down and go to one's work."""
        self.sit_down(who)  # type: ignore[arg-type]  # an actor
        self.open("/workspace")


@pytest.fixture
def hands(before: Before, browser: Browser, tmp_path: Path) -> Iterator[ByEye]:  # noqa: F811  # the fixture above
    with serving(before.on(tmp_path / "copy", IN_FORCE)) as live:
        yield ByEye(browser, live, "fr")


def test_from_the_event_to_the_renewed_certificate(hands: ByEye, before: Before) -> None:
    hands.work(before.people.author)
    dossier = opened(hands)
    rewritten(hands, dossier)
    hands.work(before.people.reviewer)
    approved(hands)
    hands.work(before.people.author)
    published(hands)
    hands.sit_down(before.people.learners["fr"])
    chosen(hands)
    hands.sit_down(before.people.holders["fr"])
    renewed(hands)


def opened(hands: ByEye) -> str:
    """Enter what happened to the law and open a dossier; return its address."""
    said = hands.said
    hands.take(said("Edit the register of laws"))
    hands.take(CLAIMS.title["fr"])
    hands.take(said("Add an event"))
    hands.enter(said("What happened"), said("event of a law|in force"))
    hands.enter(said("Date"), IN_FORCE)
    hands.enter(said("In English"), LIMIT.said["en"])
    hands.enter(said("In French"), LIMIT.said["fr"])
    hands.choose_label(said("Yes"), near=said("Can it make a statement in a course false?"))
    hands.take(said("Add the event"))
    hands.take(said("Open a dossier for this event"))
    hands.take(said("Open the dossier"))
    return hands.path.removeprefix("/fr")


def rewritten(hands: ByEye, dossier: str) -> None:
    """Rewrite the statement, which saves itself as one types, and the question; settle both."""
    said, old = hands.said, CLAIMS.said
    hands.take(said("Open this text in the draft"), near=old["fr"])
    hands.enter(said("Checked on"), IN_FORCE, near=CLAIMS.title["fr"])
    for tag in ("en", "fr"):
        hands.rewrite(old[tag], NOW[tag])
    status = hands.browser.find("main .save-state")
    WebDriverWait(hands.browser.driver, PATIENCE, 0.1).until(
        lambda _: said("Everything is saved.") in status.text
    )
    hands.open(dossier)
    hands.take(said("Open this text in the draft"), near=CLAIMS.asked["fr"])
    for tag in ("en", "fr"):
        hands.rewrite(CLAIMS.right[tag], RIGHT[tag])
    hands.take(said("Save the question"))
    hands.open(dossier)
    for near in (old["fr"], CLAIMS.asked["fr"]):
        hands.choose_label("Anglais", "Français", near=near)
    hands.choose_label(said("what became of a statement|rewritten").capitalize())
    hands.take(said("Settle the marked lines"))


def approved(hands: ByEye) -> None:
    """Say that both languages mean the same, and approve each."""
    said = hands.said
    hands.take(NAMES["fr"])
    hands.take(said("Translations"))
    while hands.browser.run(_NAMED, "button", said("Same meaning"), ""):
        hands.take(said("Same meaning"))
    hands.take(NAMES["fr"])
    hands.take(said("Review"))
    for language in ("anglais", "français"):
        hands.take(said("Approve: %(language)s", language=language))


def published(hands: ByEye) -> None:
    """Seal the draft and publish it."""
    said = hands.said
    hands.take(NAMES["fr"])
    hands.take(said("Publish"))
    for tag, language in (("en", "anglais"), ("fr", "français")):
        hands.enter(said("Note to learners: %(language)s", language=language), WHY[tag])
    hands.take(said("Seal this version"))
    hands.take(said("Publish version %(version)s", version="2.0.0"))
    put_on_minute(hands.context)
    run_due(hands.context)


def chosen(hands: ByEye) -> None:
    """Be told why, move, and read the new words."""
    hands.open("/my-learning")
    assert hands.sees(WHY["fr"])
    hands.take(hands.said("Move to the new version"))
    hands.open("/my-learning")
    hands.take(NAMES["fr"])
    hands.named("summary", hands.said("What’s in this module"), MODULE["fr"]).click()
    hands.take(LESSON["fr"])
    assert hands.sees(NOW["fr"])


def renewed(hands: ByEye) -> None:
    """Read what changed, answer, and hold a new certificate."""
    said = hands.said
    hands.open("/my-learning")
    hands.follow('main a[href$="/refresher"]')
    assert hands.sees(NOW["fr"])
    hands.take(said("Go to the questions"))
    hands.choose_label(RIGHT["fr"])
    hands.take(said("Submit my answers"))
    assert hands.sees(said("Your certificate is renewed."))
