"""What waits for authors, from everywhere in the workspace: found when it is asked for, kept nowhere.

Holds the gathering; each room says what waits in it, and each line is within what the actor may reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lms.actions.action import Who, may, query, scope_for
from lms.actions.context import Context
from lms.actions.legislation import dates, dossiers
from lms.actions.publishing import preparing, translations
from lms.actions.publishing.reach import reaches
from lms.actions.publishing.writers import writers
from lms.core.authoring.dossiers import Settled
from lms.core.authoring.work import WorkFilter, WorkItem, WorkKind, ordered
from lms.core.courses.course import Course, Release
from lms.core.courses.helplines import to_check
from lms.core.errors import Invalid
from lms.core.people.actors import EVERYTHING, Actor, Extent
from lms.core.publishing.activations import in_force
from lms.storage.learning import reports
from lms.storage.publishing import approvals, releases

#: What only whoever writes can do something about.
_TO_WRITE = frozenset({WorkKind.ERRORS, WorkKind.TRANSLATION})


@dataclass(frozen=True, slots=True)
class MyWork:
    """What waits, as far as it was asked for, and the courses that one may work on."""

    items: tuple[WorkItem, ...]
    courses: tuple[Course, ...]


@query("my_work.overview", by=Who.STAFF, scoped=True)
def overview(context: Context, actor: Actor, wanted: WorkFilter | None = None) -> MyWork:
    """Gather what waits for whoever writes, approves or publishes; `wanted` leaves the rest out.

    Whoever does not write is shown what they can do something about: what is to be approved, signed off,
    sealed or moved.
    """
    asked = wanted or WorkFilter()
    names = tuple(name for name in context.library.courses() if reaches(actor, Who.STAFF, name))
    courses = [course for name in names if (course := context.library.course_draft(name)[0]) is not None]
    items = [*_reports(context, actor)]
    for name in names:
        if asked.course in {"", name}:
            items += _course(context, actor, name)
    if may(actor, Who.STAFF, EVERYTHING):
        items += _dossiers(context, actor)
    if may(actor, Who.AUTHOR, EVERYTHING):
        items += [*_laws(context, actor), *_dates(context, actor)]
    if may(actor, Who.ADMIN, EVERYTHING):
        items += _help_lines(context)
    return MyWork(ordered(items, asked), tuple(courses))


def _reports(context: Context, actor: Actor) -> Iterator[WorkItem]:
    with context.database.reading() as tx:
        waiting = reports.waiting(tx, scope_for(actor, Who.AUTHOR), None)
    by_course: dict[str, int] = {}
    for one in waiting:
        by_course[one.course] = by_course.get(one.course, 0) + 1
    for course, count in by_course.items():
        yield WorkItem(WorkKind.REPORTS, course=course, count=count)


# --- the draft of one course ------------------------------------------------------------------------------
def _course(context: Context, actor: Actor, course: str) -> Iterator[WorkItem]:
    writes = reaches(actor, Who.AUTHOR, course)
    try:
        draft = context.library.preview(course)
        yield from (one for one in _draft(context, actor, draft) if writes or one.kind not in _TO_WRITE)
    except Invalid:
        if writes:
            yield WorkItem(WorkKind.UNREADABLE, course=course)
    with context.database.reading() as tx:
        planned = in_force(releases.activations(tx, course))
    for one in planned:
        if one.active_from > context.now():
            yield WorkItem(
                WorkKind.ACTIVATION, course=course, about=one.version, date=context.day_of(one.active_from)
            )


def _differs(context: Context, draft: Release) -> bool:
    """Return whether a draft says anything that its newest seal does not."""
    sealed = context.library.latest(draft.course.id)
    if sealed is None:
        return True
    then, now = ([(one.id, one.digest) for one in release.modules] for release in (sealed, draft))
    return then != now or sealed.course != draft.course


def _draft(context: Context, actor: Actor, draft: Release) -> Iterator[WorkItem]:
    course = draft.course.id
    errors = preparing.grave(context.library.check(course, context.today()))
    if errors:
        yield WorkItem(WorkKind.ERRORS, course=course, count=len(errors))
    if not _differs(context, draft):
        return
    if waiting := translations.unchecked(context, course):
        yield WorkItem(WorkKind.TRANSLATION, course=course, count=waiting)
    languages = context.library.languages(course)
    digest = context.library.draft_digest(course)
    with context.database.reading() as tx:
        wrote = writers(context, tx, course, languages)
        done = {one.locale for one in approvals.of_draft(tx, course, digest)}
    lacking = [locale for locale in languages if locale not in done]
    for locale in lacking:
        reads = may(actor, Who.REVIEWER, Extent(course=course, locale=locale))
        is_mine = reads and actor.person not in wrote[locale]
        yield WorkItem(WorkKind.APPROVAL, course=course, locale=locale, mine=is_mine)
    if not lacking and not errors:
        yield WorkItem(WorkKind.SEAL, course=course, mine=may(actor, Who.ADMIN, EVERYTHING))


# --- laws, and what the whole site shares -----------------------------------------------------------------
def _laws(context: Context, actor: Actor) -> Iterator[WorkItem]:
    for one in dates.waiting_laws(context, actor):
        if not one.dossiers:
            yield WorkItem(WorkKind.LAW, about=one.law.id, title=one.law.title, count=len(one.statements))


def _dossiers(context: Context, actor: Actor) -> Iterator[WorkItem]:
    writes = may(actor, Who.AUTHOR, EVERYTHING)
    for one, law in dossiers.waiting(context, actor):
        left = [line for line in one.lines if line.settled is Settled.OPEN]
        if left and not writes:
            continue
        yield WorkItem(
            WorkKind.DOSSIER,
            about=one.id,
            title=law.title if law else None,
            count=len(left),
            mine=any(line.owner == actor.person for line in left),
        )


def _dates(context: Context, actor: Actor) -> Iterator[WorkItem]:
    for one in dates.dates(context, actor):
        if one.is_open:
            yield WorkItem(WorkKind.DATE, about=one.law.id, title=one.law.title, date=one.date)


def _help_lines(context: Context) -> Iterator[WorkItem]:
    for line in to_check(context.library.help_lines(), date.fromisoformat(context.today())):
        yield WorkItem(WorkKind.HELP_LINE, about=line.id, title=line.name)
