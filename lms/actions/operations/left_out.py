"""What a backup does not hold: links, and what was published and is not among the files of the site.

A backup without the files of a published release brings a site back that cannot teach it. So what is missing
is said when the backup is made, not when it is needed. Holds look-ups alone.
"""

from __future__ import annotations

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.core.people.actors import Actor
from lms.settings import Settings
from lms.storage.migrations import steps
from lms.storage.operations.backups import archive
from lms.storage.publishing import releases


def links(settings: Settings) -> tuple[str, ...]:
    """List the links in the folders that are backed up: each leads to what is not in them."""
    folders = (settings.site, settings.blobs, settings.keys)
    return tuple(str(path) for folder in folders for path in archive.links_under(folder))


@query("left_out.missing", by=Who.SYSTEM)
def missing(context: Context, actor: Actor) -> tuple[str, ...]:
    """List what was published (course and version) and could not be brought back from the files of the site.

    A file behind a link is one that no backup holds, though it is served.
    """
    if steps.current(context.database) != steps.newest():  # an upgrade looks at no courses
        return ()
    with context.database.reading() as tx:
        published = releases.all_adopted(tx)
    site = context.settings.site
    here = {path.relative_to(site).as_posix() for path in archive.files_under(site)}
    return tuple(
        f"{course} {version}"
        for course, version, digest in published
        if not _is_whole(context, here, course, version, digest)
    )


def _is_whole(context: Context, here: set[str], course: str, version: str, digest: str) -> bool:
    sealed = context.library.sealed_files(course, version)
    is_ours = digest in sealed.values() and set(sealed) <= here
    return is_ours and context.library.is_intact(sealed)
