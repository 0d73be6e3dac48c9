"""A lesson is written in a browser: a paragraph is changed, looked at, saved, and somebody else was faster.

Once with JavaScript, where each block saves itself, and once without, where a button does it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from lms.actions.authoring import editing
from lms.core.authoring.lessons.changes import SetText
from lms.core.authoring.lessons.edits import Edit
from lms.core.authoring.lessons.pieces import PARAGRAPH, walk
from tests.journeys.conftest import Arrive
from tests.journeys.learner import Learner
from tests.pages.browser import Browser
from tests.pages.hands import PATIENCE
from tests.pages.states_desk import author
from tests.pages.states_workspace import AT, BASE

pytestmark = [pytest.mark.browser]


@pytest.fixture
def writer(arrive: Arrive) -> Learner:
    """Return an author who has opened a lesson."""
    made = arrive(world="workspace")
    made.sit_down(author(made.context))
    made.open(BASE)
    return made


@pytest.fixture
def without_script(browser: Browser) -> Iterator[None]:
    browser.scripting(on=False)
    yield
    browser.scripting(on=True)


def paragraphs(writer: Learner, locale: str = "en") -> list[str]:
    """Return the first paragraphs of the draft as it is on the disk."""
    text = editing.open_lesson(writer.context, author(writer.context), AT).texts[locale]
    return [piece.shown for _, piece in walk(text.root) if piece.kind == PARAGRAPH]


def somebody_else_writes(writer: Learner, words: str) -> None:
    """Let another author save other words in the first paragraph."""
    other = author(writer.context)
    text = editing.open_lesson(writer.context, other, AT).texts["en"]
    place = next(place for place, piece in walk(text.root) if piece.kind == PARAGRAPH)
    editing.save_lesson(writer.context, other, AT, [Edit("en", text.digest, SetText(place, words))])


def value(writer: Learner, selector: str) -> str:
    """Return what a box holds, asked at once: boxes may be drawn anew at any time."""
    return str(writer.browser.run("return document.querySelector(arguments[0]).value", selector))


def wait_for(writer: Learner, words: str) -> None:
    """Wait until the page says so about saving."""
    status = writer.browser.find("main .save-state")
    WebDriverWait(writer.browser.driver, PATIENCE, 0.1).until(lambda _: words in status.text)


def decide(writer: Learner) -> None:
    """See both texts of a block, and keep one’s own."""
    writer.follow("main .save-bar button")
    assert writer.sees("Somebody was faster.")
    assert writer.browser.find("main .clash textarea").get_property("value") == "Mine, in the end."
    writer.follow("main form .acts button")
    assert writer.path == f"/en{BASE}"
    assert paragraphs(writer)[0] == "Mine, in the end."
    assert value(writer, '[name="t:en:2"]') == "Mine, in the end."


def test_it_saves_itself_block_by_block(writer: Learner) -> None:
    browser, box = writer.browser, '[name="t:en:2"]'
    count = len(paragraphs(writer))
    writer.fill("t:en:2", "One breath.")
    wait_for(writer, "Everything is saved.")
    assert paragraphs(writer)[0] == "One breath."

    # An empty line makes two blocks of one; whoever types goes on in the second one.
    browser.find(box).send_keys(Keys.CONTROL, Keys.END, Keys.NULL, Keys.ENTER, Keys.ENTER, "Two")
    second = '[name="t:en:3"]'
    patience = WebDriverWait(browser.driver, PATIENCE, 0.1)
    patience.until(lambda _: value(writer, second) == "Two")
    assert value(writer, box) == "One breath."
    assert browser.focused() == browser.find(second)
    browser.press(" breaths.")
    wait_for(writer, "Everything is saved.")
    patience.until(lambda _: paragraphs(writer)[1] == "Two breaths.")
    assert (paragraphs(writer)[0], len(paragraphs(writer))) == ("One breath.", count + 1)
    assert len(browser.find_all("main .mark-words + button")) == len(browser.find_all("main textarea"))

    somebody_else_writes(writer, "Somebody was faster.")
    writer.fill("t:en:2", "Mine, in the end.")
    wait_for(writer, "Someone else has changed this block.")
    assert paragraphs(writer)[0] == "Somebody was faster."
    browser.driver.refresh()  # what is not saved yet comes back, and is held against the other text again
    assert value(writer, box) == "Mine, in the end."
    wait_for(writer, "Someone else has changed this block.")
    decide(writer)
    assert browser.run("return localStorage.length") == 0
    writer.follow('main .tabs a[href$="/preview"]')
    assert writer.sees("Mine, in the end.")


@pytest.mark.usefixtures("without_script")
def test_a_button_saves_it_without_scripts(writer: Learner) -> None:
    writer.fill("t:en:2", "One breath.\n\nTwo breaths.")
    writer.follow("main .save-bar button")
    assert writer.browser.find_all("main .notice.done")
    assert paragraphs(writer)[:2] == ["One breath.", "Two breaths."]
    writer.follow('main .tabs a[href$="/preview"]')
    assert writer.sees("Two breaths.")
    writer.browser.driver.back()
    somebody_else_writes(writer, "Somebody was faster.")
    writer.fill("t:en:2", "Mine, in the end.")
    decide(writer)
