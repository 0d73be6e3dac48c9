"""Every state of every page, in both languages, on a phone and a desktop, in light and dark.

One visit serves all the looks: the device is changed under the page, not the page under the device.
"""

from __future__ import annotations

import pytest

from tests.pages import axe, walk
from tests.pages.browser import Browser
from tests.pages.looks import State, enter
from tests.pages.states import SHOWN, STATES
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
PHONE, DESKTOP = 320, 1280
LOOKS = [(DESKTOP, False), (DESKTOP, True), (PHONE, True), (PHONE, False)]


def faults_of(browser: Browser, *, thorough: bool) -> list[str]:
    """List what is wrong with the page that is open."""
    found = [f"console: {words}" for words in browser.complaints()]
    for width, dark in LOOKS:
        browser.device(width=width, dark=dark)
        look = f"{width} px, {'dark' if dark else 'light'}"
        found += [f"{look}: {problem}" for problem in axe.problems(browser)]
        if not dark:
            found += [f"{look}: {fault}" for fault in (*walk.layout(browser), *walk.controls(browser))]
    if thorough:
        found += [f"{PHONE} px, keyboard: {fault}" for fault in walk.keyboard(browser)]
        browser.device(width=DESKTOP)
        found += [f"{DESKTOP} px, keyboard: {fault}" for fault in walk.keyboard(browser)]
        browser.device(forced=True)
        found += [f"forced colours: {fault}" for fault in walk.edges(browser)]
    return found + [f"console, later: {words}" for words in browser.complaints()]


def shows(state: State, drawn: list[str]) -> bool:
    """Say whether what was drawn last is this state's: its own template, and a refusal only where one is meant."""
    wanted = [template for template, name in SHOWN.items() if name == state.name]
    refused = bool(drawn) and drawn[-1].startswith("errors/")
    return refused == state.name.startswith("error") and (not wanted or drawn[-1:] == wanted)


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_state(state: State, locale: str, browser: Browser, atlas: Atlas) -> None:
    enter(state, locale, browser, atlas)
    assert shows(state, atlas.drawn), atlas.drawn
    found = faults_of(browser, thorough=locale == "en")
    assert not found, "\n" + "\n".join(dict.fromkeys(found))
