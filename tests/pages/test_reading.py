"""Ten key states as a screen reader is given them: what is read, in which order, with which role and state.

The text under `reading/` has been read by a person. When a page changes on purpose, write it anew with
`READING_ORDER=write` in the environment and read it again before it is committed.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.pages.browser import Browser
from tests.pages.looks import State, enter
from tests.pages.spoken import reading_order
from tests.pages.states import STATES
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
FOLDER = Path(__file__).parent / "reading"
KEY = {
    "home": "home",
    "course": "course, under way",
    "lesson": "lesson",
    "lesson-blocks": "lesson, scenarios",
    "check": "check, every kind of question",
    "check-errors": "check, some answers missing",
    "result": "result, every kind of question",
    "my-learning": "my learning, a new version",
    "sign-up-errors": "sign up, not an address",
    "certificate": "certificate, PDF ready",
    "verify": "verify, name differs",
    "sensitive": "lesson, sensitive",
}
BY_NAME = {state.name: state for state in STATES}


def in_a_fresh_world(state: State, locale: str, browser: Browser, folder: Path) -> str:
    """Enter a state on a site where nothing has happened, so that each run is like the last one."""
    atlas = Atlas(folder)
    try:
        enter(state, locale, browser, atlas)
        return reading_order(browser)
    finally:
        atlas.close()


@pytest.mark.parametrize("name", KEY)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_page_is_read_as_it_was_reviewed(
    name: str, locale: str, browser: Browser, tmp_path: Path
) -> None:
    said = in_a_fresh_world(BY_NAME[KEY[name]], locale, browser, tmp_path)
    path = FOLDER / f"{name}.{locale}.txt"
    if os.environ.get("READING_ORDER") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, "utf-8")
    reviewed = path.read_text("utf-8") if path.exists() else ""
    differs = list(
        unified_diff(reviewed.splitlines(), said.splitlines(), "reviewed", "now", lineterm="", n=2)
    )
    assert not differs, "\n".join(["", *differs])
