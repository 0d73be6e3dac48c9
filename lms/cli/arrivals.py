"""Courses and versions that came with a newer program and are not in this installation's site yet.

The site belongs to its authors: nothing in it is overwritten, and what arrives waits until somebody takes it.
Holds the comparing and the copying of sealed files; publishing is `actions.adopting`. Called by `upgrade`,
`doctor` and `adopt`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lms.core.errors import NotFound
from lms.settings import Settings, bundled_site

RELEASE = "courses/*/releases/*.yaml"


def waiting(settings: Settings) -> tuple[tuple[str, str], ...]:
    """List the bundled releases that the site does not hold: course and version."""
    bundled, site = bundled_site(), settings.site
    if site.resolve() == bundled.resolve():
        return ()
    locks = sorted(path.relative_to(bundled) for path in bundled.glob(RELEASE))
    return tuple((lock.parts[1], lock.stem) for lock in locks if not (site / lock).exists())


def _belongs(path: Path, version: str, *, whole: bool) -> bool:
    """Say whether a file of a course is to be taken: its sealed part, or all of a course that is new here."""
    return (
        whole
        or version in path.parts
        or path.parts[2] == "media"
        or path.name in {f"{version}.yaml", f"{version}.tree.json"}
    )


def take(settings: Settings, course: str, version: str) -> None:
    """Copy a bundled release into the site, the lock last; a file that is there already is left as it is.

    Raises: NotFound `release.unknown`.
    """
    if (course, version) not in waiting(settings):
        raise NotFound("release.unknown", course=course, version=version)
    bundled, site = bundled_site(), settings.site
    whole = not (site / "courses" / course).exists()
    files = [
        path.relative_to(bundled)
        for part in ("courses", "quizzes")
        for path in (bundled / part / course).rglob("*")
        if path.is_file()
    ]
    laws = (path.relative_to(bundled) for path in (bundled / "courses/legislation").glob("*.yaml"))
    chosen = [*laws, *(path for path in files if _belongs(path, version, whole=whole))]
    for path in sorted(chosen, key=lambda path: "releases" in path.parts):
        if not (site / path).exists():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(bundled / path, site / path)
