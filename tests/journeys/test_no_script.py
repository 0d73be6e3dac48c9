"""The whole course with JavaScript switched off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lms.jobs import run_due
from tests.journeys import way
from tests.journeys.conftest import Arrive
from tests.journeys.learner import COURSE
from tests.pages.browser import Browser

pytestmark = [pytest.mark.browser]


@pytest.fixture(autouse=True)
def _no_script(browser: Browser) -> Iterator[None]:
    browser.scripting(on=False)
    yield
    browser.scripting(on=True)


def test_scripts_are_really_off(arrive: Arrive) -> None:
    learner = arrive()
    learner.open(COURSE)
    assert learner.browser.run("return window.__parvis") is None


def test_from_the_first_page_to_a_verified_certificate(arrive: Arrive) -> None:
    learner = arrive()
    way.try_first_module(learner)
    way.join(learner)
    way.finish(learner)
    number = way.certify(learner, "Amina Diallo")
    run_due(learner.context)
    learner.go(f'a[href*="{COURSE}/certificate?look="]')
    assert learner.browser.find_all('main a[href$="/certificate/pdf"]')
    way.verify(learner, number, "Amina Diallo")
