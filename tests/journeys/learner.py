"""Somebody who takes a course in a browser: with a mouse, or with nothing but a keyboard.

Finds things by what they do, not by their words, so that the same person walks in every language. Holds the
stations of the way; what must be so at each is asserted by the journeys.
"""

from __future__ import annotations

import re

from selenium.webdriver.common.keys import Keys

from lms.core.courses.quiz import ChoiceQuestion, LikertQuestion, OrderQuestion, Question
from lms.jobs import run_due
from tests.builders_learning import SAMPLE, SAMPLE_CODE, right_reply
from tests.pages.hands import Hands

COURSE = f"/c/{SAMPLE_CODE}"
PASSWORD = "three quiet herons wade"  # of somebody who lives for one test


class Learner(Hands):
    """Somebody with a mouse."""

    # --- how they press, type and choose ------------------------------------------------------------
    def go(self, selector: str) -> None:
        """Follow a link or press a button that leads on."""
        self.follow(f"main {selector}")

    def type(self, name: str, words: str) -> None:
        """Type into a field."""
        self.fill(name, words)

    def tick(self, name: str, value: str) -> None:
        """Tick a box, choose a circle or an entry of a list."""
        self.choose(name, value)

    # --- the course ------------------------------------------------------------------------------------
    def find_course(self) -> None:
        """Go from the first page to the course."""
        self.open("/")
        self.go(f'a[href$="/{self.locale}/courses"]')
        self.go(f'a[href$="{COURSE}"]')

    def start(self) -> None:
        """Start the course."""
        self.go(f'form[action$="{COURSE}/start"] button')

    def read_on(self) -> None:
        """Say that a lesson is read."""
        self.go('form[action$="/read"] button')

    def begin_check(self) -> None:
        """Begin a check whose page is open."""
        self.go('form[action$="/check/start"] button')

    # --- questions -------------------------------------------------------------------------------------
    def questions(self) -> list[Question]:
        """Return the questions on the page, as the release has them."""
        release = self.context.library.release(SAMPLE, "1.0.0")
        bank = {one.id: one for module in release.modules for one in module.quiz.questions}
        return [
            bank[str(seen.get_attribute("value"))]
            for seen in self.browser.find_all('main input[name="seen"]')
        ]

    def answer(self, question: Question) -> None:
        """Answer one question right."""
        if isinstance(question, OrderQuestion):
            for place, step in enumerate(question.steps, start=1):
                self.tick(f"{question.id}:{step.id}", str(place))
            return
        chosen = isinstance(question, ChoiceQuestion | LikertQuestion)
        for part, values in right_reply(question).items():
            for value in values:
                listed = self.browser.find_all(f'main select[name="{question.id}:{part}"]')
                act = self.tick if chosen or listed else self.type
                act(f"{question.id}:{part}", self.in_own_words(question) or value)

    def in_own_words(self, question: Question) -> str:
        """Return a right answer in the language of the page, for what is typed."""
        accepted = getattr(question, "accept", {}).get(self.locale)
        return str(accepted[0]) if accepted else ""

    def answer_all(self) -> None:
        """Answer every question right."""
        for question in self.questions():
            self.answer(question)

    def pass_check(self) -> None:
        """Sit a module's check and pass."""
        self.begin_check()
        self.answer_all()
        self.go('button[value="check"]')

    def pass_final(self) -> None:
        """Sit the final check, look it over, send it."""
        self.begin_check()
        self.answer_all()
        self.go('button[value="review"]')
        self.go("#send button")

    # --- the account -----------------------------------------------------------------------------------
    def letter(self) -> str:
        """Let the worker send what is due and read the newest letter."""
        run_due(self.context)
        letters = self.context.post.letters  # type: ignore[attr-defined]  # the letterbox of tests
        return str(letters[-1].text)

    def sign_up(self, name: str = "Amina") -> None:
        """Make an account with an address, from the sign-up page that is open."""
        self.type("name", name)
        self.type("email", "amina@example.org")
        self.go("form[id] button:not([name])")
        code = re.search(r"\b\d{4} \d{4}\b", self.letter())
        assert code, self.letter()
        self.type("code", code[0])
        self.type("password", PASSWORD)
        self.go("#code-form button:not([name])")

    def sign_in(self, who: str = "amina@example.org") -> None:
        """Sign in, from the sign-in page that is open."""
        self.type("who", who)
        self.type("password", PASSWORD)
        self.go("form[id] button:not([name])")

    # --- the certificate -------------------------------------------------------------------------------
    def get_certificate(self, name: str) -> str:
        """Choose what is printed, look at it, have it issued; give the number."""
        self.type("name", name)
        self.go("#certificate button:not([name])")
        self.go("#certificate button:not([name])")
        number = self.browser.find("main .number").text
        return str(number)


class Typist(Learner):
    """Somebody with a keyboard and nothing else."""

    def go(self, selector: str) -> None:
        """Tab to it and press Enter."""
        self.browser.tab_to(f"main {selector}")
        self.browser.run("window.__before = true")
        self.browser.press(Keys.ENTER)
        self.wait_for_page()

    def type(self, name: str, words: str) -> None:
        """Tab to the field and type."""
        self.browser.tab_to(f'main [name="{name}"]:not([type=hidden])')
        self.browser.select_all()
        self.browser.press(words)

    def tick(self, name: str, value: str) -> None:
        """Tab to the group, then use Space and the arrows."""
        field = self.browser.tab_to(f'main [name="{name}"]:is(select, input[type=radio], [value="{value}"])')
        kind = field.get_attribute("type")
        if kind == "checkbox":
            self.browser.press(Keys.SPACE)
            return
        if kind == "radio":
            self.browser.press(Keys.SPACE)
        for _ in range(20):
            here = self.browser.focused()
            if here.get_property("value") == value:
                return
            self.browser.press(Keys.ARROW_DOWN)
        message = f"the arrows never reached {value} of {name}"
        raise AssertionError(message)
