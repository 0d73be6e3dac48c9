"""Firefox through Marionette, as a driver of Selenium: Debian brings Firefox, but no geckodriver.

Marionette speaks the commands of WebDriver over a socket, each message as `length:json`. What Selenium would
send to a geckodriver is sent there instead, so that the same hands drive every browser.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from selenium.webdriver.firefox.options import Options
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

PREFERENCES: dict[str, bool | int | str] = {
    "app.update.disabledForTesting": True,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#disabled",
    "toolkit.telemetry.server": "data:,",
}
PATIENCE = 60  # seconds until a busy machine has started Firefox

#: What Selenium calls a command, and what Marionette calls it.
NAMES = {
    Command.GET: "Navigate",
    Command.GET_CURRENT_URL: "GetCurrentURL",
    Command.GET_TITLE: "GetTitle",
    Command.GET_PAGE_SOURCE: "GetPageSource",
    Command.GO_BACK: "Back",
    Command.REFRESH: "Refresh",
    Command.FIND_ELEMENT: "FindElement",
    Command.FIND_ELEMENTS: "FindElements",
    Command.FIND_CHILD_ELEMENT: "FindElement",
    Command.FIND_CHILD_ELEMENTS: "FindElements",
    Command.CLICK_ELEMENT: "ElementClick",
    Command.CLEAR_ELEMENT: "ElementClear",
    Command.SEND_KEYS_TO_ELEMENT: "ElementSendKeys",
    Command.GET_ELEMENT_TEXT: "GetElementText",
    Command.GET_ELEMENT_TAG_NAME: "GetElementTagName",
    Command.GET_ELEMENT_PROPERTY: "GetElementProperty",
    Command.GET_ELEMENT_ATTRIBUTE: "GetElementAttribute",
    Command.GET_ELEMENT_ARIA_ROLE: "GetComputedRole",
    Command.GET_ELEMENT_ARIA_LABEL: "GetComputedLabel",
    Command.GET_ELEMENT_RECT: "GetElementRect",
    Command.IS_ELEMENT_SELECTED: "IsElementSelected",
    Command.IS_ELEMENT_ENABLED: "IsElementEnabled",
    Command.W3C_GET_ACTIVE_ELEMENT: "GetActiveElement",
    Command.W3C_EXECUTE_SCRIPT: "ExecuteScript",
    Command.W3C_EXECUTE_SCRIPT_ASYNC: "ExecuteAsyncScript",
    Command.W3C_ACTIONS: "PerformActions",
    Command.W3C_CLEAR_ACTIONS: "ReleaseActions",
    Command.GET_ALL_COOKIES: "GetCookies",
    Command.ADD_COOKIE: "AddCookie",
    Command.DELETE_ALL_COOKIES: "DeleteAllCookies",
    Command.SET_TIMEOUTS: "SetTimeouts",
    Command.SET_WINDOW_RECT: "SetWindowRect",
    Command.GET_WINDOW_RECT: "GetWindowRect",
    Command.SCREENSHOT: "TakeScreenshot",
    Command.QUIT: "DeleteSession",
}
CHILDREN = {Command.FIND_CHILD_ELEMENT, Command.FIND_CHILD_ELEMENTS}
LISTS = {Command.FIND_ELEMENTS, Command.FIND_CHILD_ELEMENTS, Command.GET_ALL_COOKIES}


class Marionette(RemoteConnection):
    """The socket of a Firefox, in the place of an address."""

    def __init__(self, port: int) -> None:
        """Take the greeting."""
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._left = b""
        self._number = 0
        self._read()

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Send a command and give what Selenium expects of a driver."""
        given = {key: value for key, value in params.items() if key != "sessionId"}
        if command == Command.NEW_SESSION:
            session = self._ask("WebDriver:NewSession", {"strictFileInteractability": True})
            return {"status": 0, "value": session, **session}
        if command in CHILDREN:
            given["element"] = given.pop("id")
        answer = self._ask(f"WebDriver:{NAMES[command]}", given)
        if "error" in answer:
            return {"status": 500, "value": json.dumps({"value": answer})}
        value = answer if "value" not in answer or command in LISTS else answer["value"]
        return {"status": 0, "value": value}

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _ask(self, name: str, given: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, given]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        return {"stacktrace": "", **error} if error else result

    def _read(self) -> Any:
        while b":" not in self._left:
            self._more()
        length, _, self._left = self._left.partition(b":")
        while len(self._left) < int(length):
            self._more()
        message, self._left = self._left[: int(length)], self._left[int(length) :]
        return json.loads(message)

    def _more(self) -> None:
        came = self._socket.recv(65536)
        if not came:
            message = "Firefox hung up"
            raise ConnectionError(message)
        self._left += came


class Firefox(WebDriver):
    """A Firefox with a profile of its own."""

    def __init__(
        self,
        program: str,
        profile: Path,
        *,
        inside: Sequence[str] = ("env", "MOZ_HEADLESS=1"),
        environ: Mapping[str, str] | None = None,
        preferences: Mapping[str, bool | int | str] | None = None,
    ) -> None:
        """Start it, inside of another command, and wait until it can be driven."""
        wanted = PREFERENCES | dict(preferences or {})
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in wanted.items())
        (profile / "user.js").write_text("".join(lines), "utf-8")
        self._log = (profile / "log").open("w")
        self.process = subprocess.Popen(
            [*inside, program, "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=environ,
            start_new_session=True,
        )
        try:
            connection = Marionette(self._port(profile / "MarionetteActivePort"))
            super().__init__(command_executor=connection, options=Options())
        except BaseException:
            self._end()
            raise

    def _port(self, file: Path) -> int:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            if file.exists() and (port := file.read_text("utf-8").strip()):
                return int(port)
            time.sleep(0.05)
        message = "Firefox did not start"
        raise TimeoutError(message)

    def quit(self) -> None:
        """End the program, and what it was started inside of."""
        try:
            super().quit()
        finally:
            self._end()

    def _end(self) -> None:
        for way in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, way)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        self._log.close()
