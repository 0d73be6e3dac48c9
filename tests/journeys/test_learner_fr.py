"""A learner reads in French, from the first page to a certificate that somebody verifies."""

from __future__ import annotations

import pytest

from lms.jobs import run_due
from tests.journeys import way
from tests.journeys.conftest import Arrive
from tests.journeys.learner import COURSE

pytestmark = [pytest.mark.browser]
NAME = "Marie-Ève Tremblay"


def test_from_the_first_page_to_a_verified_certificate(arrive: Arrive) -> None:
    learner = arrive(locale="fr")
    way.try_first_module(learner)
    assert learner.sees("Accueillir")
    way.join(learner)
    assert learner.browser.find("html").get_attribute("lang") == "fr"
    way.finish(learner)
    number = way.certify(learner, NAME)
    run_due(learner.context)
    learner.open(f"{COURSE}/certificate")
    assert learner.browser.find_all('main a[href$="/certificate/pdf"]')
    assert learner.sees("Un accueil chaleureux")
    way.verify(learner, number, "marie eve tremblay")
