"""The frame of every page: one row of header, a title that is seen at once, a page that uses the window."""

from __future__ import annotations

from itertools import pairwise

import pytest
from selenium.webdriver.common.keys import Keys

from lms.core.people.reader_settings import ReaderSettings
from tests.pages import walk
from tests.pages.browser import Browser
from tests.pages.looks import enter
from tests.pages.states import STATES
from tests.pages.visit import Visit, in_pieces, visit
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
BY_NAME = {state.name: state for state in STATES}
FIFTH = 740 / 5
PAGES = [
    "home",
    "course",
    "course, sensitive",
    "my learning",
    "lesson",
    "lesson, sensitive",
    "help",
    "account",
]
_TOP = "return document.querySelector(arguments[0]).getBoundingClientRect().top"
_ROWS = """
const row = [...document.querySelectorAll('.leave a, .top .name, .menu > summary, .tongues > *')];
return row.map(e => e.getBoundingClientRect()).map(r => [r.left, r.right, (r.top + r.bottom) / 2]);
"""


def menu(browser: Browser) -> bool:
    """Return whether the places of the menu are seen."""
    return bool(
        browser.run(
            "return document.querySelector('.places nav').checkVisibility({contentVisibilityAuto: true})"
        )
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_on_a_phone_the_title_stands_in_the_upper_fifth(
    name: str, locale: str, browser: Browser, atlas: Atlas
) -> None:
    enter(BY_NAME[name], locale, browser, atlas)
    browser.device(width=360, height=740)
    browser.run("scrollTo(0, 0)")
    assert browser.run(_TOP, "h1") <= FIFTH
    row = browser.run(_ROWS)
    assert max(middle for *_, middle in row) - min(middle for *_, middle in row) < 12, "one row"
    ends = sorted(row)
    assert all(right <= left + 1 for (_, right, _), (left, *_) in pairwise(ends)), "nothing covers"


def test_the_menu_opens_without_javascript_and_holds_the_account(browser: Browser, atlas: Atlas) -> None:
    browser.scripting(on=False)
    hands = enter(BY_NAME["my learning"], "en", browser, atlas)
    browser.device(width=360, height=740)
    assert not menu(browser)
    browser.find(".menu > summary").click()
    assert menu(browser)
    browser.find(".account > summary").click()
    hands.follow(".account button")
    assert browser.find("h1").text == "Sign in"


def test_on_a_desktop_the_menu_is_a_row(browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["help"], "en", browser, atlas)
    assert menu(browser)
    assert not browser.run("return document.querySelector('.menu > summary').checkVisibility()")


def test_on_a_phone_the_open_menu_closes_with_escape(browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["account"], "en", browser, atlas)
    browser.device(width=360, height=740)
    browser.tab_to(".menu > summary")
    browser.press(Keys.ENTER, Keys.TAB)
    assert browser.run("return document.activeElement.closest('.places') !== null")
    browser.press(Keys.ESCAPE)
    assert browser.run("return document.activeElement.matches('.menu:not([open]) > summary')")


def test_the_quick_exit_stays_in_reach(browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["lesson, sensitive"], "en", browser, atlas)
    for width in (320, 360, 1280):
        browser.device(width=width, height=740)
        browser.run("scrollTo(0, 900)")
        assert 0 <= browser.run(_TOP, ".leave a") <= 8


@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("name", ["help", "account", "course", "my learning", "administration"])
def test_a_wide_window_is_used_and_the_header_stays(
    name: str, width: int, browser: Browser, atlas: Atlas
) -> None:
    enter(BY_NAME[name], "en", browser, atlas)
    browser.device(width=width)
    edges = browser.run(
        "const seen = [...document.querySelectorAll('main :is(h1, h2, p, li, dl, form, table, .card)')]"
        ".filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect());"
        "return [document.querySelector('.name').getBoundingClientRect().left,"
        " Math.min(...seen.map(r => r.left)), Math.max(...seen.map(r => r.right))]"
    )
    name_at, start, end = edges
    page = min(width, 1216)
    assert name_at == start == (width - page) / 2 + 32
    assert end - start > page * 0.7


IN_PIECES = [
    ("my learning", "en", 1280),  # a row of the header that has everything
    ("lesson, sensitive", "fr", 1280),
    ("name", "fr", 320),  # a footer at the lower edge of the window
    ("my learning, complete", "fr", 320),
    ("courses", "en", 1280),
]


@pytest.mark.parametrize(("name", "locale", "width"), IN_PIECES)
def test_a_page_that_comes_in_pieces_moves_nothing_that_is_seen(
    name: str, locale: str, width: int, browser: Browser, atlas: Atlas
) -> None:
    """On a bad line, and on a busy machine, a page is seen before all of it is there."""
    hands = enter(BY_NAME[name], locale, browser, atlas)
    browser.device(width=width, height=740)
    with in_pieces(hands.live):
        browser.driver.refresh()
        assert walk.steady(browser, browser.driver.refresh) == []
    assert browser.find(".foot p").is_displayed()


def test_the_home_page_is_light_and_nothing_moves(browser: Browser, atlas: Atlas) -> None:
    hands = enter(BY_NAME["home"], "en", browser, atlas)
    home = f"{hands.live.address}/en/"

    def opened() -> Visit:
        browser.command("Network.clearBrowserCache")
        return visit(browser, home)

    for theme in ("light", "dark", "contrast"):
        browser.command(
            "Network.setCookie",
            url=hands.live.address,
            name="parvis-reader",
            value=ReaderSettings.of({"theme": theme}).pack(),
            path="/",
        )
        seen = opened()
        assert (seen.bytes <= 40_000, seen.requests <= 8, len(seen.hosts)) == (True, True, 1)
        assert walk.steady(browser, opened) == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_a_long_name_widens_no_page(width: int, browser: Browser, atlas: Atlas) -> None:
    enter(BY_NAME["account"], "en", browser, atlas)
    browser.run("document.querySelector('.account > summary').textContent = 'WM'.repeat(40)")
    for opened in (False, True):
        script = "for (const e of document.querySelectorAll('.top details')) e.open = arguments[0]"
        browser.run(script, opened)
        assert walk.reflow(browser, width) == []
        assert walk.reflow(browser, width, size="largest", space="wide") == []
