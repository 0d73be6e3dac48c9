"""Key pages as Orca says them in Firefox, in each language: what a person hears, word for word.

The text under `speech/` has been read by a person. When a page changes on purpose, write it anew with
`script/speech --write` and read the difference before it is committed.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.clients.orca import HERE, Listener, PatientHands, listening, missing
from tests.pages.looks import enter
from tests.pages.states import STATES
from tests.pages.worlds import Atlas

pytestmark = [
    pytest.mark.browser,
    pytest.mark.full,
    pytest.mark.xdist_group("orca"),  # one reader at a time
    pytest.mark.timeout(1500),
    pytest.mark.skipif(bool(missing()), reason=f"no screen reader here: {', '.join(missing())}"),
]
BY_NAME = {state.name: state for state in STATES}
KEY = {
    "home": "home",
    "course": "course, under way",
    "lesson": "lesson, scenarios",
    "check-begin": "check, before it begins",
    "check": "check, every kind of question",
    "check-errors": "check, some answers missing",
    "result": "result, every kind of question",
    "my-learning": "my learning",
    "sign-in-error": "sign in, wrong",
    "certificate": "certificate, PDF ready",
    "verify": "verify, name matches",
}
BY_TAB = {"check": 12}  # pages whose main part is also heard by pressing Tab, this often


def said(name: str, listener: Listener, locale: str, folder: Path) -> str:
    """Open a page on a site where nothing has happened, and give what is said."""
    atlas = Atlas(folder)
    try:
        enter(BY_NAME[KEY[name]], locale, listener, atlas, PatientHands)
        lines = listener.heard()
        if name in BY_TAB:
            listener.run("document.getElementById('main').focus()")
        for _ in range(BY_TAB.get(name, 0)):
            lines += ["", "(Tab)", *listener.pressed(Keys.TAB)]
    finally:
        atlas.close()
    return "\n".join(lines) + "\n"


def differs(name: str, listener: Listener, locale: str, folder: Path) -> list[str]:
    """Compare what is said with what was reviewed; a reader that stumbles is asked once more."""
    path = HERE / f"{name}.{locale}.txt"
    found: list[str] = []
    for attempt in ("first", "second"):
        now = said(name, listener, locale, folder / f"{name}-{attempt}")
        if os.environ.get("SPEECH") == "write":
            path.write_text(now, "utf-8")
        reviewed = path.read_text("utf-8") if path.exists() else ""
        found = list(
            unified_diff(reviewed.splitlines(), now.splitlines(), path.name, "now", lineterm="", n=2)
        )
        if not found:
            break
    return found


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_pages_are_said_as_they_were_reviewed(locale: str, tmp_path: Path) -> None:
    with listening(locale) as listener:
        found = [line for name in KEY for line in differs(name, listener, locale, tmp_path)]
    assert not found, "\n".join(["", *found])
