"""Where the focus is, and what is announced, after each submit, reveal and error."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.pages.browser import Browser
from tests.pages.hands import PATIENCE
from tests.pages.looks import State, enter
from tests.pages.people import answering
from tests.pages.spoken import reading_order
from tests.pages.states import STATES
from tests.pages.states_learning import CHECK
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
BY_NAME = {state.name: state for state in STATES}
ERRORS = [state for state in STATES if state.has.startswith(".errors")]
DONE = [state for state in STATES if state.has == ".notice.done" and "verify" not in state.name]

_BUTTON = """
const seen = [...document.querySelectorAll('#check > .acts button')].find(e => e.checkVisibility());
return seen.getBoundingClientRect().top + scrollY;
"""


def at_focus(browser: Browser) -> str:
    """Name what has the focus."""
    return str(browser.run("return document.activeElement.id || document.activeElement.tagName"))


@pytest.mark.parametrize("state", ERRORS, ids=str)
def test_a_page_with_errors_opens_at_their_list(state: State, browser: Browser, atlas: Atlas) -> None:
    enter(state, "en", browser, atlas)
    assert at_focus(browser) == "errors"
    assert browser.driver.title.startswith("Error:")
    links = browser.find_all("#errors a")
    if not links:
        return
    page, _, target = str(links[0].get_attribute("href")).partition("#")
    browser.press(Keys.TAB, Keys.ENTER)
    assert at_focus(browser) == target
    if "?question=" in page:  # that question has a page of its own
        return
    field = browser.find(f"[id='{target}']")
    assert field.get_attribute("aria-invalid") == "true" or browser.run(
        "return arguments[0].closest('fieldset')?.getAttribute('aria-describedby') || ''", field
    )


@pytest.mark.parametrize("state", DONE, ids=str)
def test_what_was_done_is_said(state: State, browser: Browser, atlas: Atlas) -> None:
    enter(state, "en", browser, atlas)
    said = reading_order(browser)
    assert "status, announced (polite)" in said
    assert browser.find("[role=status]").text


def test_what_is_revealed_says_so_and_keeps_the_focus(browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["lesson, scenarios"], "en", browser, atlas)
    browser.tab_to(".scenario summary")

    def said() -> str:
        return next(
            line for line in reading_order(browser).splitlines() if line.endswith("focused") and "Tri" in line
        )

    assert "collapsed, focused" in said()
    browser.press(Keys.ENTER)
    assert "expanded, focused" in said()
    browser.press(Keys.ENTER)
    assert "collapsed, focused" in said()


def test_a_moved_step_keeps_the_focus_and_says_its_place(browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["check, a step moved"], "en", browser, atlas)
    assert "up" in browser.run("return document.activeElement.className").split()
    assert any("is now in position 1 of 3." in one.text for one in browser.find_all("[role=status]"))


def test_a_question_asked_in_another_way_is_where_one_goes_on(browser: Browser, atlas: Atlas) -> None:
    hands = enter(BY_NAME["check, asked in another way"], "en", browser, atlas)
    anchor = browser.driver.current_url.partition("#")[2]
    assert anchor.startswith("q")
    browser.press(Keys.TAB)
    assert browser.run("return document.activeElement.closest('section')?.id") == anchor
    assert hands.path.endswith("/check")


@pytest.mark.parametrize("width", [320, 1280])
def test_saving_is_announced_and_moves_no_button(width: int, browser: Browser, atlas: Atlas) -> None:
    browser.device(width=width)
    enter(State("check", CHECK, who=answering, world="thorough"), "fr", browser, atlas)
    before = browser.run(_BUTTON)
    assert "status, announced (polite)" in reading_order(browser), "the region is there before it speaks"
    browser.run("document.getElementById('check').dispatchEvent(new Event('change'))")
    region = browser.find("#check [data-saved]")
    WebDriverWait(browser.driver, PATIENCE, 0.05).until(
        lambda _: region.text == "Vos réponses sont enregistrées."
    )
    assert browser.run(_BUTTON) == before


def test_an_open_menu_closes_with_escape_and_gives_the_focus_back(browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["account"], "en", browser, atlas)
    browser.tab_to("details.account > summary")
    browser.press(Keys.ENTER, Keys.TAB)
    assert browser.run("return document.activeElement.closest('details.account').open")
    browser.press(Keys.ESCAPE)
    assert browser.run("return document.activeElement.matches('details.account:not([open]) > summary')")


@pytest.mark.parametrize("text", ["ᐃ" * 7_300, "a" * 66_000], ids=["syllabics", "letters"])
def test_a_text_that_is_too_long_is_told_so(text: str, browser: Browser, atlas: Atlas) -> None:
    """A browser keeps no more than 64 KiB alive: what is larger never left it."""
    enter(State("tell us", "/tell-us"), "en", browser, atlas)
    browser.run("document.getElementById('text').value = arguments[0]", text)
    browser.run("document.querySelector('#tell .acts button').click()")
    WebDriverWait(browser.driver, PATIENCE).until(lambda _: browser.find_all("#errors"))
    assert "4000" in browser.find("#errors").text
