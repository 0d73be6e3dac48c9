"""axe-core in the page, through axe-selenium-python, at the newest version.

The package's own engine is from 2018 on older Pythons, so the file of a newer package is handed over, and the
version is asserted: the newest, from npm (docs/decisions/0080), or, on a machine without npm, the one that
axe-playwright-python carries. Violations and unexplained "incomplete" results both count.

A theme changes colours and nothing else (`tests/house/test_colours.py` holds the style sheets to it), so that
a page that was asked everything in one theme is asked about its colours alone in the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
from axe_selenium_python import Axe

from tests.pages.browser import Browser
from tests.pages.judges import AXE

ENGINE = AXE if AXE.is_file() else Path(axe_playwright_python.__file__).parent / "axe.min.js"
OLDEST = (4, 14) if AXE.is_file() else (4, 12)
TAGS = (
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
)
#: Contrast is measured once, by the rule of level AAA that the house has adopted (7:1). By itself it passes
#: over what the rule of level AA would find; without its lower bounds it finds both, for half the time.
CONTRAST, WEAKER_CONTRAST = "color-contrast-enhanced", "color-contrast"
UNBOUNDED = {"contrastRatio": {"normal": {"minThreshold": None}, "large": {"minThreshold": None}}}
#: Rules off by default that matter.
ALSO = (
    CONTRAST,
    "target-size",
    "label-content-name-mismatch",
    "identical-links-same-purpose",
)
#: All rules whose answer hangs on a colour.
COLOURS = (CONTRAST, "link-in-text-block")


#: What axe cannot decide and we have: rule, what it is about, and why it is well.
EXPLAINED = (("video-caption", ".signed video", "it has no sound, and its transcript stands beside it"),)


@dataclass(frozen=True)
class Problem:
    """One thing that axe found, or could not decide."""

    rule: str
    sure: bool
    target: str
    why: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{'violation' if self.sure else 'undecided'} {self.rule} at {self.target}: {self.why}"


def _options(*, colours_alone: bool) -> str:
    asked: dict[str, Any]
    if colours_alone:
        asked = {"runOnly": {"type": "rule", "values": list(COLOURS)}}
    else:
        asked = {
            "runOnly": {"type": "tag", "values": list(TAGS)},
            "rules": {**{rule: {"enabled": True} for rule in ALSO}, WEAKER_CONTRAST: {"enabled": False}},
        }
    return json.dumps(
        {
            **asked,
            "checks": {CONTRAST: {"options": UNBOUNDED}},
            "resultTypes": ["violations", "incomplete"],
            # No rule of these reads the text of a style sheet: none is fetched a second time.
            "preload": {"assets": ["media"]},
        }
    )


def _problems(found: list[dict[str, Any]], *, sure: bool) -> list[Problem]:
    return [
        Problem(
            rule["id"],
            sure,
            json.dumps(node["target"]),
            " ".join(node.get("failureSummary", "").split())[:300],
        )
        for rule in found
        for node in rule["nodes"]
    ]


def problems(browser: Browser, *, colours_alone: bool = False) -> list[Problem]:
    """Run axe on the page from its top; an undecided result counts as a problem."""
    browser.run("scrollTo(0, 0)")  # scrolled by a little, the bar that stays would cover half of a link
    if not browser.run("return Boolean(window.axe)"):
        Axe(browser.driver, script_url=str(ENGINE)).inject()
        browser.bring(ENGINE.read_text("utf-8"))  # the next pages have it at once: a quarter of the time
    version = browser.run("return axe.version")
    assert tuple(int(part) for part in version.split(".")[:2]) >= OLDEST, version
    # The wrapper's own `run` passes no booleans and never ends on a refused promise; this one always answers.
    result = browser.driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, JSON.parse(arguments[0])).then(done, e => done({error: String(e)}));",
        _options(colours_alone=colours_alone),
    )
    assert "error" not in result, result
    return [
        *_problems(result["violations"], sure=True),
        *(one for one in _problems(result["incomplete"], sure=False) if not _is_explained(browser, one)),
    ]


def _is_explained(browser: Browser, problem: Problem) -> bool:
    target = json.loads(problem.target)[-1]
    about = "return document.querySelector(arguments[0])?.matches(arguments[1]) === true"
    return any(
        rule == problem.rule and isinstance(target, str) and browser.run(about, target, selector)
        for rule, selector, _ in EXPLAINED
    )
