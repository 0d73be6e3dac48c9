"""Whole modules as files, kept for a while: made when somebody asks, the same for everybody.

Holds how long a file is kept and how its size is said; the file is drawn by
`actions.publishing.offline_files`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from flask_babel import gettext

from lms.actions.catalogue import reading
from lms.actions.catalogue.offline_files import draw_module
from lms.core.courses.course import Module, Release
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.core.legislation.register import Register
from lms.core.operations.bounded import Bounded
from lms.core.people.actors import NOBODY
from lms.web.shell.current import context
from lms.web.shell.i18n import voice

MOST = 24  # files, about 60 kB each
_KILO = 1000

Key = tuple[str, str, str, str, str, tuple[str, ...]]


@dataclass(slots=True)
class Drawer:
    """Files that were made, with the register that they were made with."""

    files: Bounded[Key, tuple[Register, bytes]] = field(default_factory=lambda: Bounded(MOST))


def _drawer() -> Drawer:
    kept = current_app.extensions
    if "parvis-offline" not in kept:
        kept["parvis-offline"] = Drawer()
    return cast("Drawer", kept["parvis-offline"])


def file_of(release: Release, module: Module, locale: str, held: Held = NOTHING_HELD) -> bytes:
    """Return a module as one file; made again when the day, the register or the holds are others."""
    files, register, today = _drawer().files, reading.register(context(), NOBODY), context().today()
    key = (release.course.id, f"{release.version} {release.digest}", module.id, locale, today, held.key)
    found = files.get(key)
    if found is None or found[0] is not register:
        found = files[key] = (register, draw_module(context(), release, module, locale, held))
    return found[1]


def kilobytes(size: int) -> str:
    """Return a number of bytes in words."""
    return str(gettext("%(size)s kB", size=voice().number(max(1, round(size / _KILO)))))
