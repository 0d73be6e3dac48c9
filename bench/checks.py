"""The check of a whole site: from nothing, and with what was read before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.measuring import Act, Case
from lms.content.checks.checking import check_site
from lms.content.library import Library
from lms.core.courses.findings import Severity


def _check(site: Path, cache: Path) -> Callable[[], int]:
    def act() -> int:
        found = check_site(Library(site, cache=cache), datetime.now(UTC).date())
        return sum(finding.severity is Severity.ERROR for finding in found)

    return act


def _facts(site: Path, cache: Path) -> dict[str, object]:
    lessons = list(site.glob("courses/*/*/draft/*.md"))
    words = sum(len(path.read_text("utf-8").split()) for path in lessons)
    return {"lesson files": len(lessons), "words": words, "errors": _check(site, cache)()}


def cold(name: str, site: Path, cache: Path) -> Case:
    """Check a site that was never read."""

    def prepare() -> Act:
        shutil.rmtree(cache, ignore_errors=True)
        return _check(site, cache)

    return Case(f"whole-site check, cold: {name}", prepare, 1, facts=lambda: _facts(site, cache))


def warm(name: str, site: Path, cache: Path, most: float | None = None) -> Case:
    """Check a site again, nothing having changed."""
    _check(site, cache)()

    def prepare() -> Act:
        if not cache.is_dir():
            _check(site, cache)()
        return _check(site, cache)

    return Case(f"whole-site check, warm: {name}", prepare, 1, most=most)
