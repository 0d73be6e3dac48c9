"""Whole modules as files, kept for a while: made when somebody asks, the same for everybody.

Holds how pictures become part of the file and how long a file is kept; the file is drawn by
`rendering.offline`. Called by `views.offline` and `views.catalogue`.
"""

from __future__ import annotations

from base64 import b64encode
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from flask_babel import format_decimal, gettext

from lms.actions import reading
from lms.core.course import Module, Release
from lms.core.errors import NotFound
from lms.core.legislation import Register
from lms.core.people import NOBODY
from lms.rendering.anchors import Picture
from lms.rendering.blocks_pictures import size_of
from lms.rendering.offline import Kit, module_file
from lms.web.desk import desk

MOST = 24
_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_KILO = 1000
_PICTURES = "image/"

Key = tuple[str, str, str, str]


@dataclass(slots=True)
class Drawer:
    """Files that were made; a size is kept for good, since a sealed module hardly changes with the day."""

    files: OrderedDict[tuple[Key, str], tuple[Register, bytes]] = field(default_factory=OrderedDict)
    sizes: dict[Key, int] = field(default_factory=dict)


def _drawer() -> Drawer:
    kept = current_app.extensions
    if "parvis-offline" not in kept:
        kept["parvis-offline"] = Drawer()
    return cast("Drawer", kept["parvis-offline"])


def _picture(digest: str) -> Picture:
    """Give a picture as a data address; a file that is gone, or is none, as an empty one."""
    try:
        medium = reading.medium(desk(), NOBODY, digest)
    except NotFound:
        return Picture(_BLANK)
    if not medium.type.startswith(_PICTURES):
        return Picture(_BLANK)
    raw = medium.path.read_bytes()
    return Picture(f"data:{medium.type};base64,{b64encode(raw).decode('ascii')}", *size_of(raw))


def _key(release: Release, module: Module, locale: str) -> Key:
    return (release.course.id, f"{release.version} {release.digest}", module.id, locale)


def file_of(release: Release, module: Module, locale: str) -> bytes:
    """Give a module as one file; made again when the day or the register is another one."""
    drawer, register, today = _drawer(), reading.register(desk(), NOBODY), desk().today()
    key = _key(release, module, locale)
    held = drawer.files.get((key, today))
    if held is None or held[0] is not register:
        kit = Kit(
            picture=lambda path: _picture(module.media.get(path, "missing")),
            laws=register.laws,
            today=today,
            site=desk().settings.public_url or "",
        )
        held = drawer.files[key, today] = (register, module_file(release, module, locale, kit).encode())
        drawer.sizes[key] = len(held[1])
        while len(drawer.files) > MOST:
            drawer.files.popitem(last=False)
    drawer.files.move_to_end((key, today))
    return held[1]


def size_words(release: Release, module: Module, locale: str) -> str:
    """Say how large the file is."""
    sizes, key = _drawer().sizes, _key(release, module, locale)
    size = sizes[key] if key in sizes else len(file_of(release, module, locale))
    return str(gettext("%(size)s kB", size=format_decimal(max(1, round(size / _KILO)))))
