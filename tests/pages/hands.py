"""Somebody at a browser: opens pages of a site, fills in forms, presses buttons.

Holds no check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from lms.actions.context import Context
from lms.actions.people.sessions import begin_session
from lms.core.people.actors import Actor
from tests.pages.browser import Browser
from tests.pages.server import Live

MINUTE = 60_000
PATIENCE = 60  # seconds for what takes one where nothing else has the machine
_SEND = """
const form = document.createElement('form');
form.method = 'post'; form.action = arguments[0]; form.hidden = true;
for (const [name, value] of arguments[1]) {
  const field = document.createElement('input');
  field.type = 'hidden'; field.name = name; field.value = value; form.append(field);
}
document.body.append(form); form.submit();
"""


@dataclass(frozen=True)
class Hands:
    """A person, the browser in front of them, the site they look at and the language they read."""

    browser: Browser
    live: Live
    locale: str

    @property
    def context(self) -> Context:
        """The desk behind the site."""
        return self.live.context

    def sit_down(self, who: Actor | None) -> None:
        """Be this person from now on: a browser without a past, signed in unless nobody is meant."""
        self.browser.forget()
        if who is None:
            return
        with self.context.database.writing() as tx:
            token = begin_session(tx, self.context, who.person)
        minute = str(self.context.now() // MINUTE)
        seal = self.context.keys.mac("session-minute", token, minute)[:22]
        self.browser.keep(self.live.address, "parvis", f"{token}.{minute}.{seal}")

    # --- going ---------------------------------------------------------------------------------------
    def open(self, path: str) -> None:
        """Go to an address of the site, after its language."""
        self.browser.open(f"{self.live.address}/{self.locale}{path}")

    @property
    def path(self) -> str:
        """Return the address of the page, without host, query and anchor."""
        address = str(self.browser.driver.current_url)
        return address.removeprefix(self.live.address).split("?")[0].split("#")[0]

    def arrive(self, press: WebElement) -> None:
        """Press something that leads to another page and wait until that page is there."""
        self.browser.run("window.__before = true; arguments[0].scrollIntoView({block: 'center'})", press)
        press.click()
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Wait until another page has taken the place of the one that was marked."""
        script = "return !window.__before && document.readyState === 'complete'"
        WebDriverWait(self.browser.driver, PATIENCE, 0.05).until(lambda _: self.browser.run(script))

    def appears(self, selector: str) -> WebElement:
        """Wait for what a script of the page puts there, and return it."""
        WebDriverWait(self.browser.driver, PATIENCE, 0.05).until(lambda _: self.browser.find_all(selector))
        return self.browser.find(selector)

    def follow(self, selector: str) -> None:
        """Follow a link or press a button that leads to another page."""
        self.arrive(self.browser.find(selector))

    def send(self, path: str, fields: Mapping[str, str] | None = None, *, token: str | None = None) -> None:
        """Send a form that no page of ours offers, with the token of the page that is open."""
        found = self.browser.find_all("input[name=csrf_token]")
        given = token if token is not None else (found[0].get_attribute("value") if found else "")
        named = [["csrf_token", given], *([name, value] for name, value in (fields or {}).items())]
        self.browser.run("window.__before = true")
        self.browser.run(_SEND, f"/{self.locale}{path}", named)
        self.wait_for_page()

    def look_at(self, thing: WebElement) -> None:
        """Scroll to something, as WebKit's driver should: findings/webkitwebdriver-scroll-padding."""
        self.browser.run("arguments[0].scrollIntoView({block: 'center'})", thing)

    # --- filling in -----------------------------------------------------------------------------------
    def fill(self, name: str, words: str) -> None:
        """Type into the field of this name, in the place of what stands there."""
        field = self.browser.find(f'main [name="{name}"]:not([type=hidden])')
        self.look_at(field)
        field.clear()
        field.send_keys(words)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list, or tick a box or a circle."""
        found = self.browser.find_all(f'main select[name="{name}"]')
        if found:
            self.look_at(found[0])
            Select(found[0]).select_by_value(value)
            return
        box = self.browser.find(f'main input[name="{name}"][value="{value}"]')
        if not box.is_selected():
            box.send_keys(Keys.SPACE)

    def press(self, selector: str = "main form:not(.act) button:not([name=switch_to])") -> None:
        """Press the main button of the page's form."""
        self.follow(selector)

    def sees(self, words: str) -> bool:
        """Return whether the page shows these words."""
        return words in self.browser.find("body").text
