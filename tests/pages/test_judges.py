"""What engines of other makes say: IBM's in the page, Nu on the HTML as it was sent.

A few states each time; every state, in both languages, in the full run. That they find what they are for is
shown at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages import judges
from tests.pages.browser import Browser
from tests.pages.judges import Nu, Verdict
from tests.pages.looks import State, enter
from tests.pages.states import STATES
from tests.pages.worlds import Atlas

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("judges"),  # Java is started once
    pytest.mark.skipif(not judges.NU.is_file(), reason="npm has not brought the judges: see script/prepare"),
]
SAMPLE = {
    "home": "fr",
    "lesson, scenarios": "en",
    "check, some answers missing": "fr",
    "register": "en",
    "my learning": "fr",
    "sign in, wrong": "en",
    "workspace, lesson": "fr",
    "quiz editor, one question": "en",
    "publish": "fr",
}
LOOKS = ((1280, False), (320, True))


@pytest.fixture(scope="module")
def nu() -> Iterator[Nu]:
    with judges.the_nu_checker() as started:
        yield started


def judged(state: State, locale: str, browser: Browser, atlas: Atlas, nu: Nu) -> list[Verdict]:
    """List what the judges find in a state."""
    enter(state, locale, browser, atlas)
    found = nu.judge(atlas.sent)
    for width, dark in LOOKS:
        browser.device(width=width, dark=dark)
        found += judges.ibm(browser)
    return list(dict.fromkeys(found))


def told(found: list[Verdict]) -> str:
    """Return what was found, a line each."""
    return "\n".join(["", *map(str, found)])


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample(name: str, browser: Browser, atlas: Atlas, nu: Nu) -> None:
    state = next(one for one in STATES if one.name == name)
    found = judged(state, SAMPLE[name], browser, atlas, nu)
    assert not found, told(found)


@pytest.mark.full
@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_state(state: State, locale: str, browser: Browser, atlas: Atlas, nu: Nu) -> None:
    found = judged(state, locale, browser, atlas, nu)
    assert not found, told(found)


PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>{body}</main></body></html>"""


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("input_label_exists", "<input>"),
        ("img_alt_valid", '<img src="x.png">'),
        ("aria_role_allowed", '<p role="nothing">Words</p>'),
        ("table_headers_exists", "<table><tr><td>1<td>2<tr><td>3<td>4</table>"),
    ],
)
def test_ibm_sees(rule: str, body: str, browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("{body}", body), "utf-8")
    browser.open(page.as_uri())
    found = judges.ibm(browser)
    assert rule in {one.rule for one in found}, told(found)


def test_nu_sees(nu: Nu) -> None:
    assert nu.judge(PAGE.replace("{body}", "<p>Words</p>")) == []
    assert nu.judge(PAGE.replace("{body}", "<p><div></p>"))
    assert nu.judge(PAGE.replace("{body}", '<ul><p role="cell">Words</p></ul>'))


def test_what_is_explained_is_explained_once() -> None:
    pairs = [(rule, about) for rule, about, _ in judges.EXPLAINED]
    assert len(set(pairs)) == len(pairs)
    assert all(len(why) > 20 for _, _, why in judges.EXPLAINED)
