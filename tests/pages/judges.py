"""Judges of another make: IBM's engine in the page, and the Nu checker on the HTML as it was sent.

They and the newest axe come from npm, by a lock with hashes (tests/pages/npm), into `.venv/judges`;
script/prepare installs them. What a judge says is a fault unless it is explained here, with its reason.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pages.browser import Browser

HOME = Path(__file__).resolve().parents[2] / ".venv" / "judges" / "node_modules"
IBM = HOME / "accessibility-checker-engine" / "ace-window.js"
NU = HOME / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = HOME / "axe-core" / "axe.min.js"
PATIENCE = 60  # seconds until a busy machine has started Java, or ended it

#: What IBM's engine calls a violation and is none: rule, what it is about, and why it is well.
EXPLAINED = (
    (
        "aria_form_label_unique",
        "form:not([aria-label]):not([aria-labelledby])",
        "a form without a name is no landmark, so it needs no name of its own",
    ),
    (
        "input_label_exists",
        "select[id]",
        "it has a label, which Chromium finds; the engine does not look for one around words in between",
    ),
    (
        "table_headers_exists",
        "table:has(thead th, th[scope])",
        "the heads are there; on a phone they are out of sight, and the engine takes them for missing",
    ),
)
#: What Nu calls an error and is kept: without it Firefox puts the ticks of a checklist back when a page is
#: loaded again, which a page that says "not saved" must not do on a shared computer.
KNOWN_TO_NU = ("Attribute “autocomplete” is only allowed when the input type is",)
_ASK = """
const done = arguments[arguments.length - 1];
new window.ace_ibma.Checker().check(document, ['WCAG_2_2']).then(
  report => done(report.results.filter(one => one.value[0] === 'VIOLATION' && one.value[1] !== 'PASS')
    .map(one => ({rule: one.ruleId, sure: one.value[1] === 'FAIL', words: one.message,
      snippet: one.snippet, path: one.path.dom}))),
  error => done({error: String(error)}));
"""
_IS = """
const found = document.evaluate(arguments[0], document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null);
return Boolean(found.singleNodeValue?.matches?.(arguments[1]));
"""


@dataclass(frozen=True)
class Verdict:
    """One thing that a judge found."""

    rule: str
    words: str
    where: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.rule}: {self.words} {self.where[:200]}"


def ibm(browser: Browser) -> list[Verdict]:
    """Ask IBM's engine about the page that is open: WCAG 2.2, levels A and AA."""
    if not browser.run("return Boolean(window.ace_ibma)"):
        browser.run(IBM.read_text("utf-8"))
    found = browser.driver.execute_async_script(_ASK)
    assert isinstance(found, list), found
    return [
        Verdict(one["rule"], one["words"], one["snippet"])
        for one in found
        if one["sure"] and not _is_explained(browser, one)
    ]


def _is_explained(browser: Browser, one: dict[str, Any]) -> bool:
    return any(
        rule == one["rule"] and browser.run(_IS, one["path"], selector) for rule, selector, _ in EXPLAINED
    )


@dataclass(frozen=True)
class Nu:
    """The Nu checker, started once: it takes a second to start and milliseconds to judge."""

    address: str

    def judge(self, html: str) -> list[Verdict]:
        """List the errors and warnings about a page as it was sent."""
        asked = urllib.request.Request(  # noqa: S310  # our own process on loopback
            f"{self.address}/?out=json&level=error",
            data=html.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310  # the same
            told = json.load(answer)["messages"]
        return [
            Verdict(one["type"], one["message"], one.get("extract", ""))
            for one in told
            if not any(words in one["message"] for words in KNOWN_TO_NU)
        ]


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def the_nu_checker() -> Iterator[Nu]:
    """Lend the Nu checker."""
    port = _free_port()
    options = ("-Xss4m", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(NU))
    process = subprocess.Popen(
        ["java", *options, "nu.validator.servlet.Main", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Nu(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    message = "the Nu checker did not start"
    raise TimeoutError(message)
