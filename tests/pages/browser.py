"""A real browser, and what tests do with it.

One Chromium plays every device: width, theme, forced colours, reduced motion and scripting are switched
over the DevTools protocol. Browsers of other makes are in tests/clients.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

PATIENCE = 90  # seconds for a page on a busy machine
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)


def _binary(*names: str) -> str:
    return next((found for name in names if (found := shutil.which(name))), names[0])


class Browser:
    """A browser under our hands: a Chromium, unless another kind says how it does things."""

    def __init__(self, profile: Path) -> None:
        """Start with an empty profile."""
        self.driver = self._start(profile)
        self.driver.set_page_load_timeout(PATIENCE)
        self.driver.set_script_timeout(PATIENCE)
        self._brought: list[dict[str, str]] = []
        self._is: dict[str, Any] = {}

    def _start(self, profile: Path) -> WebDriver:
        options = Options()
        options.binary_location = _binary("chromium", "chromium-browser", "google-chrome")
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        if _is_root():
            options.add_argument("--no-sandbox")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        return webdriver.Chrome(options=options, service=Service(_binary("chromedriver")))

    # --- the device ---------------------------------------------------------------------------------
    def command(self, name: str, /, **arguments: Any) -> Any:
        """Send a DevTools command."""
        assert isinstance(self.driver, webdriver.Chrome), "only Chromium speaks DevTools"
        return self.driver.execute_cdp_cmd(name, arguments)

    def device(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        forced: bool = False,
        still: bool = True,
    ) -> None:
        """Be a device of this size, theme and motion."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._be("Emulation.setDeviceMetricsOverride", **screen)
        wishes = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "forced-colors", "value": "active" if forced else "none"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"},
        ]
        self._be("Emulation.setEmulatedMedia", features=wishes)

    def _be(self, name: str, /, **arguments: Any) -> None:
        """Send a DevTools command unless it asks for what the browser is already."""
        if self._is.get(name) != arguments:
            self.command(name, **arguments)
            self._is[name] = arguments

    def scripting(self, *, on: bool) -> None:
        """Switch JavaScript on or off for the pages that follow."""
        self.command("Emulation.setScriptExecutionDisabled", value=not on)

    def forget(self) -> None:
        """Drop cookies and stored things: another person sits down. Files stay: they are everybody's."""
        self.command("Network.clearBrowserCookies")
        self.command("Storage.clearDataForOrigin", origin="*", storageTypes="local_storage")

    def bring(self, script: str) -> None:
        """Have a script of the tests in each page that follows, before the page's own."""
        brought = self.command("Page.addScriptToEvaluateOnNewDocument", source=script)
        self._brought.append(brought)

    def bring_nothing(self) -> None:
        """Show pages as they are again, with no script of the tests: for whoever measures them."""
        while self._brought:
            self.command("Page.removeScriptToEvaluateOnNewDocument", **self._brought.pop())

    def keep(self, address: str, name: str, value: str) -> None:
        """Keep a cookie for a site, as if the site had set it."""
        self.command(
            "Network.setCookie", url=address, name=name, value=value, path="/", httpOnly=True, sameSite="Lax"
        )

    # --- looking ------------------------------------------------------------------------------------
    def open(self, address: str) -> None:
        """Go to an address."""
        self.driver.get(address)

    def find(self, selector: str) -> WebElement:
        """Return the first element of a selector."""
        return self.driver.find_element("css selector", selector)

    def find_all(self, selector: str) -> Sequence[WebElement]:
        """Return all elements of a selector."""
        return self.driver.find_elements("css selector", selector)

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        import base64  # noqa: PLC0415  # only when somebody wants to look

        shot = self.command("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def complaints(self) -> list[str]:
        """Give what the browser's console complained of since last asked (blocked styles, missing files)."""
        assert isinstance(self.driver, webdriver.Chrome), "only Chromium keeps a log"
        told = self.driver.get_log("browser")  # type: ignore[no-untyped-call]  # Selenium's
        grave = [entry["message"] for entry in told if entry["level"] in {"SEVERE", "WARNING"}]
        return [words for words in grave if not is_refused_page(words)]

    # --- hands on the keyboard ----------------------------------------------------------------------
    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def select_all(self) -> None:
        """Press Ctrl and A."""
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()

    def focused(self) -> WebElement:
        """Return the element that has the focus."""
        return self.driver.switch_to.active_element

    def tab_to(self, selector: str, *, limit: int = 400) -> WebElement:
        """Press Tab until an element of the selector has the focus."""
        for _ in range(limit):
            here = self.focused()
            if self.run("return arguments[0].matches(arguments[1])", here, selector):
                return here
            self.press(Keys.TAB)
        message = f"Tab never reached {selector} on {self.driver.current_url}"
        raise AssertionError(message)

    def close(self) -> None:
        """Stop."""
        self.driver.quit()


def is_refused_page(words: str) -> bool:
    """Say whether this is a page that was refused, which the page says itself; a missing file is a fault."""
    return " status of " in words and not any(folder in words for folder in ("/assets/", "/media/"))


def _is_root() -> bool:
    import os  # noqa: PLC0415  # asked once

    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Lend a browser that leaves nothing behind."""
    with TemporaryDirectory(prefix="parvis-browser-", ignore_cleanup_errors=True) as folder:
        browser = Browser(Path(folder))
        try:
            yield browser
        finally:
            browser.close()
