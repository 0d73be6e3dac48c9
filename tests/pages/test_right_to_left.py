"""A site that also speaks Arabic: everything turns round, nothing is cut, nothing is mixed up.

The interface has no Arabic catalogue yet, so its sentences stay English; the lesson is Arabic.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.browser import Browser
from tests.pages.hands import Hands
from tests.pages.people import answering, enrolled
from tests.pages.states_learning import CHECK
from tests.pages.states_public import COURSE
from tests.pages.test_matrix import DESKTOP, LOOKS, PHONE, look_over, told
from tests.pages.worlds import Atlas

pytestmark = [pytest.mark.browser]
PAGES = {
    "lesson": f"{COURSE}/m1/l1",
    "lesson not yet translated": f"{COURSE}/m1/l2",
    "course": COURSE,
    "check": CHECK,
}
_BEGINS = """
const box = document.querySelector('main').getBoundingClientRect();
return [...document.querySelectorAll('main :is(h1, h2, p, li)')].filter(e => {
  const r = document.createRange(); r.selectNodeContents(e);
  const ends = [...r.getClientRects()].map(line => line.right);
  return ends.length && getComputedStyle(e).direction === 'rtl' && !e.closest('dl, .acts, td, .side')
    && Math.max(...ends) < box.left + box.width / 2;
}).map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 40));
"""


@pytest.fixture
def reader(browser: Browser, atlas: Atlas, tmp_path: Path) -> Hands:
    """Return somebody who reads Arabic, on a site that offers it."""
    for tag in ("en", "fr", "ar"):
        (tmp_path / "tongues" / tag / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / "tongues" / tag / "LC_MESSAGES" / "messages.po").write_text("", "utf-8")
    live = atlas.fresh("thorough", tmp_path / "data")
    live.app.config["TRANSLATIONS"] = tmp_path / "tongues"
    return Hands(browser, live, "ar")


@pytest.mark.parametrize("page", PAGES)
def test_the_page_turns_round(page: str, reader: Hands) -> None:
    who = answering(reader.context) if page == "check" else enrolled(reader.context)

    def opened() -> None:
        reader.sit_down(who)
        reader.open(PAGES[page])

    opened()
    html = reader.browser.find("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    keys = [PHONE, DESKTOP] if page == "lesson" else []
    found = look_over(reader.browser, keys=keys, judged=LOOKS, again=opened)
    assert not found, told(found)
    for width in (320, 1280):
        reader.browser.device(width=width)
        assert reader.browser.run(_BEGINS) == []


def test_the_lesson_speaks_arabic(reader: Hands) -> None:
    reader.sit_down(enrolled(reader.context))
    reader.open(PAGES["lesson"])
    assert reader.browser.find("h1").text == "الدقيقة الأولى"
    reader.open(PAGES["lesson not yet translated"])
    assert reader.browser.find_all(".lesson [lang=en][dir=ltr], .lesson[lang=en][dir=ltr]")
