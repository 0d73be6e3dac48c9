"""What is added to the record of a release after it was sealed: checks by people, and runs in a browser.

Holds frozen shapes with their JSON, and reads what axe-core writes; none of it changes what was recorded at
sealing, and none of it is ever changed itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.core.errors import Invalid

#: What people check by hand, in the order in which it is listed.
SUBJECTS = (
    "screen-reader",
    "keyboard",
    "enlarged",
    "contrast",
    "voice",
    "switch",
    "captions",
    "plain-language",
    "whole-course",
    "other",
)
NOTHING_FOUND, ISSUES_FOUND = "no-issues", "issues"
RESULTS = (NOTHING_FOUND, ISSUES_FOUND)
LONGEST_TEXT = 2_000
MOST_PAGES = 2_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PATH = re.compile(r"(?:https?://[^/?#]+)?(/[^?#]*)")
_WORD = re.compile(r"[\w.:/-]{1,100}")


@dataclass(frozen=True, slots=True)
class ManualCheck:
    """What somebody looked at by hand: what, how, in which languages, on which day, and what came of it."""

    subject: str
    how: str
    languages: tuple[str, ...]
    day: str
    result: str

    def to_json(self) -> dict[str, object]:
        """Return what is written into the row."""
        return {
            "subject": self.subject,
            "how": self.how,
            "languages": list(self.languages),
            "day": self.day,
            "result": self.result,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> ManualCheck:
        """Read a row."""
        return cls(row["subject"], row["how"], tuple(row["languages"]), row["day"], row["result"])


@dataclass(frozen=True, slots=True)
class ManualLine:
    """A check by a person on record; `name` is empty where they have not agreed to be named, or are gone."""

    id: str
    check: ManualCheck
    by: str
    name: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class PageLooked:
    """One page as a browser showed it: its path, the rules that found something and what was undecided."""

    path: str
    passed: int
    found: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrowserRun:
    """Rules run in a browser over pages of a release: engine and browser by version, and each page."""

    engine: str
    version: str
    browser: str
    day: str
    pages: tuple[PageLooked, ...]

    @property
    def found(self) -> tuple[str, ...]:
        """List the rules that found something."""
        return tuple(sorted({rule for one in self.pages for rule in one.found}))

    @property
    def undecided(self) -> tuple[str, ...]:
        """List the rules that could not decide somewhere."""
        return tuple(sorted({rule for one in self.pages for rule in one.undecided}))

    def to_json(self) -> dict[str, object]:
        """Return what is written into the row."""
        return {
            "engine": self.engine,
            "version": self.version,
            "browser": self.browser,
            "day": self.day,
            "pages": [
                {
                    "path": one.path,
                    "passed": one.passed,
                    "found": list(one.found),
                    "undecided": list(one.undecided),
                }
                for one in self.pages
            ],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> BrowserRun:
        """Read a row."""
        pages = tuple(
            PageLooked(one["path"], one["passed"], tuple(one["found"]), tuple(one["undecided"]))
            for one in row["pages"]
        )
        return cls(row["engine"], row["version"], row["browser"], row["day"], pages)


# --- results of axe-core ---------------------------------------------------------------------------------
def _word(value: object) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise Invalid("conformance.not-axe")
    return value


def _rules(found: object) -> tuple[str, ...]:
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise Invalid("conformance.not-axe")
    return tuple(sorted({_word(one.get("id") if isinstance(one, Mapping) else None) for one in found}))


def _page(result: Mapping[str, Any]) -> PageLooked:
    path = _PATH.match(str(result.get("url", "")))
    if path is None:
        raise Invalid("conformance.not-axe")
    return PageLooked(
        path[1][:300],
        len(_rules(result.get("passes"))),
        _rules(result.get("violations")),
        _rules(result.get("incomplete")),
    )


def _text_of(result: Mapping[str, Any], part: str, name: str) -> str:
    inside = result.get(part)
    return str(inside.get(name, "")) if isinstance(inside, Mapping) else ""


def browser_of(agent: str) -> str:
    """Name a browser and its version by what it calls itself; '' for one that is not known.

    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/142.0.0.0 Safari/537.36")
    'Chrome 142.0.0.0'
    >>> browser_of("curl")
    ''
    """
    for name in ("Firefox", "Edg", "Chrome", "Version"):
        if hit := re.search(rf"{name}/([\d.]+)", agent):
            return f"{ {'Edg': 'Edge', 'Version': 'Safari'}.get(name, name) } {hit[1]}"
    return ""


def read_axe(results: object, course_code: str, today: str) -> BrowserRun:
    """Read what axe-core found: one result, or a list with one for each page, all from one engine.

    Of an address its path alone is kept. Pages of other courses do not belong to this record.

    Raises: Invalid `conformance.not-axe`, `conformance.other-page` with the first path that is not this
    course's, `conformance.day`.
    """
    listed = _listed(results)
    engines = {tuple(_text_of(one, "testEngine", part) for part in ("name", "version")) for one in listed}
    if len(engines) > 1:
        raise Invalid("conformance.not-axe")
    name, version = (_word(part) for part in engines.pop())
    pages = tuple(sorted(map(_page, listed), key=_order))
    _require_own(pages, course_code)
    day = max(str(one.get("timestamp", ""))[:10] for one in listed)
    if not is_past_day(day, today):
        raise Invalid("conformance.day")
    agents = {browser_of(_text_of(one, "testEnvironment", "userAgent")) for one in listed}
    return BrowserRun(name, version, ", ".join(sorted(agents - {""})), day, pages)


def _listed(results: object) -> list[Mapping[str, Any]]:
    found = [results] if isinstance(results, Mapping) else results
    if not isinstance(found, list) or not 0 < len(found) <= MOST_PAGES:
        raise Invalid("conformance.not-axe")
    if not all(isinstance(one, Mapping) for one in found):
        raise Invalid("conformance.not-axe")
    return found


def _order(one: PageLooked) -> tuple[object, ...]:
    return one.path, one.found, one.undecided, one.passed


def _require_own(pages: Iterable[PageLooked], course_code: str) -> None:
    for one in pages:
        parts = one.path.strip("/").split("/")
        if parts[1:3] != ["c", course_code]:
            raise Invalid("conformance.other-page", path=one.path)


def is_past_day(day: str, today: str) -> bool:
    """Return whether a text is a day that has come, as YYYY-MM-DD.

    >>> is_past_day("2026-11-22", "2026-11-22"), is_past_day("2026-11-23", "2026-11-22")
    (True, False)
    >>> is_past_day("2026-02-30", "2026-11-22"), is_past_day("soon", "2026-11-22")
    (False, False)
    """
    try:
        return bool(_DAY.fullmatch(day)) and date.fromisoformat(day) <= date.fromisoformat(today)
    except ValueError:
        return False
