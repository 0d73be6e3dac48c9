"""What a learner on a slow line pays for a lesson: bytes, requests, time, and nothing that jumps about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.support.ui import WebDriverWait

from lms.actions.learning import learning
from lms.core.courses.course import Release
from lms.core.courses.document import Figure, Recording
from lms.core.courses.walk import walk as walk_document
from lms.core.people.reader_settings import ReaderSettings
from tests.builders_learning import SAMPLE, a_member
from tests.pages import walk
from tests.pages.browser import Browser
from tests.pages.hands import PATIENCE, Hands
from tests.pages.looks import enter
from tests.pages.states import STATES
from tests.pages.visit import Visit, first_visit, next_visit, slow_line
from tests.pages.worlds import POSITIVE_SPACES, Atlas, has_real_course

pytestmark = [pytest.mark.browser]
BY_NAME = {state.name: state for state in STATES}
FIRST, NEXT, REQUESTS = 20_000, 10_000, 4
_LETTERS = "return performance.getEntriesByType('resource').filter(one => one.name.endsWith('.woff2')).length"
SEEN = 1600  # milliseconds, on 400 kbit/s with 400 ms round trip
COURSES = [
    ("wordy", SAMPLE),
    pytest.param(
        "real", POSITIVE_SPACES, marks=pytest.mark.skipif(not has_real_course(), reason="not sealed yet")
    ),
]


@pytest.fixture
def slow(browser: Browser) -> Iterator[Browser]:
    """Return a small phone on a slow line."""
    browser.bring_nothing()
    browser.device(width=360, height=740)
    slow_line(browser, on=True)
    yield browser
    slow_line(browser, on=False)


def text_lessons(release: Release) -> list[str]:
    """List the lessons without pictures and recordings."""
    return [
        f"/c/{release.course.code}/{module.code}/{lesson.code}"
        for module in release.modules
        for lesson in module.lessons
        if not module.sign_videos
        and not any(
            isinstance(node, Figure | Recording) for node in walk_document(lesson.documents["en"].blocks)
        )
    ]


def faults_of(seen: Visit, *, most: int) -> list[str]:
    """List what costs too much."""
    limits = {
        f"{seen.bytes} bytes": seen.bytes <= most,
        f"{seen.requests} requests": seen.requests <= REQUESTS,
        f"seen after {seen.painted:.0f} ms": 0 < seen.painted <= SEEN,
        f"moved by {seen.shifted}": seen.shifted == 0,
        f"asked {seen.hosts}": len(seen.hosts) == 1,
    }
    return [what for what, holds in limits.items() if not holds]


@pytest.mark.parametrize(("world", "course"), COURSES)
def test_a_lesson_is_light(world: str, course: str, atlas: Atlas, slow: Browser) -> None:
    hands = Hands(slow, atlas.world(world), "en")
    release = hands.context.library.latest(course)
    assert release
    first, after = text_lessons(release)[:2]
    who = a_member(hands.context)
    learning.enrol(hands.context, who, release.course.code, "en")
    hands.sit_down(who)
    assert faults_of(first_visit(slow, f"{hands.live.address}/en{first}"), most=FIRST) == []
    assert faults_of(next_visit(slow, f"{hands.live.address}/en{after}"), most=NEXT) == []


def test_letters_that_come_late_move_nothing(atlas: Atlas, slow: Browser) -> None:
    hands = enter(BY_NAME["help"], "en", slow, atlas)
    wishes = ReaderSettings.of({"font": "legible"}).pack()
    slow.command("Network.setCookie", url=hands.live.address, name="parvis-reader", value=wishes, path="/")

    def opened() -> None:
        slow.command("Network.clearBrowserCache")
        hands.open("/help")
        WebDriverWait(slow.driver, PATIENCE).until(lambda _: slow.run(_LETTERS) == 2)

    opened()
    assert walk.steady(slow, opened) == []


def test_the_scales_see_a_page_that_is_too_heavy() -> None:
    heavy = Visit(bytes=20_001, requests=5, hosts=("a", "b"), painted=1700, shifted=0.1)
    assert len(faults_of(heavy, most=FIRST)) == 5
