"""Setting an installation up, step by step; each step does nothing when it is done already.

Holds no command: `setup` prints these steps, `upgrade` and the tests call them too.
"""

from __future__ import annotations

import shutil
import time
from contextlib import suppress

from lms.actions.context import Context
from lms.actions.operations import setup
from lms.content.files import arriving
from lms.core.errors import NotFound, Unavailable
from lms.core.people.actors import SYSTEM
from lms.rendering.words.catalogues import compile_all
from lms.settings import Settings, bundled_site
from lms.storage.migrations import migrating


def make_folders(settings: Settings) -> None:
    """Make the data folder, for its owner alone.

    Raises: Unavailable `disk.unavailable`.
    """
    try:
        for folder in (settings.data, settings.blobs, settings.data / "cache", settings.data / "backups"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise Unavailable("disk.unavailable", path=str(settings.data)) from problem


def compile_catalogues() -> int:
    """Make the catalogues for machines; an installed package brings them and may be read-only."""
    with suppress(OSError):
        return compile_all(bundled_site() / "translations")
    return 0


def copy_site(settings: Settings) -> bool:
    """Copy the bundled content into the data folder, once; an own site (`LMS_SITE`) is left alone.

    The copy gets its name when it is whole, so that a start that was cut short is simply repeated.

    Raises: NotFound `site.not-found`.
    """
    if settings.site.is_dir():
        return False
    if settings.site != settings.data / "site":
        raise NotFound("site.not-found", path=str(settings.site))
    draft = settings.data / f"site.draft-{time.time_ns()}"
    arriving.copy_all(bundled_site(), draft)
    draft.mkdir(exist_ok=True)
    arriving.keep_bytes(draft)
    draft.rename(settings.site)
    for left in settings.data.glob("site.draft-*"):
        shutil.rmtree(left, ignore_errors=True)
    return True


def migrate(context: Context) -> bool:
    """Bring the tables up to date, and tie the keys to the database; return whether there was anything to do.

    Raises: Conflict `database.newer`, `keys.other-database`.
    """
    changed = migrating.upgrade(context.database)
    setup.tie_keys(context, SYSTEM)
    return changed
