"""The register of laws, edited: events, new entries, what was read, and that somebody looked today.

Files are written through the site alone, each entry only if it still is what it was when it was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.core.authoring.impact import event_name, find_event
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.legislation.entries import (
    EnteredEvent,
    EnteredLaw,
    Fault,
    event_faults,
    event_of,
    in_force_now,
    law_faults,
    law_id,
    law_of,
    read_again,
    read_faults,
    with_event,
)
from lms.core.legislation.register import PENDING, Event, Law, Register
from lms.core.people.actors import Actor
from lms.storage.authoring import law_checks

#: The languages in which the register speaks.
LOCALES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A law in the editor's list: when it was checked, what happened since, what is dated ahead."""

    law: Law
    checked: str
    since: tuple[Event, ...]
    ahead: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class RegisterList:
    """The register as filtered, with what can be chosen in each filter."""

    lines: tuple[RegisterLine, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    statuses: tuple[str, ...]
    every: int


@dataclass(frozen=True, slots=True)
class EditedLaw:
    """One law as it is edited: the entry, the digest at which it was read, when it was checked, decisions.

    A decision is (event as law@date/event, day, reason).
    """

    line: RegisterLine
    register: Register
    digest: str
    decided: tuple[tuple[str, str, str], ...]


def line_of(law: Law, register: Register, checked: str, today: str) -> RegisterLine:
    """Return a law with what happened since it was checked last, and what lies ahead."""
    day = max(checked, register.as_of)
    since = tuple(one for one in law.events if day < one.date <= today)
    ahead = tuple(one for one in law.events if one.effect == PENDING and one.date > today)
    return RegisterLine(law, day, since, ahead)


def _found(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


@query("legislation.laws", by=Who.STAFF)
def laws(
    context: Context,
    actor: Actor,
    *,
    jurisdiction: str = "",
    topic: str = "",
    status: str = "",
    doubt: bool = False,
) -> RegisterList:
    """List the register: filtered by place, topic and status, or only what was not read officially."""
    register, today = context.library.register(), context.today()
    with context.database.reading() as tx:
        days = law_checks.last_days(tx)
    every = tuple(register.laws.values())
    kept = (
        law
        for law in every
        if jurisdiction in {"", law.jurisdiction}
        and status in {"", law.status}
        and (not topic or topic in law.topics)
        and (not doubt or is_doubtful(law))
    )
    return RegisterList(
        lines=tuple(line_of(law, register, days.get(law.id, ""), today) for law in kept),
        places=_found(law.jurisdiction for law in every),
        topics=_found(topic for law in every for topic in law.topics),
        statuses=_found(law.status for law in every),
        every=len(every),
    )


def is_doubtful(law: Law) -> bool:
    """Return whether something of an entry was not read in an official text."""
    return law.is_recalled or bool(law.unverified) or law.source_quality in {"none", "secondary"}


def known_law(context: Context, law_id: str) -> Law:
    """Return a law of the register.

    Raises: NotFound `law.unknown`.
    """
    found = context.library.register().laws.get(law_id)
    if found is None:
        raise NotFound("law.unknown", law=law_id)
    return found


@query("legislation.law", by=Who.STAFF)
def law(context: Context, actor: Actor, name: str) -> EditedLaw:
    """Open one law to edit it.

    Raises: NotFound `law.unknown`.
    """
    digest = context.library.law_digest(name)  # first: what changes meanwhile is refused when it is saved
    entry, register = known_law(context, name), context.library.register()
    with context.database.reading() as tx:
        days, decided = law_checks.last_days(tx), law_checks.decided(tx, name)
    return EditedLaw(
        line_of(entry, register, days.get(name, ""), context.today()),
        register,
        digest,
        tuple((about, day, reason) for about, day, reason, _ in decided),
    )


def require_no_faults(faults: Iterable[Fault]) -> None:
    """Refuse what was typed where something is wrong with it, each fault beside its field.

    Raises: Invalid `law.wrong`.
    """
    found = [Finding(code, Severity.ERROR, Place(name)) for name, code in faults]
    if found:
        raise Invalid("law.wrong", found)


def _save(context: Context, actor: Actor, changed: Law, done: str, about: str, *, expected: str) -> str:
    digest = context.library.save_law(changed, expected=expected)
    with context.database.writing() as tx:
        record(tx, context, actor, done, about)
    return digest


@command("legislation.add_event", by=Who.AUTHOR)
def add_event(context: Context, actor: Actor, name: str, entered: EnteredEvent, *, expected: str) -> Event:
    """Add an event to a law that still is what it was when somebody read it.

    Raises: NotFound `law.unknown`; Invalid `law.wrong`, `law.not-whole`; Conflict `law.changed`,
    `law.by-hand`; Unavailable `disk.write-failed`.
    """
    entry, today = known_law(context, name), context.today()
    require_no_faults(event_faults(entered, entry, today, LOCALES))
    event = event_of(entered, today)
    about = event_name(name, event)
    _save(context, actor, with_event(entry, event), "legislation.add_event", about, expected=expected)
    return event


@command("legislation.confirm_event", by=Who.AUTHOR)
def confirm_event(context: Context, actor: Actor, name: str, event: str, *, expected: str) -> Event:
    """Note that an event that was expected has changed the law.

    Raises: NotFound `law.unknown`, `law.event-unknown`; Conflict `law.event-not-due`, `law.changed`,
    `law.by-hand`; Invalid `law.not-whole`; Unavailable `disk.write-failed`.
    """
    entry = known_law(context, name)
    found = find_event(entry, event)
    if found is None:
        raise NotFound("law.event-unknown", law=name, event=event)
    if found.effect != PENDING or not found.changes_the_law or found.date > context.today():
        raise Conflict("law.event-not-due", law=name, event=event)
    about = event_name(name, found)
    _save(context, actor, in_force_now(entry, found), "legislation.confirm_event", about, expected=expected)
    return found


@command("legislation.mark_read", by=Who.AUTHOR)
def mark_read(
    context: Context,
    actor: Actor,
    name: str,
    *,
    source: str,
    read: str,
    settled: tuple[str, ...],
    expected: str,
) -> None:
    """Mark an entry as read in an official text: where, on which day, and which doubts that settles.

    Raises: NotFound `law.unknown`; Invalid `law.wrong`, `law.not-whole`; Conflict `law.changed`,
    `law.by-hand`; Unavailable `disk.write-failed`.
    """
    entry = known_law(context, name)
    require_no_faults(read_faults(source, read, context.today()))
    changed = read_again(entry, source, read, settled)
    _save(context, actor, changed, "legislation.mark_read", f"{name} {read}", expected=expected)


@command("legislation.add_law", by=Who.AUTHOR)
def add_law(context: Context, actor: Actor, entered: EnteredLaw) -> str:
    """Add an entry to the register; return its id, which is made of its place and its title.

    The very same entry again, by a second press, is the one that is there.

    Raises: Invalid `law.wrong`, `law.not-whole`; Conflict `law.changed`, `law.by-hand`; Unavailable
    `disk.write-failed`.
    """
    known = context.library.register().laws
    require_no_faults(
        law_faults(entered, context.today(), {law.jurisdiction for law in known.values()}, LOCALES)
    )
    if same := next((law.id for law in known.values() if law == law_of(entered, law.id)), ""):
        return same
    name = law_id(entered, known)
    _save(context, actor, law_of(entered, name), "legislation.add_law", name, expected="")
    return name


@command("legislation.checked_today", by=Who.AUTHOR)
def checked_today(context: Context, actor: Actor, name: str) -> str:
    """Note that somebody looked at a law today and nothing had changed; return the day.

    It is kept in the database: no release seals it, so no approval lapses by it.

    Raises: NotFound `law.unknown`.
    """
    known_law(context, name)
    day = context.today()
    with context.database.writing() as tx:
        law_checks.add(tx, context.new_id(), name, day=day, by=actor.person, now=context.now())
        record(tx, context, actor, "legislation.checked_today", f"{name} {day}")
    return day
