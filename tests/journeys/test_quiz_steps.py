"""A quiz question by question: without JavaScript, on a phone, and steps put in order by keyboard alone."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.builders_learning import SAMPLE, SAMPLE_CODE
from tests.journeys.conftest import Arrive
from tests.journeys.learner import COURSE, Learner
from tests.pages.hands import PATIENCE
from tests.pages.people import at_check

pytestmark = [pytest.mark.browser]
CHECK = f"{COURSE}/m1/check"
_BUTTON = """
const row = [...document.querySelectorAll('.steps .row')].find(
  (one) => one.textContent.includes(arguments[0]));
return row.querySelector(arguments[1]);
"""


def _at_check(learner: Learner) -> None:
    learner.sit_down(at_check(learner.context))
    learner.open(CHECK)


def _until(learner: Learner, script: str) -> None:
    WebDriverWait(learner.browser.driver, PATIENCE, 0.05).until(
        lambda _: learner.browser.run(f"return {script}")
    )


@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_one_question_a_screen_from_the_start_to_the_result(arrive: Arrive, *, scripting: bool) -> None:
    learner = arrive()
    learner.browser.scripting(on=scripting)
    _at_check(learner)
    learner.tick("questions", "one")
    learner.begin_check()
    shown = []
    while True:
        (question,) = learner.questions()
        shown.append(question.id)
        learner.answer(question)
        if not learner.browser.find_all('main button[value="next"]'):
            break
        learner.go('button[value="next"]')
    assert len(shown) == len(set(shown)) == 6
    learner.go('button[value="previous"]')
    assert [one.id for one in learner.questions()] == shown[-2:-1]
    learner.browser.driver.back()
    assert [one.id for one in learner.questions()] == shown[-1:], "Back goes to the question before"
    learner.open(f"{CHECK}?question=99")
    learner.go('button[value="check"]')
    assert learner.browser.find_all("main .outcome.passed")
    assert learner.browser.driver.title.startswith("Passed: Welcome")
    learner.browser.scripting(on=True)


def test_on_a_phone_one_question_at_a_time_comes_by_itself(arrive: Arrive) -> None:
    learner = arrive()
    learner.browser.device(width=360, height=740)
    _at_check(learner)
    learner.begin_check()
    learner.appears("form.stepped")
    parts = learner.browser.find_all("#check > .question")
    questions = learner.questions()
    assert [part.is_displayed() for part in parts] == [True] + [False] * 5
    assert not learner.browser.find('button[value="check"]').is_displayed()
    for at, question in enumerate(questions):
        assert parts[at].is_displayed()
        learner.answer(question)
        forward = learner.browser.find("#check > .acts button")
        if at + 1 < len(questions):
            forward.click()
            heading = learner.browser.focused()
            assert heading.tag_name == "h2"
            assert heading.find_element("xpath", "..").get_attribute("id") == f"q{at + 2}"
            assert not learner.browser.find("main .lede").is_displayed(), "the first question's words"
    learner.browser.driver.back()
    _until(learner, "!document.querySelector('#q5').hidden")
    _until(learner, "document.querySelector('[name=save]').value > 0")
    learner.browser.device(width=1280)
    _until(learner, "[...document.querySelectorAll('#check > .question')].every((one) => !one.hidden)")
    learner.go('button[value="check"]')
    assert learner.browser.find_all("main .outcome.passed")


def test_what_is_missing_is_shown_first_on_a_phone(arrive: Arrive) -> None:
    learner = arrive()
    _at_check(learner)
    learner.begin_check()
    *answered, last = learner.questions()[:5]
    for question in answered:
        learner.answer(question)
    learner.go('button[value="check"]')
    learner.browser.device(width=360, height=740)
    _until(learner, "document.querySelectorAll('#check > .question:not([hidden])').length === 1")
    (shown,) = (part for part in learner.browser.find_all("#check > .question") if part.is_displayed())
    assert shown.find_element("css selector", "[name=seen]").get_attribute("value") == last.id


def test_steps_are_put_in_order_by_keyboard_without_leaving_the_page(arrive: Arrive) -> None:
    learner = arrive(world="thorough")
    _at_check(learner)
    learner.begin_check()
    learner.appears(".steps .nudge")
    release = learner.context.library.release(SAMPLE, "1.0.0")
    order = next(one for one in release.modules[0].quiz.questions if one.kind == "order")
    names = [step.text.text("en") for step in order.steps]  # type: ignore[union-attr]  # an order question
    learner.browser.run("window.__stayed = true")

    def press(step: str, kind: str) -> str:
        button = learner.browser.run(_BUTTON, step, f".{kind}")
        learner.browser.run("arguments[0].focus()", button)
        learner.browser.press(Keys.ENTER)
        return str(learner.browser.find(".steps ~ [role=status]").get_property("textContent"))

    def places() -> list[str]:
        return [str(one.get_property("value")) for one in learner.browser.find_all(".steps select")]

    last, first, middle = names[-1], names[0], names[1]
    assert press(last, "next") == f"“{last}” is now in position 1 of 3."
    assert places() == ["1", "", ""], "no other step has a place"
    assert press(first, "next") == f"“{first}” is now in position 2 of 3."
    assert press(first, "up") == f"“{first}” is now in position 1 of 3."
    assert first in str(learner.browser.focused().find_element("xpath", "../..").text), "the focus goes along"
    assert places() == ["1", "2", ""]
    assert press(middle, "next") == f"“{middle}” is now in position 3 of 3."
    press(middle, "up")
    shown = [one.text for one in learner.browser.find_all(".steps label")]
    assert shown == names
    assert learner.browser.run("return window.__stayed"), "without a page load"
    _until(learner, "document.querySelector('.saving p') !== null")
    learner.open(f"/c/{SAMPLE_CODE}/m1/check")
    learner.appears(".steps .nudge")
    assert [one.text for one in learner.browser.find_all(".steps label")] == names


def test_an_address_that_cannot_be_read_stops_no_script(arrive: Arrive) -> None:
    learner = arrive()
    learner.browser.device(width=360, height=740)
    _at_check(learner)
    learner.begin_check()
    learner.open("/courses")
    learner.open(f"{CHECK}#%")
    learner.appears("form.stepped")
    assert learner.browser.find("#check > .question").is_displayed()


REFUSING = "window.asked = 0; window.fetch = async () => (window.asked++, new Response('', { status: 503 }));"
AT_ONCE = "setInterval(() => dispatchEvent(new Event('online')), 20);"  # no waiting between two tries
FAILING = REFUSING + AT_ONCE


def test_a_site_that_fails_is_not_asked_for_ever(arrive: Arrive) -> None:
    learner = arrive()
    _at_check(learner)
    learner.begin_check()
    learner.browser.run(FAILING)
    learner.answer(learner.questions()[0])
    _until(learner, "window.asked >= 6")
    learner.browser.run("window.settled = false; setTimeout(() => { window.settled = true; }, 2500)")
    _until(learner, "window.settled")
    assert learner.browser.run("return window.asked") == 6, "it is left to the next change"
    told = learner.browser.find(".saving p.caution")
    assert (told.is_displayed(), "a problem on our side" in told.text) == (True, True)
    learner.browser.run("delete window.fetch")


def test_a_form_that_the_site_fails_is_sent_as_a_plain_one_in_the_end(arrive: Arrive) -> None:
    learner = arrive()
    _at_check(learner)
    learner.begin_check()
    learner.browser.run(REFUSING)
    learner.browser.find('main button[value="leave"]').click()
    _until(learner, "document.querySelector('form > .notice.caution')?.textContent.includes('our side')")
    learner.browser.run(AT_ONCE)
    _until(learner, "window.asked === undefined")
    assert learner.browser.find_all("main .notice.done"), "the answers are kept"
