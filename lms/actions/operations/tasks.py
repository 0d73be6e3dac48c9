"""Overseeing: what waits for somebody, and what of the site cannot be read.

Holds look-ups over the tasks that other actions opened, and the tasks about the site's own files: opened when
something is met that cannot be read, closed when it can be read again.
"""

from __future__ import annotations

import logging
from pathlib import PurePosixPath

from lms.actions.action import Who, command, query, scope_for
from lms.actions.catalogue.lookups import is_whole, problem_of
from lms.actions.context import Context
from lms.core.operations.paging import Bookmark, Portion, bookmark_of, portion_of
from lms.core.operations.tasks import Task
from lms.core.people.actors import Actor
from lms.core.publishing.site import MEDIUM_DAMAGED, NOT_HERE, SHARED_DAMAGED, UNREADABLE, Trouble
from lms.storage.operations import tasks
from lms.storage.publishing import releases

log = logging.getLogger("lms.site")
_KINDS = (UNREADABLE, NOT_HERE, SHARED_DAMAGED, MEDIUM_DAMAGED)


@query("overseeing.waiting_tasks", by=Who.ADMIN, scoped=True)
def waiting_tasks(context: Context, actor: Actor, mark: str = "") -> Portion[Task]:
    """Return a page of what waits for somebody within the admin’s reach, oldest first.

    Raises: NotFound `list.place-unknown`.
    """
    after = bookmark_of(mark)
    with context.database.reading() as tx:
        found = tasks.open_tasks(tx, scope_for(actor, Who.ADMIN), after)
    return portion_of(found, lambda one: Bookmark(one.opened_at, one.id))


def has_news(context: Context) -> bool:
    """Return whether something was met that cannot be read, and that nobody was told of yet."""
    return bool((context.kept.troubles | set(context.library.troubles())) - context.kept.told)


@command("overseeing.tell_troubles", by=Who.SYSTEM)
def tell_troubles(context: Context, actor: Actor) -> int:
    """Log what was met that cannot be read, once, and open a task for each; return how many were new."""
    news = sorted((context.kept.troubles | set(context.library.troubles())) - context.kept.told)
    with context.database.writing() as tx:
        for one in news:
            tasks.open_task(tx, context.new_id(), one.kind, one.about, now=context.now())
    for one in news:
        log.error("%s: %s", one.kind, one.about)
    context.kept.told.update(news)
    context.kept.troubles.clear()
    return len(news)


@command("overseeing.look_over_site", by=Who.SYSTEM)
def look_over_site(context: Context, actor: Actor) -> tuple[Trouble, ...]:
    """Read again all that is published and shared; open a task for what cannot be read, close the others."""
    with context.database.reading() as tx:
        published = releases.in_use(tx)
        media = tasks.about(tx, MEDIUM_DAMAGED)
    for course, version, digest in published:
        _look_at(context, course, version, digest)
    for file in media:
        _look_at_medium(context, file)
    shared = context.library
    for read in (shared.register, shared.glossary, shared.help_lines, shared.search_words):
        read()
    found = context.kept.troubles | set(context.library.troubles())
    context.kept.told.intersection_update(found)
    tell_troubles(context, actor)
    with context.database.writing() as tx:
        for kind in _KINDS:
            still = [one.about for one in found if one.kind == kind]
            tasks.close_others(tx, kind, still, now=context.now())
    return tuple(sorted(found))


def _look_at(context: Context, course: str, version: str, digest: str) -> None:
    """Hash a seal again; what is whole must also be the very seal that was adopted."""
    context.kept.whole.drop((course, version))
    digests = {head.version: head.digest for head in context.library.heads(course)}
    if is_whole(context, course, version) and digests.get(version) != digest:
        context.kept.whole.drop((course, version))
        problem_of(context, course, version)


def _look_at_medium(context: Context, file: str) -> None:
    """Hash a file again that was found damaged; its name is its digest."""
    if not context.library.is_intact({file: PurePosixPath(file).stem}):
        context.kept.troubles.add(Trouble(MEDIUM_DAMAGED, file))
