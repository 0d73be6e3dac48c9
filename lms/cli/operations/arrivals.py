"""Courses and versions that came with a newer program and are not in this installation's site yet.

The site belongs to its authors: nothing in it is overwritten, and what arrives waits until somebody takes it.
Holds from where to where; the comparing and the copying is `content.files.arriving`, publishing
`actions.publishing.adopting`.
"""

from __future__ import annotations

from pathlib import Path

from lms.content.files import arriving
from lms.settings import Settings, bundled_site


def waiting(settings: Settings, came_with: Path | None = None) -> tuple[tuple[str, str], ...]:
    """List the releases that came with the program and that the site does not hold: course and version."""
    return arriving.waiting(came_with or bundled_site(), settings.site)


def take(settings: Settings, course: str, version: str, came_with: Path | None = None) -> None:
    """Copy a bundled release into the site.

    Raises: NotFound `release.unknown`.
    """
    arriving.take(came_with or bundled_site(), settings.site, course, version)
