"""The whole course with nothing but a keyboard: Tab, arrows, Space and Enter."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.journeys import way
from tests.journeys.conftest import Arrive
from tests.journeys.learner import COURSE, Typist

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_from_the_first_page_to_a_verified_certificate(arrive: Arrive) -> None:
    learner = arrive(Typist)
    way.try_first_module(learner)
    way.join(learner)
    way.finish(learner)
    number = way.certify(learner, "Amina Diallo")
    way.verify(learner, number, "Amina Diallo")


def test_the_first_tab_skips_to_the_content(arrive: Arrive) -> None:
    learner = arrive(Typist)
    learner.open(COURSE)
    learner.browser.press(Keys.TAB)
    assert learner.browser.run("return document.activeElement.className") == "skip"
    learner.browser.press(Keys.ENTER)
    assert learner.browser.run("return document.activeElement.id") == "main"
    learner.browser.press(Keys.TAB)
    assert learner.browser.run("return document.activeElement.closest('main') !== null")
