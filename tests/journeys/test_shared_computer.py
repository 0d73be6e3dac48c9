"""Lines that break, languages that change, computers that are shared: nothing is lost and nothing stays."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from lms.actions.learning import quizzing
from lms.core.courses.quiz import Answers
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE_CODE
from tests.journeys import way
from tests.journeys.conftest import Arrive
from tests.journeys.learner import COURSE, Learner
from tests.pages.hands import PATIENCE
from tests.pages.people import NAME, answering, certified, named_as

pytestmark = [pytest.mark.browser]
CHECK = f"{COURSE}/m1/check"


def offline(learner: Learner, *, on: bool) -> None:
    """Cut the line, or mend it."""
    learner.browser.command("Network.enable")
    learner.browser.command(
        "Network.emulateNetworkConditions", offline=on, latency=0, downloadThroughput=-1, uploadThroughput=-1
    )


def kept(learner: Learner, who: Actor) -> Answers:
    """Return the answers that the server has."""
    paper = quizzing.open_check(learner.context, who, SAMPLE_CODE, "m1").paper
    assert paper
    return paper.sitting.answers


def test_answers_wait_for_a_dead_line(arrive: Arrive) -> None:
    learner = arrive(world="thorough")
    who = answering(learner.context)
    learner.sit_down(who)
    learner.open(CHECK)
    region = learner.browser.find("#check [data-saved]")
    patience = WebDriverWait(learner.browser.driver, PATIENCE, 0.1)
    offline(learner, on=True)
    try:
        learner.type("w-q06:text", "name")
        patience.until(
            lambda _: (
                region.text == "Your answers are not saved yet because there is no connection. "
                "We’ll keep trying. You can continue."
            )
        )
        learner.browser.find('[name="w-q07:text"]').send_keys("5")
        assert "w-q06" not in kept(learner, who)
    finally:
        offline(learner, on=False)
    patience.until(lambda _: region.text == "Your answers are saved.")
    assert kept(learner, who)["w-q06"] == {"text": ("name",)}
    assert kept(learner, who)["w-q07"] == {"text": ("5",)}


def test_a_sending_that_fails_keeps_the_page_and_is_sent_once(arrive: Arrive) -> None:
    learner = arrive(world="thorough")
    who = answering(learner.context)
    learner.sit_down(who)
    learner.open(CHECK)
    learner.answer_all()
    patience = WebDriverWait(learner.browser.driver, PATIENCE, 0.1)
    offline(learner, on=True)
    try:
        learner.browser.run("window.__before = true")
        learner.browser.find('main button[value="check"]').click()
        patience.until(lambda _: learner.sees("We could not send this because there is no connection."))
        assert way.here(learner) == CHECK
    finally:
        offline(learner, on=False)
    learner.wait_for_page()
    assert "/check/result/" in way.here(learner)


def test_another_language_keeps_every_answer(arrive: Arrive) -> None:
    learner = arrive(world="thorough")
    who = answering(learner.context)
    learner.sit_down(who)
    learner.open(CHECK)
    learner.answer_all()
    asked = [one.id for one in learner.questions()]
    learner.follow("button[name=switch_to]")
    assert learner.path == f"/fr{CHECK}"
    in_french = Learner(learner.browser, learner.live, "fr")
    assert [one.id for one in in_french.questions()] == asked
    assert set(kept(learner, who)) == set(asked)
    assert learner.browser.find('[name="w-q06:text"]').get_property("value") == "name"
    assert learner.browser.find_all('[name="w-q01:choice"][value="b"]:checked')


def test_signing_out_leaves_nothing_behind(arrive: Arrive) -> None:
    learner = arrive()
    learner.sit_down(certified(learner.context))
    learner.open(f"{COURSE}/certificate")
    assert learner.sees(NAME)
    learner.open("/account")
    learner.go("form.act button")
    assert learner.path == "/en/sign-in"
    for _ in range(2):
        learner.browser.driver.back()
        WebDriverWait(learner.browser.driver, PATIENCE).until(
            lambda driver: driver.execute_script("return document.readyState === 'complete'")
        )
        assert not learner.sees(NAME)
        assert not learner.sees("Sam")
    assert learner.browser.run("return localStorage.length + sessionStorage.length") == 0
    names = {cookie["name"] for cookie in learner.browser.driver.get_cookies()}
    assert "parvis" not in names


def test_after_half_an_hour_one_comes_back_to_what_was_typed(arrive: Arrive) -> None:
    learner = arrive()
    who = named_as(learner.context, "heron")
    learner.sit_down(who)
    learner.find_course()
    learner.start()
    for _ in range(2):
        learner.read_on()
    learner.begin_check()
    learner.context.now.move(minutes=31)  # type: ignore[attr-defined]  # the clock of tests
    learner.answer_all()
    learner.browser.run("window.__before = true")
    learner.browser.find('main button[value="check"]').send_keys(Keys.ENTER)
    learner.wait_for_page()
    assert way.here(learner) == "/sign-in"
    learner.sign_in("heron")
    assert way.here(learner) == CHECK
    assert learner.sees("We restored your answers")
    learner.go('button[value="check"]')
    assert "/check/result/" in way.here(learner)
    assert learner.browser.find_all("main .outcome.passed")


def test_leaving_quickly_takes_the_page_out_of_the_history(arrive: Arrive) -> None:
    learner = arrive(world="discreet")
    learner.open("/")
    learner.open(COURSE)
    learner.browser.run(
        "const link = document.querySelector('[data-leave]'); link.href = location.origin + '/en/help';"
    )
    learner.follow("[data-leave]")
    assert learner.path == "/en/help"
    learner.browser.driver.back()
    assert learner.path == "/en/"


def back(learner: Learner) -> None:
    """Go back, and wait until a page stands there."""
    learner.browser.driver.back()
    WebDriverWait(learner.browser.driver, PATIENCE).until(
        lambda driver: driver.execute_script("return document.readyState === 'complete'")
    )


def test_coming_back_to_a_page_with_errors_asks_nothing_and_has_what_was_typed(arrive: Arrive) -> None:
    """The answer to a POST is no page to come back to: Chromium asks whether to send it again."""
    learner = arrive()
    learner.open("/tell-us")
    learner.type("contact", "zoe@example.org")
    learner.go("form[method=post] button[type=submit]")
    assert learner.browser.find_all("#errors")
    learner.browser.find("#contact").send_keys(".ca")
    learner.open("/courses")
    back(learner)
    assert way.here(learner) == "/tell-us"
    assert learner.browser.find("#contact").get_property("value") == "zoe@example.org.ca"
    learner.browser.driver.refresh()
    assert learner.browser.find_all("#contact")
    assert not learner.browser.find_all("#errors")


def test_a_page_from_the_browsers_memory_is_fetched_again(arrive: Arrive) -> None:
    """WebKit shows it over http, whatever the page says; here the event is sent by hand."""
    learner = arrive()
    learner.sit_down(certified(learner.context))
    learner.open("/account")
    learner.browser.run("window.__before = true")
    learner.browser.run('dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))')
    learner.wait_for_page()
    assert way.here(learner) == "/account"
