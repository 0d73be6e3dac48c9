"""Browsers of other makes: Firefox and WebKitGTK, driven by the same hands as Chromium.

What Chromium does over DevTools (themes, no scripts) they do not: these walk whole ways.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.clients.marionette import Firefox
from tests.pages.browser import PATIENCE, Browser

MINIBROWSERS = ("webkit2gtk-4.1/MiniBrowser", "webkit2gtk-4.0/MiniBrowser", "webkitgtk-6.0/MiniBrowser")


def firefox() -> str | None:
    """Return Firefox, if the machine has one."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def mini_browser() -> str | None:
    """Return the bare browser that comes with WebKitGTK, if it can be driven and seen here."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        return None
    folders = (Path("/usr/lib"), *Path("/usr/lib").glob("*-linux-gnu"), Path("/usr/libexec"))
    return next(
        (str(at) for name in MINIBROWSERS for folder in folders if (at := folder / name).is_file()), None
    )


class OtherBrowser(Browser):
    """A browser that is asked by WebDriver alone."""

    def device(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        forced: bool = False,
        still: bool = True,
    ) -> None:
        """Have a window of this size; these browsers are never narrower than some 450 px."""
        assert (dark, forced, still) == (False, False, True), "themes and motion are looked at in Chromium"
        self.driver.set_window_size(width, height)

    def forget(self) -> None:
        """Drop the cookies: another person sits down."""
        if self.driver.current_url.startswith("http"):
            self.driver.delete_all_cookies()

    def keep(self, address: str, name: str, value: str) -> None:
        """Keep a cookie for a site; a page of the site has to be open for that."""
        self.open(f"{address}/healthz")
        self.driver.add_cookie(
            {"name": name, "value": value, "path": "/", "httpOnly": True, "sameSite": "Lax"}
        )

    def complaints(self) -> list[str]:
        """Give nothing: there is no log to ask."""
        return []


class FirefoxBrowser(OtherBrowser):
    """Firefox, without a window."""

    def _start(self, profile: Path) -> WebDriver:
        program = firefox()
        assert program
        return Firefox(program, profile)


class WebKitBrowser(OtherBrowser):
    """WebKitGTK, on a screen that nobody sees."""

    def _start(self, profile: Path) -> WebDriver:
        program = mini_browser()
        assert program
        self._screen, display = a_screen()
        options = Options()
        options.binary_location = program
        options.add_argument("--automation")
        private = {
            name: str(profile) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
        }
        env = os.environ | private | {"DISPLAY": f":{display}", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        self._service = Service(shutil.which("WebKitWebDriver"), log_output=subprocess.DEVNULL, env=env)
        try:
            self._service.start()
            address = ClientConfig(self._service.service_url)
            return WebDriver(RemoteConnection(client_config=address), options=options)
        except BaseException:
            self._end()
            raise

    def close(self) -> None:
        """Stop, and take the screen down."""
        super().close()
        self._end()

    def _end(self) -> None:
        self._service.stop()
        self._screen.terminate()
        self._screen.wait(PATIENCE)


def a_screen() -> tuple[subprocess.Popen[str], str]:
    """Start an X server on the first display that is free, which it names itself."""
    hear, tell = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
        text=True,
    )
    os.close(tell)
    with os.fdopen(hear) as said:
        return screen, said.readline().strip()


KINDS: dict[str, type[OtherBrowser]] = {"firefox": FirefoxBrowser, "webkit": WebKitBrowser}
PRESENT = {"firefox": firefox, "webkit": mini_browser}


@contextmanager
def other_browser(kind: str) -> Iterator[Browser]:
    """Lend a browser of another make, which leaves nothing behind."""
    with TemporaryDirectory(prefix="parvis-browser-", ignore_cleanup_errors=True) as folder:
        browser = KINDS[kind](Path(folder))
        try:
            yield browser
        finally:
            browser.close()
