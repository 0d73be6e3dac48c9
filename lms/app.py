"""The application for a server: settings from the environment, a desk, the pages.

Holds nothing but the putting together. Called by the server process (`lms.app:make_application` is its
factory) and by `cli`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

from flask import Flask

from lms.actions.desk import Desk
from lms.content.library import Library
from lms.mail.post import open_post
from lms.settings import Settings, from_environment
from lms.storage.blobs import Blobs
from lms.storage.database import open_database
from lms.trust.keys import open_keys
from lms.web.wiring import build


def make_desk(settings: Settings) -> Desk:
    """Open every neighbour that a deployment has decided on."""
    return Desk(
        settings=settings,
        now=lambda: time.time_ns() // 1_000_000,
        random=os.urandom,
        database=open_database(settings.database_url),
        library=Library(settings.site, cache=settings.data / "cache"),
        blobs=Blobs(settings.blobs),
        keys=open_keys(settings.keys),
        post=open_post(settings),
    )


def make_application(environ: Mapping[str, str] | None = None) -> Flask:
    """Build the site from the environment.

    Raises: SettingError with every problem at once.
    """
    return build(make_desk(from_environment(os.environ if environ is None else environ)))
