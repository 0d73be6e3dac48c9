"""A learner reads in English, from the first page to a certificate that somebody verifies."""

from __future__ import annotations

import urllib.request

import pytest

from lms.jobs import run_due
from tests.journeys import way
from tests.journeys.conftest import Arrive
from tests.journeys.learner import COURSE

pytestmark = [pytest.mark.browser]
NAME = "Amina Diallo"


def test_from_the_first_page_to_a_verified_certificate(arrive: Arrive) -> None:
    learner = arrive()
    way.try_first_module(learner)
    way.join(learner)
    assert learner.sees("Your progress has been added to your account.")
    way.finish(learner)
    assert learner.sees("Passed")
    number = way.certify(learner, NAME)
    run_due(learner.context)
    learner.open(f"{COURSE}/certificate")
    assert learner.sees("Download the PDF")
    link = learner.browser.find('main a[href$="/certificate/pdf"]').get_attribute("href")
    cookie = learner.browser.driver.get_cookie("parvis")
    assert cookie
    asked = urllib.request.Request(str(link), headers={"Cookie": f"parvis={cookie['value']}"})  # noqa: S310
    with urllib.request.urlopen(asked) as answer:  # noqa: S310  # our own site on loopback
        assert answer.read(5) == b"%PDF-"
    way.verify(learner, number, NAME)
    assert learner.sees("The name matches")
