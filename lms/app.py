"""The application for a server: settings from the environment, a context, the pages.

Holds nothing but the putting together. `lms.app:make_application` is a factory for any WSGI server.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

from flask import Flask

from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.core.certificates.logo import LARGEST, Logo, read_logo
from lms.core.errors import Conflict, Invalid
from lms.mail.mailer import open_mailer
from lms.rendering.words.marks import N_
from lms.rendering.words.messages import WORDS
from lms.settings import Problem, SettingError, Settings, from_environment
from lms.storage.database import open_database
from lms.storage.operations.backups.swap import is_half_done
from lms.storage.operations.blobs import BlobFolder
from lms.trust.keys import open_keys
from lms.web.wiring import build


def make_context(settings: Settings, *, as_it_is: bool = False) -> Context:
    """Open every neighbour that a deployment has decided on.

    `as_it_is` is for a restore, and for what needs no data.

    Raises: Conflict `database.not-ready` where nothing is set up, `restore.unfinished` where a restore was
    cut short and things lie in two places; Unavailable `keys.*`; SettingError where the issuer's logo cannot
    be printed.
    """
    if not (as_it_is or settings.data.is_dir()):
        raise Conflict("database.not-ready")
    if not as_it_is and is_half_done(settings.data):
        raise Conflict("restore.unfinished")
    return Context(
        settings=settings,
        now=lambda: time.time_ns() // 1_000_000,
        random=os.urandom,
        database=open_database(settings.database_url),
        library=SiteFolder(settings.site, cache=settings.data / "cache"),
        blobs=BlobFolder(settings.blobs),
        keys=open_keys(settings.keys),
        post=open_mailer(settings),
        logo=None if as_it_is else open_logo(settings),
    )


def open_logo(settings: Settings) -> Logo | None:
    """Read the issuer's logo, if there is to be one.

    Raises: SettingError where it cannot be printed.
    """
    path = settings.issuer_logo
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return read_logo(file.read(LARGEST + 1))
    except OSError as problem:
        mend = N_("Give the path of a PNG or SVG file that the user who runs the site can read.")
        unread = Problem("ISSUER_LOGO", N_("%(path)s cannot be read."), mend, {"path": path})
        raise SettingError((unread,)) from problem
    except Invalid as refused:
        values = {**refused.params, "path": path}
        unfit = Problem("ISSUER_LOGO", N_("%(path)s cannot be printed."), WORDS[refused.code], values)
        raise SettingError((unfit,)) from refused


def make_application(environ: Mapping[str, str] | None = None) -> Flask:
    """Build the site from the environment.

    Raises: SettingError with every problem at once.
    """
    return build(make_context(from_environment(os.environ if environ is None else environ)))
