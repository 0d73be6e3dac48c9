"""Firefox and WebKit: a smoke of both each time, the whole way and every kind of question in the full run."""

from __future__ import annotations

import pytest

from lms.jobs import run_due
from tests.clients.conftest import Arrive
from tests.journeys import way
from tests.journeys.learner import COURSE, Learner
from tests.pages.people import PASSWORD, answering, enrolled, named_as
from tests.pages.states_learning import CHECK

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def of(kind: str, *rest: object) -> object:
    """Keep the tests of one browser together, so that it starts once."""
    return pytest.param(
        kind, *rest, marks=pytest.mark.xdist_group(kind), id="-".join((kind, *map(str, rest)))
    )


SMOKE = [of("firefox", "en"), of("webkit", "fr")]
WHOLE = [of(kind, locale) for kind in ("firefox", "webkit") for locale in ("en", "fr")]
NAMES = {"en": "Amina Diallo", "fr": "Marie-Ève Tremblay"}


def sign_in(learner: Learner) -> None:
    """Sign in as somebody with a name and a password."""
    named_as(learner.context, "heron7")
    learner.open("/sign-in")
    learner.type("who", "heron7")
    learner.type("password", PASSWORD)
    learner.go("form[id] button:not([value=code])")


@pytest.mark.parametrize(("kind", "locale"), SMOKE)
def test_a_lesson_a_question_and_a_door(kind: str, locale: str, arrive: Arrive) -> None:
    learner = arrive(kind, locale)
    learner.sit_down(answering(learner.context))
    learner.open(f"{COURSE}/m1/l1")
    assert learner.browser.find("main h1").is_displayed()
    learner.open(CHECK)
    first = learner.questions()[0]
    learner.answer(first)
    learner.sit_down(None)
    sign_in(learner)
    assert not learner.path.endswith("/sign-in")
    learner.open("/account")
    assert "heron7" in learner.browser.find("main").text


@pytest.mark.full
@pytest.mark.parametrize(("kind", "locale"), WHOLE)
def test_from_the_first_page_to_a_verified_certificate(kind: str, locale: str, arrive: Arrive) -> None:
    learner = arrive(kind, locale)
    way.try_first_module(learner)
    way.join(learner)
    way.finish(learner)
    number = way.certify(learner, NAMES[locale])
    run_due(learner.context)
    learner.open(f"{COURSE}/certificate")
    assert learner.browser.find_all('main a[href$="/certificate/pdf"]')
    way.verify(learner, number, NAMES[locale])


@pytest.mark.full
@pytest.mark.parametrize(("kind", "locale"), WHOLE)
def test_every_kind_of_question_is_answered_right(kind: str, locale: str, arrive: Arrive) -> None:
    learner = arrive(kind, locale, world="thorough")
    learner.sit_down(enrolled(learner.context))
    learner.open(f"{COURSE}/m1/l1")
    learner.read_on()
    learner.read_on()
    learner.pass_check()
    assert "/m1/check/result/" in learner.path
    assert learner.browser.find_all("main .notice.done")
    assert not learner.browser.find_all("main .state.wrong")
