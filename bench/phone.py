"""How long a phone waits: the largest contentful paint on an old phone and a slow line, beside its goal.

    python -m bench.phone [tries]

A quarter of the machine's speed, 400 kbit/s, 400 ms. The quickest of some tries counts, because a busy
machine only ever adds time; on a busy machine even that says little. No test: time is measured, on purpose.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lms.actions.learning import learning
from lms.core.courses.course import Release
from tests.builders_learning import a_member
from tests.pages.browser import Browser, a_browser
from tests.pages.hands import Hands
from tests.pages.visit import Visit, first_visit, slow_phone, visit
from tests.pages.worlds import POSITIVE_SPACES, Atlas

FIRST, NEXT = 1600, 1000  # milliseconds
TRIES = 5


def addresses(release: Release) -> list[tuple[str, str]]:
    """Name the pages that are looked at."""
    course = f"/c/{release.course.code}"
    lessons = [
        f"{course}/{module.code}/{lesson.code}" for module in release.modules[:1] for lesson in module.lessons
    ]
    named = [(f"lesson {at}", path) for at, path in enumerate(lessons, start=1)]
    return [("home", "/"), ("course", course), *named]


def quickest(browser: Browser, before: str, address: str, tries: int) -> Visit:
    """Return what the next page costs somebody who has just seen the one before."""
    seen = []
    for _ in range(tries):
        browser.open(before)
        seen.append(visit(browser, address))
    return min(seen, key=lambda one: one.painted)


def measure(browser: Browser, atlas: Atlas, locale: str, tries: int) -> Iterator[tuple[str, Visit, int]]:
    """Look at each page as a first visit, and at each lesson as the next one."""
    hands = Hands(browser, atlas.world("real"), locale)
    release = hands.context.library.latest(POSITIVE_SPACES)
    if release is None:
        message = "this checkout has no sealed course"
        raise SystemExit(message)
    who = a_member(hands.context)
    learning.enrol(hands.context, who, release.course.code, locale)
    hands.sit_down(who)
    pages = [(name, f"{hands.live.address}/{locale}{path}") for name, path in addresses(release)]
    for name, address in pages:
        yield f"{locale} {name}, first visit", first_visit(browser, address, tries=tries), FIRST
    lessons = pages[2:]
    for (_, before), (name, address) in pairwise(lessons):
        yield f"{locale} {name}, next", quickest(browser, before, address, tries), NEXT


def main(tries: int = TRIES) -> int:
    """Measure, tell, and say whether every goal is met."""
    missed = 0
    print(f"{'page':<28}{'LCP ms':>8}{'goal':>7}{'bytes':>9}{'requests':>10}{'shift':>7}")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        atlas = Atlas(Path(folder))
        slow_phone(browser, on=True)
        for locale in ("en", "fr"):
            for name, seen, goal in measure(browser, atlas, locale, tries):
                is_met = 0 < seen.painted <= goal and seen.shifted == 0
                missed += not is_met
                cost = f"{seen.bytes:>9}{seen.requests:>10}{seen.shifted:>7.3f}"
                row = f"{name:<28}{seen.painted:>8.0f}{goal:>7}{cost}"
                print(row if is_met else f"{row}  MISSED", flush=True)  # noqa: T201
        atlas.close()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
