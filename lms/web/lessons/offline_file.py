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
from lms.actions.publishing.offline_files import draw_module
from lms.core.courses.course import Module, Release
from lms.core.legislation.register import Register
from lms.core.operations.bounded import Bounded
from lms.core.people.actors import NOBODY
from lms.web.shell.current import context
from lms.web.shell.i18n import voice

MOST = 24  # files, about 60 kB each
_KILO = 1000

Key = tuple[str, str, str, str, str]


@dataclass(slots=True)
class Drawer:
    """Files that were made, with the register that they were made with."""

    files: Bounded[Key, tuple[Register, bytes]] = field(default_factory=lambda: Bounded(MOST))


def _drawer() -> Drawer:
    kept = current_app.extensions
    if "parvis-offline" not in kept:
        kept["parvis-offline"] = Drawer()
    return cast("Drawer", kept["parvis-offline"])


def file_of(release: Release, module: Module, locale: str) -> bytes:
    """Return a module as one file; made again when the day or the register is another one."""
    files, register, today = _drawer().files, reading.register(context(), NOBODY), context().today()
    key = (release.course.id, f"{release.version} {release.digest}", module.id, locale, today)
    held = files.get(key)
    if held is None or held[0] is not register:
        held = files[key] = (register, draw_module(context(), release, module, locale))
    return held[1]


def kilobytes(size: int) -> str:
    """Return a number of bytes in words."""
    return str(gettext("%(size)s kB", size=voice().number(max(1, round(size / _KILO)))))
