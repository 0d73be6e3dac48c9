"""Faults that an outside review planted and no test of ours saw: planted again, in real pages, and seen.

A fault is planted in the page as it is sent; what the suite's own checks say of it then is compared with what
they say of the page as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.page_lint import lint
from tests.pages.browser import Browser
from tests.pages.looks import State, enter
from tests.pages.spoken import reading_order
from tests.pages.states import STATES
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
BY_NAME = {state.name: state for state in STATES}
SWITCH = r'(<(?:a|button)[^>]*(?:hreflang="(?:en|fr)"|name="switch_to")[^>]*)'
#: Pages that answer a question with a number of things.
ANSWERED = {
    "register, filtered": BY_NAME["register, filtered"],
    "glossary, of a course": BY_NAME["glossary, of a course"],
    "support, a province": BY_NAME["support, a province"],
}
ANSWER = """
const here = document.activeElement;
if (here && here !== document.body && here.closest('main') && here.id !== 'main') return here.textContent;
return [...document.querySelectorAll('main [role=status]')].map(e => e.textContent).join('');
"""


@pytest.fixture
def world(atlas: Atlas) -> Iterator[Atlas]:
    """Return the sites, without a fault again afterwards."""
    yield atlas
    atlas.spoil = str


def without_language(html: str) -> str:
    """Take the language off the ways to another language."""
    found = re.sub(SWITCH, lambda one: re.sub(r' lang="\w+"', "", one[0]), html)
    return re.sub(r'( lang="\w+")([^>]*(?:name="switch_to"|hreflang="))', r"\2", found)


def without_answer(html: str) -> str:
    """Take away what lets an answer be heard when a page opens: a role, or the focus."""
    return re.sub(r' (?:role="status"|autofocus(?:="\w*")?)', "", html)


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("name", ["home", "sign in", "lesson, account needed"])
def test_a_way_to_another_language_says_so(name: str, locale: str, browser: Browser, world: Atlas) -> None:
    enter(BY_NAME[name], locale, browser, world)
    before = reading_order(browser)
    assert lint(world.sent) == []
    assert re.search(r"“(Français|English)”, in (fr|en)", before)
    world.spoil = without_language
    enter(BY_NAME[name], locale, browser, world)
    assert any("leads to" in fault for fault in lint(world.sent)), world.sent
    assert reading_order(browser) != before


@pytest.mark.parametrize("state", ANSWERED.values(), ids=str)
def test_what_was_found_is_heard(state: State, browser: Browser, world: Atlas) -> None:
    enter(state, "en", browser, world)
    assert browser.run(ANSWER).strip(), "nothing says what was found"
    world.spoil = without_answer
    enter(state, "en", browser, world)
    assert not browser.run(ANSWER).strip()
