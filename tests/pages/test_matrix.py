"""Every state of every page, in both languages, on a phone and a desktop, in light and dark.

One visit serves all the looks: the device is changed under the page, not the page under the device. Where
words may not fit is looked at in each language and width. What no word changes is shared out: each width and
each theme is judged by axe in one of the languages, and each language in both widths and themes; the full
run leaves nothing out (docs/decisions/0092). How the reader wants to read is a look as well: in every run the
hardest (the largest letters, wide spacing, a phone); in the full run each of them, on a phone and on a
desktop, with the menus open. States that are made of the parts of another one (`states.ALIKE`) are
looked at in the full run alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pytest

from tests.pages import axe, walk
from tests.pages.browser import Browser
from tests.pages.looks import State, enter
from tests.pages.states import ALIKE, SHOWN, STATES
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
PHONE, DESKTOP = 320, 1280
Look = tuple[int, bool]  # a width in pixels, and whether it is dark
LOOKS: tuple[Look, ...] = ((DESKTOP, False), (DESKTOP, True), (PHONE, True), (PHONE, False))
#: What axe is asked about in each language, and where the page is walked by keyboard.
SHARES: dict[str, tuple[Look, ...]] = {
    "en": ((DESKTOP, False), (PHONE, True)),
    "fr": ((DESKTOP, True), (PHONE, False)),
}
KEYS = {"en": (PHONE,), "fr": (DESKTOP,)}


Faults = dict[str, list[str]]  # what is wrong -> in which looks


def look_over(
    browser: Browser, *, keys: Sequence[int], judged: Sequence[Look], again: Callable[[], object]
) -> Faults:
    """Find what is wrong with the page that is open.

    `keys` are the widths to walk it by keyboard, `judged` the looks that axe is asked about; `again` opens it
    once more, on the device that it was opened on before.
    """
    found: Faults = defaultdict(list)

    def note(look: str, faults: Iterable[object]) -> None:
        for fault in faults:
            found[str(fault)].append(look)

    note("opening", walk.steady(browser, again))
    note("console", browser.complaints())
    for width, dark in LOOKS:
        if dark and (width, dark) not in judged:
            continue  # in the dark nothing but axe looks
        browser.device(width=width, dark=dark)
        browser.run("document.activeElement?.blur()")
        look = f"{width} px {'dark' if dark else 'light'}"
        if (width, dark) in judged:
            note(look, axe.problems(browser, colours_alone=dark))
        if not dark:
            note(look, (*walk.layout(browser), *walk.controls(browser)))
        if width in keys and not dark:
            note(f"{width} px keyboard", walk.keyboard(browser))
    browser.device(forced=True)
    note("forced colours", walk.edges(browser))
    note("320 px, largest and wide", walk.reflow(browser, PHONE, size="largest", space="wide"))
    note("console", browser.complaints())
    return found


def told(found: Faults) -> str:
    """Return what is wrong, one line for each fault."""
    return "\n".join(
        ["", *(f"{fault}  [{', '.join(dict.fromkeys(looks))}]" for fault, looks in found.items())]
    )


def shows(state: State, drawn: list[str]) -> bool:
    """Say whether what was drawn last is this state's: its template, and a refusal only where it is meant."""
    wanted = [template for template, name in SHOWN.items() if name == state.name]
    refused = bool(drawn) and drawn[-1].startswith("errors/")
    return refused == state.name.startswith("error") and (not wanted or drawn[-1:] == wanted)


READERS = [{"size": "largest"}, {"space": "wide"}, {"size": "largest", "space": "wide", "font": "legible"}]


@pytest.mark.full
@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_state_as_readers_want_to_read(
    state: State, locale: str, browser: Browser, atlas: Atlas
) -> None:
    """No page scrolls sideways at the reader's own size and spacing (WCAG 1.4.4, 1.4.10, 1.4.12)."""
    enter(state, locale, browser, atlas)
    found: Faults = defaultdict(list)
    for wishes in READERS:
        for width in (PHONE, DESKTOP):
            for opened in (False, True):
                browser.run(
                    "for (const e of document.querySelectorAll('.top details')) e.open = arguments[0]", opened
                )
                look = f"{width} px {' '.join(wishes.values())}{', menus open' if opened else ''}"
                for fault in walk.reflow(browser, width, **wishes):
                    found[fault].append(look)
    assert not found, told(found)


def opened(state: State, locale: str, browser: Browser, atlas: Atlas) -> None:
    """Open a page in a state, and see that it is that."""
    # French is opened as on a phone in the dark, so that what moves there is seen. What presses something
    # is opened wide: a narrow screen shows one question at a time.
    browser.device()
    if locale == "fr" and isinstance(state.way, str):
        browser.device(width=PHONE, height=740, dark=True)
    enter(state, locale, browser, atlas)
    assert shows(state, atlas.drawn), atlas.drawn
    assert browser.find_all(state.has), f"nothing on the page is {state.has}"
    assert browser.find("html").get_attribute("lang") == locale


EACH = [pytest.param(one, marks=pytest.mark.full) if one.name in ALIKE else one for one in STATES]


@pytest.mark.parametrize("state", EACH, ids=str)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_state(state: State, locale: str, browser: Browser, atlas: Atlas) -> None:
    again = partial(opened, state, locale, browser, atlas)
    again()
    found = look_over(browser, keys=KEYS[locale], judged=SHARES[locale], again=again)
    assert not found, told(found)


@pytest.mark.full
@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_state_in_every_look(state: State, locale: str, browser: Browser, atlas: Atlas) -> None:
    again = partial(opened, state, locale, browser, atlas)
    again()
    found = look_over(browser, keys=[PHONE, DESKTOP], judged=LOOKS, again=again)
    assert not found, told(found)


def test_the_shares_leave_nothing_out() -> None:
    assert sorted(look for share in SHARES.values() for look in share) == sorted(LOOKS)
    assert all({width for width, _ in share} == {PHONE, DESKTOP} for share in SHARES.values())
    assert all({dark for _, dark in share} == {False, True} for share in SHARES.values())
    assert sorted(width for widths in KEYS.values() for width in widths) == [PHONE, DESKTOP]
