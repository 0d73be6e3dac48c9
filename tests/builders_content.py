"""Sites with one broken thing each, made from the sample site.

Holds plain builder functions. `tests/site/broken/<rule>/expected.json` says what is changed (`edits`, `add`,
`remove`, `copy`, `latin1`) and what the check must find.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.content.markup.lessons import read_lesson
from lms.core.courses.document import Document
from lms.core.courses.findings import Finding
from lms.core.courses.walk import Run, runs

SITE = Path(__file__).parent / "site"
BROKEN = SITE / "broken"
TODAY = date(2026, 11, 22)


def sample_site(folder: Path) -> Path:
    """Copy the sample site, which is whole."""
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns("broken"), dirs_exist_ok=True)
    return folder


def change(site: Path, file: str, find: str, put: str, times: int = 1) -> None:
    """Put other words into a file of a site; what is looked for must be there."""
    path = site / file
    text = path.read_text("utf-8")
    assert find in text, f"{find!r} is not in {file}"
    rest = find if times > 1 else ""
    path.write_text(text.replace(find, put * times + rest, 1), "utf-8")


def expected(rule: str) -> dict[str, Any]:
    """Read what a broken sample changes and what must be found."""
    spec: dict[str, Any] = json.loads((BROKEN / rule / "expected.json").read_text("utf-8"))
    return spec


def broken_site(rule: str, folder: Path) -> Path:
    """Make the broken sample of a rule."""
    site, spec = sample_site(folder), expected(rule)
    for edit in spec.get("edits", ()):
        change(site, **edit)
    for file, text in spec.get("add", {}).items():
        (site / file).write_text(text, "utf-8")
    for file, text in spec.get("latin1", {}).items():
        (site / file).write_bytes(text.encode("latin-1"))
    for source, target in spec.get("copy", {}).items():
        shutil.copyfile(site / source, site / target)
    for file in spec.get("remove", ()):
        (site / file).unlink()
    return site


def shown(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return findings as samples write them."""
    return [{"rule": found.rule, "file": found.place.file, "line": found.place.line} for found in findings]


@cache
def _ever() -> tuple[str, ...]:
    """Return what the whole sample site gives."""
    return tuple(str(found) for found in shown(check_site(Library(SITE), TODAY)))


def beyond(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return findings as samples write them, without those of the whole sample site."""
    return [found for found in shown(findings) if str(found) not in _ever()]


def found_in(site: Path) -> list[dict[str, Any]]:
    """Check a site; leave out what the whole sample site gives as well."""
    return beyond(check_site(Library(site), TODAY))


def lesson(text: str, lang: str = "en") -> Document:
    """Read a lesson from its Markdown; `~` stands for a no-break space."""
    return read_lesson(text.replace("~", "\u00a0").encode(), f"01-a.{lang}.md", lang).document


def stretches(text: str, lang: str = "en") -> list[Run]:
    """Read Markdown and give its stretches of words."""
    return list(runs(lesson(text, lang).blocks))


def rules(findings: Iterable[Finding]) -> list[str]:
    """Return the rules of findings."""
    return [finding.rule for finding in findings]
