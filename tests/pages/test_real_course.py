"""Every lesson and every check of the courses that this checkout brings, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lms.actions.learning import learning, quizzing
from lms.content.library import Library
from tests.builders_learning import a_member
from tests.builders_needs import ready_for
from tests.pages import axe, walk
from tests.pages.browser import Browser
from tests.pages.hands import Hands
from tests.pages.server import real_site
from tests.pages.test_matrix import DESKTOP, LOOKS, PHONE, SHARES, look_over, told
from tests.pages.worlds import Atlas, has_real_course

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_real_course(), reason="no course is sealed yet"),
]


def _pages() -> Iterator[tuple[str, str]]:
    """List (course, address after the course's): lessons and checks of all sealed courses."""
    library = Library(real_site())
    for course in library.courses():
        release = library.latest(course)
        if release is None:
            continue
        for module in release.modules:
            yield from ((course, f"/{module.code}/{lesson.code}") for lesson in module.lessons)
            yield course, f"/{module.code}/check"


PAGES = list(_pages()) if has_real_course() else []


def enter(course: str, page: str, locale: str, browser: Browser, atlas: Atlas) -> Hands:
    """Bring a member to a page of a real course; a check is under way."""
    hands = Hands(browser, atlas.world("real"), locale)
    release = hands.context.library.latest(course)
    assert release
    code = release.course.code
    who = ready_for(hands.context, a_member(hands.context), release)
    learning.enrol(hands.context, who, code, locale)
    if page.endswith("/check"):
        quizzing.start_check(hands.context, who, code, page.split("/")[1], hands.context.new_id())
    hands.sit_down(who)
    hands.open(f"/c/{code}{page}")
    return hands


@pytest.mark.parametrize(("course", "page"), PAGES)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_page(course: str, page: str, locale: str, browser: Browser, atlas: Atlas) -> None:
    enter(course, page, locale, browser, atlas)
    assert browser.find_all("main .question, main .lesson")
    found = []
    for width, dark in SHARES[locale]:
        browser.device(width=width, dark=dark)
        judged = axe.problems(browser, colours_alone=dark)
        found += [f"{width}: {fault}" for fault in (*judged, *walk.layout(browser))]
    assert [*found, *browser.complaints()] == []


@pytest.mark.full
@pytest.mark.parametrize(("course", "page"), PAGES)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_each_page_in_every_look(course: str, page: str, locale: str, browser: Browser, atlas: Atlas) -> None:
    def opened() -> None:
        enter(course, page, locale, browser, atlas)

    opened()
    found = look_over(browser, keys=[PHONE, DESKTOP], judged=LOOKS, again=opened)
    assert not found, told(found)
