"""Dates of the register and of statements: a task opens by itself, once, and somebody answers it.

Ninety days before a dated change, and when a statement is past the day on which it was to be reviewed. Also
which laws have met an event since a statement that rests on them was checked last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from lms.actions.action import Who, command, query, record
from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.actions.legislation.dossiers import DATE_TASK
from lms.actions.legislation.editing import known_law, require_no_faults
from lms.core.authoring.impact import STATEMENT, TouchedPlace, event_name, statements_past, touched
from lms.core.courses.course import Release
from lms.core.errors import Conflict, Unavailable
from lms.core.legislation.entries import MOST
from lms.core.legislation.register import PENDING, Event, Law, Register
from lms.core.legislation.timeliness import falsified_by, first_day
from lms.core.people.actors import Actor
from lms.storage.authoring import dossiers, law_checks
from lms.storage.operations import tasks
from lms.storage.publishing import releases

AHEAD = timedelta(days=90)
REVIEW_TASK = "statement-review"
WATCHED = "watch"  # in the place of an event's kind, for what the register watches for


@dataclass(frozen=True, slots=True)
class WaitingLaw:
    """A law that met a material event after a statement was checked; `dossiers` are those open about it."""

    law: Law
    events: tuple[Event, ...]
    statements: tuple[TouchedPlace, ...]
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A date to come: of which law, the name by which its task is about it, and whether that task is open."""

    law: Law
    date: str
    about: str
    is_open: bool


def _current(context: Context) -> Iterator[Release]:
    """Go through the current releases that can be read."""
    with context.database.reading() as tx:
        current = {course: line[-1].version for course, line in releases.lines(tx, context.now()).items()}
    for course, version in sorted(current.items()):
        with suppress(Unavailable):
            yield sealed(context, course, version)


def _dated(register: Register, today: str) -> Iterator[tuple[Law, str, str]]:
    """Give (law, date, what the task is about) of each date that lies ahead."""
    for law in register.laws.values():
        for event in law.events:
            if event.effect == PENDING and event.changes_the_law and event.date > today:
                yield law, event.date, event_name(law.id, event)
    for one in register.watch:
        watched = register.laws.get(one.law)
        if watched and one.date > today and all(event.date != one.date for event in watched.events):
            yield watched, one.date, f"{one.law}@{one.date}/{WATCHED}"


@command("legislation.open_date_tasks", by=Who.SYSTEM)
def open_date_tasks(context: Context, actor: Actor) -> int:
    """Open a task for each date within 90 days and each statement past its review; return how many are new.

    Each opens once: what somebody has answered does not come back. A date that moves is another one, and a
    statement that was reviewed closes its task.
    """
    today = context.today()
    until = (date.fromisoformat(today) + AHEAD).isoformat()
    near = [about for _, day, about in _dated(context.library.register(), today) if first_day(day) <= until]
    past = [one for release in _current(context) for one in statements_past(release, today)]
    overdue = {f"{one.course}/{one.place} {one.review_by}": one.course for one in past}
    with context.database.writing() as tx:
        fresh = [
            tasks.open_once(tx, context.new_id(), DATE_TASK, about, now=context.now())
            for about in dict.fromkeys(near)
        ]
        fresh += [
            tasks.open_once(tx, context.new_id(), REVIEW_TASK, about, now=context.now(), course=course)
            for about, course in overdue.items()
        ]
        tasks.close_others(tx, REVIEW_TASK, list(overdue), now=context.now())
    return sum(fresh)


@query("legislation.dates", by=Who.STAFF)
def dates(context: Context, actor: Actor, name: str = "") -> tuple[DatedEvent, ...]:
    """List the dates that lie ahead, of one law or of all, the soonest first, with whether a task is open."""
    with context.database.reading() as tx:
        waiting = set(tasks.about(tx, DATE_TASK))
    found = (one for one in _dated(context.library.register(), context.today()) if name in {"", one[0].id})
    listed = (DatedEvent(law, day, about, about in waiting) for law, day, about in found)
    return tuple(sorted(listed, key=lambda one: (first_day(one.date), one.about)))


@query("legislation.date_tasks", by=Who.STAFF)
def date_tasks(context: Context, actor: Actor, name: str) -> tuple[str, ...]:
    """List what the open tasks about the dates of a law are about, also of days that have passed."""
    with context.database.reading() as tx:
        return tuple(about for about in tasks.about(tx, DATE_TASK) if about.partition("@")[0] == name)


@command("legislation.answer_date", by=Who.AUTHOR)
def answer_date(context: Context, actor: Actor, name: str, about: str, reason: str) -> None:
    """Decide that a date asks for nothing, with a reason; its task is closed and stays so.

    Raises: NotFound `law.unknown`; Invalid `law.wrong`; Conflict `law.date-answered`.
    """
    known_law(context, name)
    if not reason.strip():
        require_no_faults([("reason", "dossier.reason-missing")])
    if len(reason) > MOST:
        require_no_faults([("reason", "law.words-too-long")])
    with context.database.writing() as tx:
        if about.partition("@")[0] != name or about not in tasks.about(tx, DATE_TASK):
            raise Conflict("law.date-answered")
        tasks.close(tx, DATE_TASK, about, now=context.now())
        law_checks.add(
            tx,
            context.new_id(),
            name,
            about=about,
            day=context.today(),
            reason=reason.strip(),
            by=actor.person,
            now=context.now(),
        )
        record(tx, context, actor, "legislation.answer_date", about)


@query("legislation.waiting_laws", by=Who.STAFF)
def waiting_laws(context: Context, actor: Actor) -> tuple[WaitingLaw, ...]:
    """List the laws with a material event since a published statement was checked, with those statements."""
    laws, today = context.library.register().laws, context.today()
    found: dict[str, tuple[list[Event], list[TouchedPlace]]] = {}
    for release in _current(context):
        for name in sorted(set(release.laws) & set(laws)):
            for one in _boxes(release, name):
                if events := falsified_by(laws[name], one.as_of, today):
                    happened, statements = found.setdefault(name, ([], []))
                    happened += [event for event in events if event not in happened]
                    statements.append(one)
    with context.database.reading() as tx:
        opened = [(one.law, one.id) for one in dossiers.listed(tx)]
    return tuple(
        WaitingLaw(
            laws[name],
            tuple(events),
            tuple(statements),
            tuple(id_ for law, id_ in opened if law == name),
        )
        for name, (events, statements) in sorted(found.items())
    )


def _boxes(release: Release, law: str) -> Iterable[TouchedPlace]:
    return (one for one in touched(release, law) if one.kind == STATEMENT)
