"""A module drawn as one file to take along, and how large each is: measured once, when a release is adopted.

Holds how pictures become part of the file; who may have it is said by `actions.learning.offline`, the drawing
is `rendering.offline.offline`.
"""

from __future__ import annotations

from base64 import b64encode

from lms.actions.catalogue.lookups import find_medium
from lms.actions.context import Context
from lms.core.courses.course import Module, Release
from lms.core.errors import NotFound, Unavailable
from lms.core.legislation.held import NOTHING_HELD, Held
from lms.rendering.lessons.anchors import Picture
from lms.rendering.lessons.blocks_pictures import manner_of, size_of
from lms.rendering.offline.offline import Kit, module_file

_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_PICTURES = "image/"


def _picture(context: Context, digest: str) -> Picture:
    """Return a picture as a data address; a file that is gone or damaged, or is none, as an empty one."""
    try:
        medium = find_medium(context, digest)
        raw = medium.read() if medium.type.startswith(_PICTURES) else b""
    except (NotFound, Unavailable):
        return Picture(_BLANK)
    if not raw:
        return Picture(_BLANK)
    address = f"data:{medium.type};base64,{b64encode(raw).decode('ascii')}"
    return Picture(address, *size_of(raw), manner_of(raw))


def draw_module(
    context: Context, release: Release, module: Module, locale: str, held: Held = NOTHING_HELD
) -> bytes:
    """Draw a module as one file, with the law as it stands today, and what of it is on hold."""
    kit = Kit(
        picture=lambda path: _picture(context, module.media.get(path, "missing")),
        laws=context.library.register().laws,
        today=context.today(),
        site=context.settings.public_url or "",
        held=held,
    )
    return module_file(release, module, locale, kit).encode()


def sizes_of(context: Context, release: Release) -> dict[str, dict[str, int]]:
    """Measure the file of each module in each language of the course, in bytes: by module code, language."""
    locales = (*release.course.required_locales, *release.course.offered_locales)
    return {
        module.code: {locale: len(draw_module(context, release, module, locale)) for locale in locales}
        for module in release.modules
    }
